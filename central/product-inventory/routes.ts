import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { contractFromTmf, contractToTmf } from '../../shared/central-api/product-inventory.ts';
import { timeOn } from '../../shared/domain/business-time.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import { startTime } from '../../shared/domain/effective-dates.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { ownOnly, type ReadableResource, type ReadContext, readRoutes } from '../http/read-routes.ts';
import { forbidden, NOT_FOUND } from '../http/tmf-failure.ts';
import { PUBLISHED } from '../http/published-attributes.ts';
import { followsChart, writeRoutes } from '../http/write-routes.ts';
import type { ListedTable } from '../store/list-table.ts';
import { lockCustomer } from '../store/customers.ts';
import { type ProductRow, productRowSchema, saveProduct } from '../store/products.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import {
  asTmfProduct,
  PRODUCT_STATES,
  type RecordedProduct,
  recordedProductSchema,
  recordedToTmf,
} from './recorded-product.ts';

const rowSchema = z.discriminatedUnion('kind', [
  productRowSchema.extend({ kind: z.literal('contract') }),
  z.object({
    kind: z.literal('recorded'),
    id: z.string(),
    customer_number: z.null(),
    request: recordedProductSchema,
  }),
]);
type Row = z.infer<typeof rowSchema>;

export const listedProducts: ListedTable<Row> = {
  table: 'product_list',
  key: 'id',
  keyOf: (row) => row.id,
  row: rowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    name: { column: 'name', kind: 'text' },
    status: { column: 'status', kind: 'text' },
    'relatedParty.id': { column: 'customer_number', kind: 'party' },
    'productOffering.id': { column: 'offering_id', kind: 'text' },
  },
};

/** TMF637 */
export function productInventoryRoutes(
  app: FastifyInstance,
  context: ReadContext & { readonly catalog: Catalog },
): void {
  const { catalog } = context;
  const orderHref = (id: string): string => `${context.publicUrl()}${CENTRAL_PATHS.productOrder}/${id}`;
  const contractToResource = (row: ProductRow, href: string) => ({
    ...contractToTmf({ ...row.contract, changePending: false }, row.customer_number, href),
    ...startOf(row.contract),
    productOrderItem: row.order_items.map((item) => ({ ...item, productOrderHref: orderHref(item.productOrderId) })),
  });
  const startOf = ({ startedOn, offeringId }: ProductRow['contract']) =>
    startedOn === null ? {} : { startDate: timeOn(startedOn, startTime(findOffering(catalog, offeringId))) };
  const product: ReadableResource<Row> = {
    name: 'product',
    path: CENTRAL_PATHS.product,
    listed: listedProducts,
    scope: ownOnly('customer_number'),
    ownerOf: (row) => row.customer_number,
    render: (row, href) =>
      row.kind === 'contract' ? contractToResource(row, href) : recordedToTmf(row.id, row.request, href),
  };
  readRoutes(app, context, product);
  writeRoutes(app, context, product, {
    schema: recordedProductSchema,
    attributes: PUBLISHED.product,
    check: (_transaction, after, before) => followsChart(PRODUCT_STATES, after.status, before?.status),
    insert: async (transaction, id, value) => {
      const contract = await contractRow(transaction, catalog, id, value);
      if (contract !== null) return saveProduct(transaction, contract);
      await transaction
        .insertInto('recorded_products')
        .values({ id, ...columnsOf(value) })
        .execute();
    },
    find: async (transaction, id) => {
      const row = await transaction
        .selectFrom('recorded_products')
        .select('request')
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (row !== undefined) return ok(recordedProductSchema.parse(row.request));
      const contract = await transaction.selectFrom('products').select('id').where('id', '=', id).executeTakeFirst();
      return err(contract === undefined ? NOT_FOUND : forbidden("A customer's contract changes by orders"));
    },
    update: async (transaction, id, value) => {
      await transaction.updateTable('recorded_products').set(columnsOf(value)).where('id', '=', id).execute();
    },
    remove: async (transaction, id) => {
      await transaction.deleteFrom('recorded_products').where('id', '=', id).execute();
    },
  });
}

/** null: no known customer's product of a known offering. */
async function contractRow(
  transaction: DatabaseTransaction,
  catalog: Catalog,
  id: string,
  value: RecordedProduct,
): Promise<ProductRow | null> {
  const number = value.relatedParty?.find((party) => (party.role ?? '').toLowerCase() === 'customer')?.id;
  const product = asTmfProduct(id, value);
  if (number === undefined || product === null) return null;
  if (findOffering(catalog, product.productOffering.id) === undefined) return null;
  if ((await lockCustomer(transaction, number)) === null) return null;
  const contract = contractFromTmf(product, catalog, () => false);
  if (contract === null) return null;
  const { changePending: _, ...stored } = contract;
  return { id, customer_number: number, contract: stored, order_items: [] };
}

function columnsOf(value: RecordedProduct) {
  return {
    name: value.name ?? null,
    status: value.status,
    offering_id: value.productOffering?.id ?? null,
    request: JSON.stringify(value),
  };
}
