import type { OrderState } from '../../shared/central-api/product-order.ts';

/** TMF622's state chart; `held` is also how an order waits for a person before it is acknowledged. */
const TRANSITIONS: Readonly<Record<OrderState, readonly OrderState[]>> = {
  acknowledged: ['rejected', 'pending', 'held', 'inProgress', 'assessingCancellation', 'cancelled'],
  pending: ['inProgress', 'held', 'assessingCancellation', 'cancelled'],
  held: ['acknowledged', 'inProgress', 'rejected', 'assessingCancellation', 'cancelled'],
  inProgress: ['pending', 'held', 'assessingCancellation', 'completed', 'failed', 'partial'],
  assessingCancellation: ['pendingCancellation', 'acknowledged', 'pending', 'held', 'inProgress'],
  pendingCancellation: ['cancelled'],
  rejected: [],
  cancelled: [],
  completed: [],
  failed: [],
  partial: [],
};

export function mayMove(from: OrderState, to: OrderState): boolean {
  return TRANSITIONS[from].includes(to);
}
