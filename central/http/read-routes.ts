import type { FastifyInstance } from 'fastify';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Caller } from '../identity/caller.ts';
import type { Clocks } from '../ports.ts';
import { type AuditEntry, writeAudit } from '../store/audit.ts';
import { columnIs, type Condition, findRow, type ListedTable, listTable } from '../store/list-table.ts';
import type { Database } from '../store/schema.ts';
import { callerOf } from './authentication.ts';
import { type ListQuery, parseListQuery } from './list-query.ts';
import { type Resource, sendPage, sendResource } from './reply.ts';
import { forbidden, NOT_FOUND, sendFailure, type TmfFailure } from './tmf-failure.ts';

export interface ReadContext {
  readonly db: Database;
  readonly clocks: Clocks;
  /** Known once central listens. */
  readonly publicUrl: () => string;
}

export interface ReadableResource<Row> {
  /** TMF's name of it. */
  readonly name: string;
  readonly path: string;
  readonly listed: ListedTable<Row>;
  /** What of it this caller may see. @param query null: one is asked for by its id */
  scope(caller: Caller, query: ListQuery | null): Result<readonly Condition[], TmfFailure>;
  readonly ownerOf: (row: Row) => string | null;
  readonly render: (row: Row, href: string) => Resource;
}

/** A customer sees its own, an operator everything; a terminal and its staff by themselves nothing. */
export function ownOnly(column: string): ReadableResource<unknown>['scope'] {
  return (caller) => {
    switch (caller.kind) {
      case 'customer':
        return ok([columnIs(column, caller.customerNumber)]);
      case 'operator':
        return ok([]);
      case 'terminal':
      case 'staff':
        return err(forbidden('Customers are seen only in their own sessions'));
    }
  };
}

/** GET of the list and of one. What exists but isn't the caller's is 404, as what doesn't exist. */
export function readRoutes<Row>(app: FastifyInstance, context: ReadContext, resource: ReadableResource<Row>): void {
  const { db, clocks, publicUrl } = context;
  const { name, path, listed, render } = resource;
  const hrefOf = (id: string): string => `${publicUrl()}${path}/${encodeURIComponent(id)}`;
  const audit = async (caller: Caller, entry: Omit<AuditEntry, 'action' | 'resource'>): Promise<void> => {
    // A terminal sees only what it sent itself, and asks again and again how that goes on.
    if (caller.kind !== 'terminal')
      await writeAudit(db, caller, clocks.system(), { action: 'read', resource: name, ...entry });
  };

  app.get(path, async (request, reply) => {
    const caller = callerOf(request);
    const query = parseListQuery(request.query);
    if (!query.ok) return sendFailure(reply, query.error);
    const scope = resource.scope(caller, query.value);
    if (!scope.ok) return sendFailure(reply, scope.error);
    let owners: (string | null)[] = [];
    const page = await listTable(db, listed, byIds(query.value, hrefOf('')), scope.value, (rows) => {
      owners = [...new Set(rows.map(resource.ownerOf))];
      return rows.map((row) => render(row, hrefOf(listed.keyOf(row))));
    });
    if (!page.ok) return sendFailure(reply, page.error);
    await audit(caller, { resourceId: null, customerNumber: owners.length === 1 ? (owners[0] ?? null) : null });
    return sendPage(reply, query.value, page.value);
  });

  app.get<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
    const caller = callerOf(request);
    const query = parseListQuery(request.query);
    if (!query.ok) return sendFailure(reply, query.error);
    const scope = resource.scope(caller, null);
    if (!scope.ok) return sendFailure(reply, scope.error);
    const row = await findRow(db, listed, [columnIs(listed.key, request.params.id), ...scope.value]);
    if (row === null) return sendFailure(reply, NOT_FOUND);
    await audit(caller, { resourceId: request.params.id, customerNumber: resource.ownerOf(row) });
    return sendResource(reply, query.value, render(row, hrefOf(request.params.id)));
  });
}

/** Who asks for an address means the resource that is there. @param base of the addresses */
function byIds(query: ListQuery, base: string): ListQuery {
  const idOf = (href: string): string[] => (href.startsWith(base) ? [href.slice(base.length)] : []);
  return {
    ...query,
    filters: query.filters.map((filter) =>
      filter.attribute === 'href' ? { ...filter, attribute: 'id', values: filter.values.flatMap(idOf) } : filter,
    ),
  };
}
