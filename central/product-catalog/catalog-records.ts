import { z } from 'zod';
import { partiesIn } from '../../shared/central-api/common.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { PUBLISHED } from '../http/published-attributes.ts';
import type { ReadableResource } from '../http/read-routes.ts';
import type { Resource } from '../http/reply.ts';
import { forbidden, NOT_FOUND, type TmfFailure } from '../http/tmf-failure.ts';
import { followsChart, type WritableResource } from '../http/write-routes.ts';
import type { Clocks } from '../ports.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import type { CatalogKind } from './catalog-resources.ts';

/** TMF620's life of what a catalog holds, and what may follow what. */
const LIFE = {
  'In study': ['In design', 'Rejected'],
  'In design': ['In test', 'Rejected'],
  'In test': ['In design', 'Active', 'Rejected'],
  Rejected: [],
  Active: ['Launched', 'Retired'],
  Launched: ['Retired'],
  Retired: ['Active', 'Obsolete'],
  Obsolete: [],
} as const;
const lifeSchema = z.enum([
  'In study',
  'In design',
  'In test',
  'Rejected',
  'Active',
  'Launched',
  'Retired',
  'Obsolete',
]);

const timeSchema = z.iso.datetime({ offset: true });
const referencesSchema = z.array(z.looseObject({ id: z.string().min(1) })).optional();

/** Attributes that have a rule; others stay as they were sent. */
const recordSchema = z.looseObject({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(4000).optional(),
  version: z.string().min(1).max(40).default('1.0'),
  lifecycleStatus: lifeSchema.default('In study'),
  validFor: z.looseObject({ startDateTime: timeSchema.optional(), endDateTime: timeSchema.optional() }).optional(),
});

/** What each kind adds, and what every resource of it carries. */
export const CATALOG_SCHEMAS = {
  catalog: recordSchema.extend({ category: referencesSchema }),
  category: recordSchema.extend({ isRoot: z.boolean().default(true), parentId: z.string().optional() }),
  productSpecification: recordSchema.extend({ isBundle: z.boolean().default(false) }),
  productOffering: recordSchema.extend({
    isBundle: z.boolean().default(false),
    isSellable: z.boolean().default(false),
    category: referencesSchema,
    productOfferingPrice: referencesSchema,
    bundledProductOffering: referencesSchema,
  }),
  productOfferingPrice: recordSchema.extend({
    isBundle: z.boolean().default(false),
    priceType: z.string().min(1).max(40).optional(),
    price: z.looseObject({ unit: z.string().optional(), value: z.number().optional() }).optional(),
    percentage: z.number().optional(),
  }),
} as const satisfies Readonly<Record<CatalogKind, z.ZodType>>;
type CatalogRecord = z.infer<typeof recordSchema>;

const TYPES = {
  catalog: 'Catalog',
  category: 'Category',
  productSpecification: 'ProductSpecification',
  productOffering: 'ProductOffering',
  productOfferingPrice: 'ProductOfferingPrice',
} as const;

/** An operator's drafts; a catalog has not more of a kind. */
const MOST_OF_A_KIND = 5_000;
const FULL: TmfFailure = { status: 409, code: 'full', reason: `There are ${MOST_OF_A_KIND} of them: delete some` };

const rowSchema = z.object({ id: z.string(), last_update: z.date(), content: z.record(z.string(), z.unknown()) });
type Row = z.infer<typeof rowSchema>;

interface Parts {
  readonly clocks: Clocks;
  /** Ids of the catalog that is sold. */
  readonly sold: (kind: CatalogKind) => ReadonlySet<string>;
}

/**
 * What operators prepare through TMF620, beside the catalog that is sold: recorded as it was sent, along its life, for
 * operators only. It never reaches a counter: what is sold there comes from the catalog's file, with all its rules.
 */
export function recordedKind(
  kind: CatalogKind,
  { clocks, sold }: Parts,
): { readable: ReadableResource<Row>; writable: WritableResource<CatalogRecord> } {
  const columns = (value: CatalogRecord) => ({
    last_update: new Date(clocks.business()),
    content: JSON.stringify(value),
  });
  return {
    readable: {
      name: kind,
      path: CENTRAL_PATHS[kind],
      listed: { table: 'catalog_records', key: 'id', keyOf: ({ id }) => id, row: rowSchema, columns: {} },
      scope: (caller) => (caller.kind === 'operator' ? ok([]) : err(forbidden('Operators see drafts'))),
      ownerOf: () => null,
      render: (row, href) => toTmf(kind, row, href),
    },
    writable: {
      schema: CATALOG_SCHEMAS[kind],
      attributes: PUBLISHED[kind],
      check: async (transaction, after, before) => {
        if (before !== null) return followsChart(LIFE, after.lifecycleStatus, before.lifecycleStatus);
        const { count } = await transaction
          .selectFrom('catalog_records')
          .select((of) => of.fn.countAll<string>().as('count'))
          .where('kind', '=', kind)
          .executeTakeFirstOrThrow();
        return Number(count) < MOST_OF_A_KIND ? ok(undefined) : err(FULL);
      },
      insert: async (transaction, id, value) => {
        await transaction
          .insertInto('catalog_records')
          .values({ id, kind, ...columns(value) })
          .execute();
      },
      find: async (transaction, id) => {
        if (sold(kind).has(id)) return err(forbidden('What is sold changes with the catalog'));
        const row = await recordsOf(transaction, kind).where('id', '=', id).forUpdate().executeTakeFirst();
        return row === undefined ? err(NOT_FOUND) : ok(CATALOG_SCHEMAS[kind].parse(row.content));
      },
      update: async (transaction, id, value) => {
        await transaction.updateTable('catalog_records').set(columns(value)).where('id', '=', id).execute();
      },
      remove: async (transaction, id) => {
        await transaction.deleteFrom('catalog_records').where('id', '=', id).execute();
      },
    },
  };
}

/** All of a kind, the oldest first: a catalog fits in memory. */
export async function recordedResources(db: Database, kind: CatalogKind, publicUrl: string): Promise<Resource[]> {
  const rows = await recordsOf(db, kind).orderBy('id').execute();
  return rows.map((row) => toTmf(kind, rowSchema.parse(row), `${publicUrl}${CENTRAL_PATHS[kind]}/${row.id}`));
}

const recordsOf = (db: Database | DatabaseTransaction, kind: CatalogKind) =>
  db.selectFrom('catalog_records').select(['id', 'last_update', 'content']).where('kind', '=', kind);

function toTmf(kind: CatalogKind, { id, last_update, content }: Row, href: string): Resource {
  return { '@type': TYPES[kind], ...content, ...partiesIn(content), id, href, lastUpdate: last_update.toISOString() };
}
