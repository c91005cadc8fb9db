import type { FastifyBaseLogger } from 'fastify';
import type { OrderState } from '../../shared/central-api/product-order.ts';
import type { StateReason } from '../../shared/contract/events.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

interface Reached {
  readonly id: string;
  /** Of the application, as its terminal knows it. */
  readonly external_id: string | null;
  readonly state: OrderState;
  readonly held_reason: StateReason | null;
}

/** Tells the log of every state that an application's order came to, under the id that it has on its terminal. */
export interface OrderTrace {
  /** A transaction that makes or moves orders. What it reached is told once it is through, and never where it isn't. */
  readonly changeOrders: <T>(work: (transaction: DatabaseTransaction) => Promise<T>) => Promise<T>;
  readonly reached: (transaction: DatabaseTransaction, order: Reached) => void;
}

export function traceOrders(parts: {
  readonly db: Database;
  readonly logger: FastifyBaseLogger;
  /** Once a transaction is through that reached something: its mails, and the next steps. */
  readonly onReached: () => void;
}): OrderTrace {
  const { db, logger, onReached } = parts;
  const underWay = new WeakMap<DatabaseTransaction, Reached[]>();
  return {
    changeOrders: async (work) => {
      const orders: Reached[] = [];
      const result = await db.transaction().execute((transaction) => {
        underWay.set(transaction, orders);
        return work(transaction);
      });
      for (const { id, external_id, state, held_reason } of orders) {
        logger.info({ application: external_id, order: id, state, reason: held_reason }, 'order');
      }
      if (orders.length > 0) onReached();
      return result;
    },
    reached: (transaction, order) => {
      const orders = underWay.get(transaction);
      if (orders === undefined) throw new Error('orders are made and moved in transactions of changeOrders');
      orders.push(order);
    },
  };
}
