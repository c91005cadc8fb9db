import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Filter, ListQuery } from '../http/list-query.ts';
import type { Page, Resource } from '../http/reply.ts';
import { badRequest, type TmfFailure } from '../http/tmf-failure.ts';
import type { Database, DatabaseTransaction, Tables } from './schema.ts';

interface FilterColumn {
  readonly column: string;
  /** `party`: the column is the customer's number; others stand in `relatedParty` of what was sent, in `request`. */
  readonly kind: 'text' | 'time' | 'party';
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
  for (const filter of query.filters) {
    const condition = conditionOf(listed, filter);
    if (!condition.ok) return condition;
    filters.push(condition.value);
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

const OPERATORS = { gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=` } as const;

export function conditionOf(
  listed: Pick<ListedTable<unknown>, 'columns'>,
  { attribute, comparison, values }: Filter,
): Result<Condition, TmfFailure> {
  const target = columnOf(listed, attribute);
  if (target === null) return err(badRequest(`There is no filter ${attribute}`));
  const column = sql.ref(target.column);
  switch (target.kind) {
    case 'text':
      if (comparison !== 'eq') return err(badRequest(`${attribute} has no order`));
      return ok(values.length === 0 ? sql`false` : sql`${column} in (${sql.join(values)})`);
    case 'party': {
      if (comparison !== 'eq') return err(badRequest(`${attribute} has no order`));
      const named = values.map((id) => sql`(request -> 'relatedParty') @> ${JSON.stringify([{ id }])}::jsonb`);
      // A view has either of the two as a constant null, which would keep the other's index from being used.
      return ok(sql`(${column} is not null and ${column} in (${sql.join(values)})
        or request is not null and (${sql.join(named, sql` or `)}))`);
    }
    case 'time': {
      const times = values.map(timeOf);
      if (!times.every((time) => time !== null)) return err(badRequest(`${attribute} is a date-time`));
      if (comparison === 'eq') return ok(sql`${column} in (${sql.join(times)})`);
      return ok(
        sql.join(
          times.map((time) => sql`${column} ${OPERATORS[comparison]} ${time}`),
          sql` and `,
        ),
      );
    }
  }
}

/** A plus sign that was not escaped arrives as a space. */
function timeOf(value: string): Date | null {
  const time = timeSchema.safeParse(value.replace(' ', '+'));
  return time.success ? new Date(time.data) : null;
}

function columnOf(listed: Pick<ListedTable<unknown>, 'columns'>, attribute: string): FilterColumn | null {
  return Object.hasOwn(listed.columns, attribute) ? (listed.columns[attribute] ?? null) : null;
}

/** By code point on every server, whatever its locale. */
function orderBy({ column, kind }: FilterColumn, descending: boolean): Condition {
  const key = kind !== 'time' ? sql`${sql.ref(column)} collate "C"` : sql.ref(column);
  return descending ? sql`${key} desc` : sql`${key}`;
}
