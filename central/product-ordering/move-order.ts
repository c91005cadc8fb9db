import type { OrderState } from '../../shared/central-api/product-order.ts';
import { businessDate } from '../../shared/domain/business-time.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { applyOrder } from '../fulfilment/apply-order.ts';
import type { Caller } from '../identity/caller.ts';
import { mailOrderNews, type OrderMailContext } from '../mail/order-mails.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { mayMove } from './order-states.ts';
import type { OrderRow } from './order-store.ts';

export const FULFILMENT_STEP_MS = 2_000;

/** When the simulator takes the order's next step, by the system clock; null: a person moves it. */
export function nextStepAt(state: OrderState, fromCounter: boolean, clocks: Clocks): Date | null {
  const moves = fromCounter && (state === 'acknowledged' || state === 'inProgress');
  return moves ? new Date(clocks.system() + FULFILMENT_STEP_MS) : null;
}

/**
 * Moves a locked order along an allowed transition. With `completed` its items become the customer's contracts, in the
 * same transaction. `illegal`: no such transition; `conflict`: an item no longer fits the contracts.
 */
export async function moveOrder(
  context: OrderMailContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  order: OrderRow,
  to: OrderState,
): Promise<Result<OrderRow, 'illegal' | 'conflict'>> {
  if (!mayMove(order.state, to)) return err('illegal');
  const now = context.clocks.business();
  if (to === 'completed') {
    const applied = await applyOrder(transaction, context.catalog, order, businessDate(now));
    if (!applied.ok) return applied;
  }
  return ok(await setState(context, transaction, caller, order, to, null));
}

/** Sets a state without asking whether it is allowed, and mails the customer what is news of it. @param heldReason why it waits for a person */
export async function setState(
  context: OrderMailContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  order: OrderRow,
  state: OrderState,
  heldReason: OrderRow['held_reason'],
): Promise<OrderRow> {
  const { clocks } = context;
  const moved = {
    state,
    held_reason: heldReason,
    completion_date: state === 'completed' ? new Date(clocks.business()) : order.completion_date,
  };
  await transaction
    .updateTable('product_orders')
    .set({ ...moved, step_due_at: nextStepAt(state, order.request.application !== undefined, clocks) })
    .where('id', '=', order.id)
    .execute();
  await writeAudit(transaction, caller, clocks.system(), {
    action: 'change',
    resource: 'productOrder',
    resourceId: order.id,
    customerNumber: order.customer_number,
  });
  const after = { ...order, ...moved };
  await mailOrderNews(context, transaction, after);
  return after;
}
