import { z } from 'zod';
import { CANCELLATION_STATES, type CancelProductOrder } from '../../shared/central-api/cancel-order.ts';
import type { OrderState } from '../../shared/central-api/product-order.ts';
import type { Resource } from '../http/reply.ts';
import type { ListedTable } from '../store/list-table.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

const cancellationRowSchema = z.object({
  id: z.string(),
  order_id: z.string(),
  customer_number: z.string().nullable(),
  state: z.enum(CANCELLATION_STATES),
  reason: z.string().nullable(),
  requested_at: z.date().nullable(),
  effective_at: z.date().nullable(),
});
export type CancellationRow = z.infer<typeof cancellationRowSchema>;

export const listedCancellations: ListedTable<CancellationRow> = {
  table: 'order_cancellations',
  key: 'id',
  keyOf: (row) => row.id,
  row: cancellationRowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    state: { column: 'state', kind: 'text' },
    'productOrder.id': { column: 'order_id', kind: 'text' },
  },
};

export function cancellationToTmf(
  row: CancellationRow,
  href: string,
  orderHref: string,
): CancelProductOrder & Resource {
  return {
    id: row.id,
    href,
    state: row.state,
    productOrder: { id: row.order_id, href: orderHref, '@referredType': 'ProductOrder' },
    ...(row.reason === null ? {} : { cancellationReason: row.reason }),
    ...(row.requested_at === null ? {} : { requestedCancellationDate: row.requested_at.toISOString() }),
    ...(row.effective_at === null ? {} : { effectiveCancellationDate: row.effective_at.toISOString() }),
    '@type': 'CancelProductOrder',
  };
}

/** States in which a person works out whether an order that has begun can still be cancelled. */
export const ASSESSED: readonly OrderState[] = ['assessingCancellation', 'pendingCancellation'];

/** The order was cancelled, or goes on: so has its open cancellation come to an end. @param now epoch ms, business */
export async function settleCancellation(
  transaction: DatabaseTransaction,
  orderId: string,
  became: OrderState,
  now: number,
): Promise<void> {
  if (ASSESSED.includes(became)) return;
  const isCancelled = became === 'cancelled';
  await transaction
    .updateTable('order_cancellations')
    .set({
      state: isCancelled ? 'done' : 'terminatedWithError',
      effective_at: isCancelled ? new Date(now) : null,
    })
    .where('order_id', '=', orderId)
    .where('state', '=', 'inProgress')
    .execute();
}
