import { sql } from 'kysely';
import { isSettled, type OrderItem, type OrderState } from '../../shared/central-api/product-order.ts';
import { type ItemOutcome, orderContent, type OrderRow } from '../product-ordering/order-store.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

/**
 * Takes for an order what it adds of whatever stock is kept of; all of it, or nothing. Two orders for the last one meet
 * at its row, and the second finds none.
 * @param replaced the order whose place it takes: what that one holds passes on to it
 * @returns false: something is sold out
 */
export async function reserveStock(
  transaction: DatabaseTransaction,
  orderId: string,
  items: readonly OrderItem[],
  replaced: string | null,
): Promise<boolean> {
  const taken: [string, number][] = [];
  // In one order everywhere, so that two orders never wait for each other.
  for (const [offeringId, amount] of [...wanted(items)].toSorted(([a], [b]) => a.localeCompare(b))) {
    if (await holds(transaction, orderId, offeringId)) continue;
    if (replaced !== null && (await passOn(transaction, offeringId, amount, replaced, orderId))) continue;
    if (!(await take(transaction, offeringId, amount))) {
      for (const [earlier, count] of taken) await putBack(transaction, earlier, count);
      return false;
    }
    taken.push([offeringId, amount]);
  }
  for (const [offering_id, amount] of taken) {
    await transaction
      .insertInto('stock_reservations')
      .values({ order_id: orderId, offering_id, amount, state: 'held' })
      .onConflict((conflict) => conflict.columns(['order_id', 'offering_id']).doUpdateSet({ amount, state: 'held' }))
      .execute();
  }
  return true;
}

/** What an order holds is used up with what was carried out of it, and free again with the rest. */
export async function settleStock(
  transaction: DatabaseTransaction,
  order: Pick<OrderRow, 'id' | 'request' | 'resolved' | 'outcome'>,
  state: OrderState,
): Promise<void> {
  if (!isSettled(state)) return;
  const held = await transaction
    .selectFrom('stock_reservations')
    .select(['offering_id', 'amount'])
    .where('order_id', '=', order.id)
    .where('state', '=', 'held')
    .execute();
  const done = new Set(carriedOut(order.outcome));
  const delivered = wanted(orderContent(order).productOrderItem.filter(({ id }) => done.has(id)));
  for (const { offering_id, amount } of held) {
    const used = Math.min(amount, delivered.get(offering_id) ?? 0);
    if (used < amount) await putBack(transaction, offering_id, amount - used);
    await transaction
      .updateTable('stock_reservations')
      .set({ state: used > 0 ? 'used' : 'released', amount: used > 0 ? used : amount })
      .where('order_id', '=', order.id)
      .where('offering_id', '=', offering_id)
      .execute();
  }
}

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

async function holds(transaction: DatabaseTransaction, orderId: string, offeringId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('stock_reservations')
    .select('order_id')
    .where('order_id', '=', orderId)
    .where('offering_id', '=', offeringId)
    .where('state', '=', 'held')
    .executeTakeFirst();
  return row !== undefined;
}

async function passOn(
  transaction: DatabaseTransaction,
  offeringId: string,
  amount: number,
  from: string,
  to: string,
): Promise<boolean> {
  const moved = await transaction
    .updateTable('stock_reservations')
    .set({ order_id: to })
    .where('order_id', '=', from)
    .where('offering_id', '=', offeringId)
    .where('amount', '=', amount)
    .where('state', '=', 'held')
    .executeTakeFirst();
  return moved.numUpdatedRows > 0n;
}

/** What no stock is kept of can always be had. */
async function take(transaction: DatabaseTransaction, offeringId: string, amount: number): Promise<boolean> {
  const row = await transaction
    .selectFrom('product_stocks')
    .select('available')
    .where('offering_id', '=', offeringId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return true;
  if (row.available < amount) return false;
  await putBack(transaction, offeringId, -amount);
  return true;
}

async function putBack(transaction: DatabaseTransaction, offeringId: string, amount: number): Promise<void> {
  await transaction
    .updateTable('product_stocks')
    .set({ available: sql<number>`available + ${amount}` })
    .where('offering_id', '=', offeringId)
    .execute();
}
