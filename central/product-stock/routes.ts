import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { PUBLISHED } from '../http/published-attributes.ts';
import { type ReadableResource, type ReadContext, readRoutes } from '../http/read-routes.ts';
import { NOT_FOUND, unprocessable } from '../http/tmf-failure.ts';
import { writeRoutes } from '../http/write-routes.ts';
import { listedStocks, stockToTmf, type WrittenStock, writtenStockSchema } from './stock-levels.ts';

/** TMF687: everyone reads what can be had, operators keep the levels. What orders take of them, the orders take. */
export function productStockRoutes(app: FastifyInstance, context: ReadContext & { readonly catalog: Catalog }): void {
  const { catalog, clocks } = context;
  const stock: ReadableResource<Parameters<typeof stockToTmf>[0]> = {
    name: 'productStock',
    path: CENTRAL_PATHS.productStock,
    listed: listedStocks,
    scope: () => ok([]),
    ownerOf: () => null,
    render: stockToTmf,
  };
  const columnsOf = ({ productStockLevel }: WrittenStock) => ({
    available: productStockLevel.amount,
    updated_at: new Date(clocks.business()),
  });
  readRoutes(app, context, stock);
  writeRoutes(app, context, stock, {
    schema: writtenStockSchema,
    attributes: PUBLISHED.productStock,
    check: async (transaction, after, before) => {
      const { id } = after.stockedProduct.productOffering;
      if (before !== null) {
        const isSame = before.stockedProduct.productOffering.id === id;
        return isSame ? ok(undefined) : err(unprocessable('stocked-product', 'A stock stays that of its offering'));
      }
      if (findOffering(catalog, id) === undefined) {
        return err(unprocessable('stocked-product', 'There is no such offering'));
      }
      const kept = await transaction
        .selectFrom('product_stocks')
        .select('id')
        .where('offering_id', '=', id)
        .executeTakeFirst();
      return kept === undefined
        ? ok(undefined)
        : err(unprocessable('stocked-product', 'A stock of it is kept already'));
    },
    insert: async (transaction, id, value) => {
      const offering_id = value.stockedProduct.productOffering.id;
      await transaction
        .insertInto('product_stocks')
        .values({ id, offering_id, ...columnsOf(value) })
        .execute();
    },
    find: async (transaction, id) => {
      const row = await transaction
        .selectFrom('product_stocks')
        .selectAll()
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row === undefined ? err(NOT_FOUND) : ok(writtenStockSchema.parse(stockToTmf(row, '')));
    },
    update: async (transaction, id, value) => {
      await transaction.updateTable('product_stocks').set(columnsOf(value)).where('id', '=', id).execute();
    },
    remove: async (transaction, id) => {
      await transaction.deleteFrom('product_stocks').where('id', '=', id).execute();
    },
  });
}
