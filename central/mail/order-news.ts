import { z } from 'zod';
import type { OrderState } from '../../shared/central-api/product-order.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';

/** What a customer is told of an application, each a mail of its own. */
export const orderNewsSchema = z.enum([
  'accepted',
  'held',
  'released',
  'rejected',
  'cancelled',
  /** Cancelled because staff of the shop took it back. */
  'withdrawn',
  'completed',
  /** Carried out in part. */
  'partial',
  'failed',
]);
export type OrderNews = z.infer<typeof orderNewsSchema>;

/** null: nothing that the customer doesn't know. @param last what was told before; null: nothing yet */
export function newsOf(state: OrderState, last: OrderNews | null): OrderNews | null {
  switch (state) {
    case 'acknowledged':
    case 'pending':
    case 'inProgress':
      if (last === null) return 'accepted';
      return last === 'held' ? 'released' : null;
    case 'held':
      return last === 'held' ? null : 'held';
    case 'rejected':
    case 'cancelled':
    case 'completed':
    case 'partial':
    case 'failed':
      return state;
    case 'assessingCancellation':
    case 'pendingCancellation':
      return null;
    default:
      return cantHappen(state);
  }
}
