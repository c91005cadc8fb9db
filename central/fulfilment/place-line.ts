import type { OrderItem } from '../../shared/central-api/product-order.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import { MOBILE_LINES } from '../../shared/domain/mobile/line.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { orderContent, type OrderRow } from '../product-ordering/order-store.ts';
import { lockCustomer } from '../store/customers.ts';
import { productsOf, type StoredContract } from '../store/products.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

/**
 * A customer's new line, and what is ordered with it, gets the household's first free place (p.102) where another line has taken
 * the one that it was applied for with: two terminals may have counted alike. Kept with the order, which says so from now
 * on. An operator's own order says itself which line it is. `conflict`: every place is taken (p.96).
 */
export async function placeLine(
  transaction: DatabaseTransaction,
  catalog: Catalog,
  order: OrderRow,
): Promise<Result<OrderRow, 'conflict'>> {
  const content = orderContent(order);
  if (content.application === undefined || order.customer_number === null) return ok(order);
  await lockCustomer(transaction, order.customer_number);
  const present = await productsOf(transaction, order.customer_number);
  const placed = placedItems(
    catalog,
    present.map(({ contract }) => contract),
    content.productOrderItem,
  );
  if (!placed.ok) return placed;
  if (placed.value === null) return ok(order);
  const { orderTotalPrice, application } = content;
  const resolved = { productOrderItem: placed.value, orderTotalPrice, quoteKind: application.quoteKind };
  await transaction
    .updateTable('product_orders')
    .set({ resolved: JSON.stringify(resolved) })
    .where('id', '=', order.id)
    .execute();
  return ok({ ...order, resolved });
}

/** null: as they are. */
function placedItems(
  catalog: Catalog,
  present: readonly StoredContract[],
  items: readonly OrderItem[],
): Result<OrderItem[] | null, 'conflict'> {
  const isPlan = (offeringId: string | undefined): boolean =>
    findOffering(catalog, offeringId ?? '')?.type === 'mobile-plan';
  const wished = items
    .filter(({ action, productOffering }) => action === 'add' && isPlan(productOffering?.id))
    .flatMap(lineOf)[0];
  const lines = present.filter(({ offeringId, status }) => status !== 'terminated' && isPlan(offeringId));
  const taken = new Set(lines.map(({ characteristics }) => characteristics?.line));
  if (!MOBILE_LINES.some((line) => line === wished && taken.has(line))) return ok(null);
  const place = MOBILE_LINES.find((line) => !taken.has(line));
  if (place === undefined) return err('conflict');
  return ok(items.map((item) => (item.action === 'add' && lineOf(item)[0] === wished ? atLine(item, place) : item)));
}

function lineOf({ product }: OrderItem): unknown[] {
  return (product?.productCharacteristic ?? []).filter(({ name }) => name === 'line').map(({ value }) => value);
}

function atLine(item: OrderItem, place: string): OrderItem {
  const productCharacteristic = (item.product?.productCharacteristic ?? []).map((one) =>
    one.name === 'line' ? { ...one, value: place } : one,
  );
  return { ...item, product: { ...item.product, productCharacteristic } };
}
