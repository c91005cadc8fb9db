import { sql } from 'kysely';
import { isSettled, type OrderItem, type OrderState } from '../../shared/central-api/product-order.ts';
import { type ItemOutcome, orderContent, type OrderRow } from '../product-ordering/order-store.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

/**
 * Takes for an order what it adds of whatever stock is kept of, and doesn't hold yet; all of it, or nothing. Two orders
 * for the last one meet at its row, and the second finds none.
 * @returns false: something is sold out
 */
export async function reserveStock(
  transaction: DatabaseTransaction,
  orderId: string,
  items: readonly OrderItem[],
): Promise<boolean> {
  const held = await heldBy(transaction, orderId);
  const missing: [string, number][] = [];
  for (const [offeringId, amount] of inLockOrder(wanted(items))) {
    const more = amount - (held.get(offeringId) ?? 0);
    if (more <= 0) continue;
    const available = await lockLevel(transaction, offeringId);
    // What no stock is kept of can always be had.
    if (available === null) continue;
    if (available < more) return false;
    missing.push([offeringId, more]);
  }
  for (const [offeringId, amount] of missing) {
    await putBack(transaction, offeringId, -amount);
    await hold(transaction, orderId, offeringId, (held.get(offeringId) ?? 0) + amount);
  }
  return true;
}

/** What an order holds passes on to the one that takes its place, as far as that wants it, be it held or not. */
export async function passOnStock(
  transaction: DatabaseTransaction,
  from: string,
  to: string,
  items: readonly OrderItem[],
): Promise<void> {
  const amounts = wanted(items);
  for (const [offeringId, held] of await heldBy(transaction, from)) {
    const passed = Math.min(held, amounts.get(offeringId) ?? 0);
    if (passed === 0) continue;
    await hold(transaction, to, offeringId, passed);
    const rest = held - passed;
    await setReservation(transaction, from, offeringId, { amount: rest, state: rest > 0 ? 'held' : 'released' });
  }
}

/** What an order holds is used up with what was carried out of it, and free again with the rest. */
export async function settleStock(
  transaction: DatabaseTransaction,
  order: Pick<OrderRow, 'id' | 'request' | 'resolved' | 'outcome'>,
  state: OrderState,
): Promise<void> {
  if (!isSettled(state)) return;
  const held = await heldBy(transaction, order.id);
  if (held.size === 0) return;
  const done = new Set(carriedOut(order.outcome));
  const delivered = wanted(orderContent(order).productOrderItem.filter(({ id }) => done.has(id)));
  for (const [offeringId, amount] of inLockOrder(held)) {
    const used = Math.min(amount, delivered.get(offeringId) ?? 0);
    if (used < amount) await putBack(transaction, offeringId, amount - used);
    await setReservation(
      transaction,
      order.id,
      offeringId,
      used > 0 ? { state: 'used', amount: used } : { state: 'released' },
    );
  }
}

/** One order everywhere, so that two orders never wait for each other. */
const inLockOrder = (amounts: ReadonlyMap<string, number>): readonly [string, number][] =>
  [...amounts].toSorted(([a], [b]) => (a < b ? -1 : 1));

const carriedOut = (outcome: readonly ItemOutcome[] | null): string[] =>
  (outcome ?? []).filter(({ state }) => state === 'completed').map(({ itemId }) => itemId);

function wanted(items: readonly OrderItem[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const { action, productOffering } of items) {
    if (action !== 'add' || productOffering === undefined) continue;
    amounts.set(productOffering.id, (amounts.get(productOffering.id) ?? 0) + 1);
  }
  return amounts;
}

async function heldBy(transaction: DatabaseTransaction, orderId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction
    .selectFrom('stock_reservations')
    .select(['offering_id', 'amount'])
    .where('order_id', '=', orderId)
    .where('state', '=', 'held')
    .where('amount', '>', 0)
    .execute();
  return new Map(rows.map(({ offering_id, amount }) => [offering_id, amount]));
}

async function hold(
  transaction: DatabaseTransaction,
  order_id: string,
  offering_id: string,
  amount: number,
): Promise<void> {
  await transaction
    .insertInto('stock_reservations')
    .values({ order_id, offering_id, amount, state: 'held' })
    .onConflict((conflict) => conflict.columns(['order_id', 'offering_id']).doUpdateSet({ amount, state: 'held' }))
    .execute();
}

async function setReservation(
  transaction: DatabaseTransaction,
  orderId: string,
  offeringId: string,
  values: { readonly amount?: number; readonly state?: 'held' | 'used' | 'released' },
): Promise<void> {
  await transaction
    .updateTable('stock_reservations')
    .set(values)
    .where('order_id', '=', orderId)
    .where('offering_id', '=', offeringId)
    .execute();
}

/** null: no stock is kept of it. */
async function lockLevel(transaction: DatabaseTransaction, offeringId: string): Promise<number | null> {
  const row = await transaction
    .selectFrom('product_stocks')
    .select('available')
    .where('offering_id', '=', offeringId)
    .forUpdate()
    .executeTakeFirst();
  return row?.available ?? null;
}

async function putBack(transaction: DatabaseTransaction, offeringId: string, amount: number): Promise<void> {
  await transaction
    .updateTable('product_stocks')
    .set({ available: sql<number>`available + ${amount}` })
    .where('offering_id', '=', offeringId)
    .execute();
}
