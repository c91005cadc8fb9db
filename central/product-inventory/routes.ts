import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { contractToTmf } from '../../shared/central-api/product-inventory.ts';
import { ownOnly, type ReadContext, readRoutes } from '../http/read-routes.ts';
import { listedProducts } from '../store/products.ts';

/** TMF637 */
export function productInventoryRoutes(app: FastifyInstance, context: ReadContext): void {
  const orderHref = (id: string): string => `${context.publicUrl()}${CENTRAL_PATHS.productOrder}/${id}`;
  readRoutes(app, context, {
    name: 'product',
    path: CENTRAL_PATHS.product,
    listed: listedProducts,
    scope: ownOnly('customer_number'),
    ownerOf: (row) => row.customer_number,
    render: (row, href) => ({
      ...contractToTmf({ ...row.contract, changePending: false }, row.customer_number, href),
      productOrderItem: row.order_items.map((item) => ({ ...item, productOrderHref: orderHref(item.productOrderId) })),
    }),
  });
}
