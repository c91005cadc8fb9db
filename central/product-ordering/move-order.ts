import { isSettled, type OrderState } from '../../shared/central-api/product-order.ts';
import { businessDate } from '../../shared/domain/business-time.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { eraseCaptures } from '../captures/capture-store.ts';
import { applyOrder } from '../fulfilment/apply-order.ts';
import { placeLine } from '../fulfilment/place-line.ts';
import type { WithdrawalReason } from '../../shared/domain/withdrawal.ts';
import type { Caller } from '../identity/caller.ts';
import { mailOrderNews, type OrderMailContext } from '../mail/order-mails.ts';
import { type Visit, writeInteraction } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import { reserveStock, settleStock } from '../product-stock/reserve-stock.ts';
import type { QueuedContacts } from '../record-changes/queued-contact.ts';
import { writeAudit } from '../store/audit.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { ASSESSED, settleCancellation } from './cancellations.ts';
import { mayMove } from './order-states.ts';
import { orderContent, type OrderRow } from './order-store.ts';
import type { OrderTrace } from './trace-orders.ts';

export const FULFILMENT_STEP_MS = 2_000;

/** When the simulator takes the order's next step, by the system clock; null: a person moves it. */
export function nextStepAt(state: OrderState, fromCounter: boolean, clocks: Clocks): Date | null {
  const moves = fromCounter && (state === 'acknowledged' || state === 'inProgress');
  return moves ? new Date(clocks.system() + FULFILMENT_STEP_MS) : null;
}

/** What setting a state needs. */
export interface StateContext extends OrderMailContext {
  readonly reached: OrderTrace['reached'];
}

export interface MoveContext extends StateContext {
  readonly contacts: Pick<QueuedContacts, 'carryOut'>;
}

export type WhyNotMoved = 'illegal' | 'conflict' | 'no-mail-address' | 'too-many-mails' | 'identity-check';

const isCarriedOut = (state: OrderState): boolean => state === 'completed' || state === 'partial';

/**
 * Moves a locked order along an allowed transition. With `completed` its items become the customer's contracts, in the
 * same transaction; with `partial`, those that didn't fail. `illegal`: no such transition; `conflict`: an item no longer
 * fits the contracts; the others: why a contact can't be changed.
 */
export async function moveOrder(
  context: MoveContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  order: OrderRow,
  to: OrderState,
  failed: ReadonlySet<string> = new Set(),
): Promise<Result<OrderRow, WhyNotMoved>> {
  if (!mayMove(order.state, to)) return err('illegal');
  if (isStopped(order.state) && goesOn(to) && !(await reserveFor(transaction, order))) return err('conflict');
  if (!isCarriedOut(to)) return ok(await setState(context, transaction, caller, order, to, null));
  const today = businessDate(context.clocks.business());
  const placed = await placeLine(transaction, context.catalog, order);
  if (!placed.ok) return placed;
  const applied = await applyOrder(transaction, context.catalog, placed.value, failed, today);
  if (!applied.ok) return applied;
  const contact = await context.contacts.carryOut(transaction, caller, order);
  if (!contact.ok) return contact;
  await transaction
    .updateTable('product_orders')
    .set({ outcome: JSON.stringify(applied.value) })
    .where('id', '=', order.id)
    .execute();
  const reason = contact.value === 'overtaken' ? contact.value : null;
  return ok(await setState(context, transaction, caller, { ...placed.value, outcome: applied.value }, to, reason));
}

/** Whether it waits for a person's word: one whose cancellation is refused may have been held before. */
export const isStopped = (state: OrderState): boolean => state === 'held' || ASSESSED.includes(state);

export type GoingOn = Extract<OrderState, 'acknowledged' | 'pending' | 'inProgress'>;

export const goesOn = (state: OrderState): state is GoingOn =>
  state === 'acknowledged' || state === 'pending' || state === 'inProgress';

/** false: something that it orders is sold out. */
export function reserveFor(transaction: DatabaseTransaction, order: OrderRow): Promise<boolean> {
  return reserveStock(transaction, order.id, orderContent(order).productOrderItem);
}

/**
 * Sets a state without asking whether it is allowed, tells the visit log what a person decided, and mails the customer
 * what is news of it.
 * @param reason why it waits for a person, is rejected, or changed nothing
 * @param because of what it is cancelled, where the shop did that; null: otherwise
 */
export async function setState(
  context: StateContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  order: OrderRow,
  state: OrderState,
  reason: OrderRow['held_reason'],
  because: Cause | null = null,
): Promise<OrderRow> {
  const { clocks } = context;
  const moved = {
    state,
    held_reason: reason,
    completion_date: isCarriedOut(state) ? new Date(clocks.business()) : order.completion_date,
  };
  await transaction
    .updateTable('product_orders')
    .set({ ...moved, step_due_at: nextStepAt(state, order.request.application !== undefined, clocks) })
    .where('id', '=', order.id)
    .execute();
  if (isSettled(state) && order.external_id !== null) {
    await eraseCaptures(transaction, order.external_id, clocks.system());
  }
  await settleStock(transaction, order, state);
  if (ASSESSED.includes(order.state)) await settleCancellation(transaction, order.id, state, clocks.business());
  const decision: Visit | null =
    because?.kind === 'withdrawn'
      ? { kind: 'application-withdrawn', reason: because.reason }
      : decisionOf(order, state, reason);
  if (decision !== null && order.customer_number !== null) {
    await writeInteraction(transaction, clocks.business(), {
      customerNumber: order.customer_number,
      shop: order.shop,
      terminal: caller.kind === 'staff' ? caller.terminal : null,
      staffNumber: caller.kind === 'staff' ? caller.number : null,
      sessionId: null,
      orderId: order.id,
      visit: decision,
    });
  }
  const after = { ...order, ...moved };
  context.reached(transaction, after);
  // The mail about the one that takes its place tells of it.
  if (because?.kind !== 'replaced') {
    await mailOrderNews(context, transaction, after, { known: because === null ? null : 'withdrawn' });
  }
  await writeAudit(transaction, caller, clocks.system(), {
    action: 'change',
    resource: 'productOrder',
    resourceId: order.id,
    customerNumber: order.customer_number,
    detail: because === null ? orderDetail(state, reason) : `${state}: ${causeDetail(because)}`,
  });
  return after;
}

type Cause =
  /** Staff of the shop took it back. */
  | { readonly kind: 'withdrawn'; readonly reason: WithdrawalReason }
  /** A correction took its place. */
  | { readonly kind: 'replaced' };

const causeDetail = (cause: Cause): string => (cause.kind === 'withdrawn' ? `withdrawn, ${cause.reason}` : cause.kind);

export const orderDetail = (state: OrderState, reason: OrderRow['held_reason']): string =>
  reason === null ? state : `${state}: ${reason}`;

/** null: nobody decided anything about an application. */
function decisionOf(order: OrderRow, state: OrderState, reason: OrderRow['held_reason']): Visit | null {
  if (order.request.application === undefined) return null;
  if (state === 'rejected') return { kind: 'application-rejected', reason: reason ?? 'other' };
  return order.state === 'held' && goesOn(state) ? { kind: 'application-released' } : null;
}
