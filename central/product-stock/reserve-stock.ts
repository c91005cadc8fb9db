import { sql } from 'kysely';
import { isSettled, type OrderItem, type OrderState } from '../../shared/central-api/product-order.ts';
import { type ItemOutcome, orderContent, type OrderRow } from '../product-ordering/order-store.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

/** By offering. */
type Amounts = ReadonlyMap<string, number>;
type Change = readonly [offeringId: string, amount: number];

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
  return takeStock(transaction, orderId, items, await heldBy(transaction, orderId));
}

/**
 * As above, for an order of which it is known what it holds.
 * @param locked what is left, where all that the items want is locked already
 */
export async function takeStock(
  transaction: DatabaseTransaction,
  orderId: string,
  items: readonly OrderItem[],
  held: Amounts,
  locked: Amounts | null = null,
): Promise<boolean> {
  const missing = new Map<string, number>();
  for (const [offeringId, amount] of wanted(items)) {
    const more = amount - (held.get(offeringId) ?? 0);
    if (more > 0) missing.set(offeringId, more);
  }
  const levels = locked ?? (await lockLevels(transaction, [...missing.keys()]));
  // What no stock is kept of can always be had.
  if ([...levels].some(([offeringId, available]) => available < (missing.get(offeringId) ?? 0))) return false;
  const taken = [...missing].filter(([offeringId]) => levels.has(offeringId));
  await changeLevels(
    transaction,
    taken.map(([offeringId, more]) => [offeringId, -more]),
  );
  await hold(
    transaction,
    orderId,
    taken.map(([offeringId, more]) => [offeringId, more + (held.get(offeringId) ?? 0)]),
  );
  return true;
}

/**
 * What an order holds passes on to the one that takes its place, as far as that wants it, be it held or not.
 * @returns what that one holds then
 */
export async function passOnStock(
  transaction: DatabaseTransaction,
  from: string,
  to: string,
  items: readonly OrderItem[],
): Promise<Amounts> {
  const amounts = wanted(items);
  const passed: Change[] = [];
  for (const [offeringId, held] of await heldBy(transaction, from)) {
    const amount = Math.min(held, amounts.get(offeringId) ?? 0);
    if (amount === 0) continue;
    passed.push([offeringId, amount]);
    const rest = held - amount;
    await setReservation(transaction, from, offeringId, { amount: rest, state: rest > 0 ? 'held' : 'released' });
  }
  await hold(transaction, to, passed);
  return new Map(passed);
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
  const free: Change[] = [];
  for (const [offeringId, amount] of held) {
    const used = Math.min(amount, delivered.get(offeringId) ?? 0);
    if (used < amount) free.push([offeringId, amount - used]);
    await setReservation(
      transaction,
      order.id,
      offeringId,
      used > 0 ? { state: 'used', amount: used } : { state: 'released' },
    );
  }
  await lockLevels(
    transaction,
    free.map(([offeringId]) => offeringId),
  );
  await changeLevels(transaction, free);
}

const carriedOut = (outcome: readonly ItemOutcome[] | null): string[] =>
  (outcome ?? []).filter(({ state }) => state === 'completed').map(({ itemId }) => itemId);

/** How many of each offering the items add. */
export function wanted(items: readonly OrderItem[]): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const { action, productOffering, quantity = 1 } of items) {
    if (action !== 'add' || productOffering === undefined) continue;
    amounts.set(productOffering.id, (amounts.get(productOffering.id) ?? 0) + quantity);
  }
  return amounts;
}

async function heldBy(transaction: DatabaseTransaction, orderId: string): Promise<Amounts> {
  const rows = await transaction
    .selectFrom('stock_reservations')
    .select(['offering_id', 'amount'])
    .where('order_id', '=', orderId)
    .where('state', '=', 'held')
    .where('amount', '>', 0)
    .execute();
  return new Map(rows.map(({ offering_id, amount }) => [offering_id, amount]));
}

async function hold(transaction: DatabaseTransaction, orderId: string, amounts: readonly Change[]): Promise<void> {
  if (amounts.length === 0) return;
  await transaction
    .insertInto('stock_reservations')
    .values(
      amounts.map(([offering_id, amount]) => ({ order_id: orderId, offering_id, amount, state: 'held' as const })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['order_id', 'offering_id'])
        .doUpdateSet(({ ref }) => ({ amount: ref('excluded.amount'), state: ref('excluded.state') })),
    )
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

/**
 * What is left of each that stock is kept of. In one order everywhere, so that two orders never wait for each other.
 */
async function lockLevels(transaction: DatabaseTransaction, offeringIds: readonly string[]): Promise<Amounts> {
  if (offeringIds.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('product_stocks')
    .select(['offering_id', 'available'])
    .where('offering_id', 'in', offeringIds)
    .orderBy('offering_id')
    .forUpdate()
    .execute();
  return new Map(rows.map(({ offering_id, available }) => [offering_id, available]));
}

/** Of levels that are locked. */
async function changeLevels(transaction: DatabaseTransaction, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update product_stocks set available = available + change.amount
    from unnest(${changes.map(([id]) => id)}::text[], ${changes.map(([, amount]) => amount)}::integer[])
      as change (offering_id, amount)
    where product_stocks.offering_id = change.offering_id`.execute(transaction);
}
