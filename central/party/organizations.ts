import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partiesIn } from '../../shared/central-api/common.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { type ReadableResource, type ReadContext, readRoutes } from '../http/read-routes.ts';
import { forbidden, NOT_FOUND } from '../http/tmf-failure.ts';
import { PUBLISHED } from '../http/published-attributes.ts';
import { followsChart, writeRoutes } from '../http/write-routes.ts';
import type { ListedTable } from '../store/list-table.ts';
import { nameSchema, partyAttributes } from './party-attributes.ts';

const STATES = ['initialized', 'validated', 'closed'] as const;
const NEXT: Readonly<Record<(typeof STATES)[number], readonly (typeof STATES)[number][]>> = {
  initialized: ['validated', 'closed'],
  validated: ['closed'],
  closed: [],
};

export const organizationSchema = z.looseObject({
  ...partyAttributes,
  tradingName: nameSchema,
  name: nameSchema.optional(),
  isHeadOffice: z.boolean().optional(),
  isLegalEntity: z.boolean().optional(),
  status: z.enum(STATES).default('initialized'),
});
type Organization = z.infer<typeof organizationSchema>;

const rowSchema = z.object({ id: z.string(), request: organizationSchema });
type Row = z.infer<typeof rowSchema>;

export const listedOrganizations: ListedTable<Row> = {
  table: 'organizations',
  key: 'id',
  keyOf: (row) => row.id,
  row: rowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    tradingName: { column: 'trading_name', kind: 'text' },
    status: { column: 'status', kind: 'text' },
  },
};

/** Counters deal with persons; organizations are the operator's own matter. */
const operatorsOnly: ReadableResource<unknown>['scope'] = (caller) =>
  caller.kind === 'operator' ? ok([]) : err(forbidden('Operators see organizations'));

/** TMF632 */
export function organizationRoutes(app: FastifyInstance, context: ReadContext): void {
  const organization: ReadableResource<Row> = {
    name: 'organization',
    path: CENTRAL_PATHS.organization,
    listed: listedOrganizations,
    scope: operatorsOnly,
    ownerOf: () => null,
    render: ({ id, request }, href) => ({
      ...{ '@type': 'Organization', ...request, ...partiesIn(request), id, href },
    }),
  };
  readRoutes(app, context, organization);
  writeRoutes(app, context, organization, {
    schema: organizationSchema,
    attributes: PUBLISHED.organization,
    check: (_transaction, after, before) => followsChart(NEXT, after.status, before?.status),
    insert: async (transaction, id, value) => {
      await transaction
        .insertInto('organizations')
        .values({ id, ...columnsOf(value) })
        .execute();
    },
    find: async (transaction, id) => {
      const row = await transaction
        .selectFrom('organizations')
        .select('request')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined ? err(NOT_FOUND) : ok(organizationSchema.parse(row.request));
    },
    update: async (transaction, id, value) => {
      await transaction.updateTable('organizations').set(columnsOf(value)).where('id', '=', id).execute();
    },
    remove: async (transaction, id) => {
      await transaction.deleteFrom('organizations').where('id', '=', id).execute();
    },
  });
}

function columnsOf(organization: Organization) {
  return {
    trading_name: organization.tradingName,
    status: organization.status,
    request: JSON.stringify(organization),
  };
}
