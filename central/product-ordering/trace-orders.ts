import type { FastifyBaseLogger } from 'fastify';
import { errorText } from '../start-failure.ts';
import type { Database } from '../store/schema.ts';

/** Tells the log of every state that an application's order came to, under the id that it has on its terminal. */
export interface OrderTrace {
  /** Inside the transaction that changes it. */
  readonly touched: (orderId: string) => void;
  /** After the commit: only what is so is told. */
  readonly committed: () => void;
  /** Once nothing moves any more. */
  readonly whenTold: () => Promise<void>;
}

export function traceOrders({ db, logger }: { db: Database; logger: FastifyBaseLogger }): OrderTrace {
  const orders = new Set<string>();
  let telling = Promise.resolve();

  async function tell(): Promise<void> {
    const ids = [...orders];
    if (ids.length === 0) return;
    orders.clear();
    const rows = await db
      .selectFrom('product_orders')
      .select(['id', 'external_id', 'state', 'held_reason'])
      .where('id', 'in', ids)
      .execute();
    for (const { id, external_id: application, state, held_reason: reason } of rows) {
      logger.info({ application, order: id, state, reason }, 'order');
    }
  }

  return {
    touched: (orderId) => {
      orders.add(orderId);
    },
    committed: () => {
      telling = telling
        .then(tell)
        .catch((error: unknown) => logger.error({ error: errorText(error) }, 'orders not told to the log'));
    },
    whenTold: () => telling,
  };
}
