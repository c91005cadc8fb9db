import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { ListQuery } from '../http/list-query.ts';
import type { Page, Resource } from '../http/reply.ts';
import { badRequest, type TmfFailure } from '../http/tmf-failure.ts';
import type { Database, DatabaseTransaction, Tables } from './schema.ts';

interface FilterColumn {
  readonly column: string;
  readonly kind: 'text' | 'time';
}

/** How a table is read as a list of TMF resources. Every column offered for filters has an index. */
export interface ListedTable<Row> {
  readonly table: keyof Tables;
  readonly key: string;
  keyOf(row: Row): string;
  readonly row: z.ZodType<Row>;
  /** By the attribute's name in the resource. */
  readonly columns: Readonly<Record<string, FilterColumn>>;
}

/** A condition that the caller's rights add to whatever the query asks for. */
export type Condition = RawBuilder<unknown>;
export const columnIs = (column: string, value: string): Condition => sql`${sql.ref(column)} = ${value}`;

const countSchema = z.object({ total: z.int() });
const timeSchema = z.iso.datetime({ offset: true });

export async function listTable<Row>(
  db: Database,
  listed: ListedTable<Row>,
  query: ListQuery,
  conditions: readonly Condition[],
  render: (rows: readonly Row[]) => readonly Resource[],
): Promise<Result<Page, TmfFailure>> {
  const filters: Condition[] = [];
  for (const { attribute, values } of query.filters) {
    const target = columnOf(listed, attribute);
    if (target === null) return err(badRequest(`There is no filter ${attribute}`));
    if (target.kind === 'time' && !values.every((value) => timeSchema.safeParse(value).success)) {
      return err(badRequest(`${attribute} is a date-time`));
    }
    const parameters = values.map((value) => (target.kind === 'time' ? new Date(value) : value));
    filters.push(sql`${sql.ref(target.column)} in (${sql.join(parameters)})`);
  }
  const order: Condition[] = [];
  for (const { attribute, descending } of query.sort) {
    const target = columnOf(listed, attribute);
    if (target === null) return err(badRequest(`Cannot sort by ${attribute}`));
    order.push(orderBy(target, descending));
  }
  // The key last: pages of equal rows neither overlap nor leave gaps.
  order.push(orderBy({ column: listed.key, kind: 'text' }, false));
  const where = sql.join([sql`true`, ...conditions, ...filters], sql` and `);
  const table = sql.table(listed.table);
  const count = await sql`select count(*)::int as total from ${table} where ${where}`.execute(db);
  const { total } = countSchema.parse(count.rows[0]);
  if (total <= query.offset || query.limit === 0) return ok({ total, resources: [] });
  const { rows } = await sql`
    select * from ${table} where ${where}
    order by ${sql.join(order)} limit ${query.limit} offset ${query.offset}`.execute(db);
  return ok({ total, resources: render(rows.map((row) => listed.row.parse(row))) });
}

export async function findRow<Row>(
  db: Database | DatabaseTransaction,
  listed: ListedTable<Row>,
  conditions: readonly Condition[],
): Promise<Row | null> {
  const where = sql.join([...conditions], sql` and `);
  const { rows } = await sql`select * from ${sql.table(listed.table)} where ${where} limit 1`.execute(db);
  return rows.length === 0 ? null : listed.row.parse(rows[0]);
}

function columnOf<Row>(listed: ListedTable<Row>, attribute: string): FilterColumn | null {
  return Object.hasOwn(listed.columns, attribute) ? (listed.columns[attribute] ?? null) : null;
}

/** By code point on every server, whatever its locale. */
function orderBy({ column, kind }: FilterColumn, descending: boolean): Condition {
  const key = kind === 'text' ? sql`${sql.ref(column)} collate "C"` : sql.ref(column);
  return descending ? sql`${key} desc` : sql`${key}`;
}
