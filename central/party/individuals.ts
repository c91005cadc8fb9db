import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partiesIn } from '../../shared/central-api/common.ts';
import type { TmfIndividual } from '../../shared/central-api/party.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { contactMedium } from '../customer/routes.ts';
import { ownOnly, type ReadableResource, type ReadContext, readRoutes } from '../http/read-routes.ts';
import type { Resource } from '../http/reply.ts';
import { forbidden, NOT_FOUND } from '../http/tmf-failure.ts';
import { PUBLISHED } from '../http/published-attributes.ts';
import { followsChart, writeRoutes } from '../http/write-routes.ts';
import type { ListedTable } from '../store/list-table.ts';
import { nameSchema, partyAttributes } from './party-attributes.ts';

/** TMF632 spells its last state so. */
const STATES = ['initialized', 'validated', 'deceaded'] as const;
const NEXT: Readonly<Record<(typeof STATES)[number], readonly (typeof STATES)[number][]>> = {
  initialized: ['validated', 'deceaded'],
  validated: ['deceaded'],
  deceaded: [],
};

/** A person who is no customer (yet). */
export const individualSchema = z.looseObject({
  ...partyAttributes,
  familyName: nameSchema,
  givenName: nameSchema,
  fullName: nameSchema.optional(),
  birthDate: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  status: z.enum(STATES).default('initialized'),
});
type Individual = z.infer<typeof individualSchema>;

const rowSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('customer'),
    id: z.string(),
    customer_number: z.string(),
    full_name: z.string(),
    family_name: z.string(),
    given_name: z.string(),
    kana: z.string(),
    contact_email: z.string().nullable(),
    phone: z.string(),
    address: z.string(),
    daytime_phone: z.string().nullable(),
  }),
  z.object({ kind: z.literal('other'), id: z.string(), customer_number: z.null(), request: individualSchema }),
]);
type Row = z.infer<typeof rowSchema>;

export const listedIndividuals: ListedTable<Row> = {
  table: 'individual_list',
  key: 'id',
  keyOf: (row) => row.id,
  row: rowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    fullName: { column: 'full_name', kind: 'text' },
    familyName: { column: 'family_name', kind: 'text' },
    givenName: { column: 'given_name', kind: 'text' },
    status: { column: 'status', kind: 'text' },
  },
};

/** TMF632: customers' persons, kept with the customer, and others, which operators put in. */
export function individualRoutes(app: FastifyInstance, context: ReadContext): void {
  const individual: ReadableResource<Row> = {
    name: 'individual',
    path: CENTRAL_PATHS.individual,
    listed: listedIndividuals,
    scope: ownOnly('customer_number'),
    ownerOf: (row) => row.customer_number,
    render: (row, href) => (row.kind === 'other' ? otherToTmf(row.id, row.request, href) : customerToTmf(row, href)),
  };
  readRoutes(app, context, individual);
  writeRoutes(app, context, individual, {
    schema: individualSchema,
    attributes: PUBLISHED.individual,
    check: (_transaction, after, before) => followsChart(NEXT, after.status, before?.status),
    insert: async (transaction, id, value) => {
      await transaction
        .insertInto('individuals')
        .values({ id, ...columnsOf(value) })
        .execute();
    },
    find: async (transaction, id) => {
      const row = await transaction
        .selectFrom('individuals')
        .select('request')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (row !== undefined) return ok(individualSchema.parse(row.request));
      const customer = await transaction
        .selectFrom('customers')
        .select('number')
        .where('individual_id', '=', id)
        .executeTakeFirst();
      return err(
        customer === undefined ? NOT_FOUND : forbidden("A customer's person changes by the customer's orders"),
      );
    },
    update: async (transaction, id, value) => {
      await transaction.updateTable('individuals').set(columnsOf(value)).where('id', '=', id).execute();
    },
    remove: async (transaction, id) => {
      await transaction.deleteFrom('individuals').where('id', '=', id).execute();
    },
  });
}

function columnsOf(individual: Individual) {
  return {
    full_name: fullName(individual),
    family_name: individual.familyName,
    given_name: individual.givenName,
    status: individual.status,
    request: JSON.stringify(individual),
  };
}

const fullName = (individual: Individual): string =>
  individual.fullName ?? `${individual.familyName} ${individual.givenName}`;

function customerToTmf(row: Extract<Row, { kind: 'customer' }>, href: string): TmfIndividual & Resource {
  return {
    id: row.id,
    href,
    fullName: row.full_name,
    familyName: row.family_name,
    givenName: row.given_name,
    status: 'validated',
    contactMedium: contactMedium(row),
    partyCharacteristic: [{ name: 'kana', value: row.kana, valueType: 'string' }],
    '@type': 'Individual',
  };
}

function otherToTmf(id: string, individual: Individual, href: string): TmfIndividual & Resource {
  return {
    ...{ '@type': 'Individual', ...individual, ...partiesIn(individual) },
    ...{ fullName: fullName(individual), id, href },
  };
}
