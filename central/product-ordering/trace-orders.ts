import type { FastifyBaseLogger } from 'fastify';
import type { OrderState } from '../../shared/central-api/product-order.ts';
import { errorText } from '../start-failure.ts';
import type { Database } from '../store/schema.ts';

/** Tells the log of every state that an application's order came to, under the id that it has on its terminal. */
export interface OrderTrace {
  /** Inside the transaction that changes it. */
  readonly touched: (orderId: string, state: OrderState) => void;
  /** After a commit: only what is so is told. */
  readonly committed: () => void;
  /** Once nothing moves any more. */
  readonly whenTold: () => Promise<void>;
}

interface Touched {
  /** In the order in which it came to them. */
  readonly states: readonly OrderState[];
  /** Looks that found it in none of them: its transaction was still under way, or never came to its end. */
  readonly looks: number;
}

/** Far more than there are transactions at once. */
const LAST_LOOK = 100;

export function traceOrders({ db, logger }: { db: Database; logger: FastifyBaseLogger }): OrderTrace {
  const orders = new Map<string, Touched>();
  let telling = Promise.resolve();

  async function tell(): Promise<void> {
    const looked = [...orders];
    if (looked.length === 0) return;
    const rows = await db
      .selectFrom('product_orders')
      .select(['id', 'external_id', 'state', 'held_reason'])
      .where(
        'id',
        'in',
        looked.map(([id]) => id),
      )
      .execute();
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const [id, touched] of looked) {
      // Touched once more meanwhile.
      if (orders.get(id) !== touched) continue;
      const row = found.get(id);
      const reached = row === undefined ? -1 : touched.states.findLastIndex((state) => state === row.state);
      if (row !== undefined && reached >= 0) {
        // Those before it are passed: nobody finds an order in them any more, and they are told all the same.
        for (const state of touched.states.slice(0, reached))
          logger.info({ application: row.external_id, order: id, state, reason: null }, 'order');
        logger.info({ application: row.external_id, order: id, state: row.state, reason: row.held_reason }, 'order');
        const left = touched.states.slice(reached + 1);
        if (left.length === 0) orders.delete(id);
        else orders.set(id, { states: left, looks: 0 });
      } else if (touched.looks < LAST_LOOK) {
        orders.set(id, { ...touched, looks: touched.looks + 1 });
      } else {
        orders.delete(id);
      }
    }
  }

  return {
    touched: (orderId, state) => {
      const before = orders.get(orderId)?.states ?? [];
      // Once more after a transaction that came to nothing.
      orders.set(orderId, { states: before.at(-1) === state ? [...before] : [...before, state], looks: 0 });
    },
    committed: () => {
      telling = telling
        .then(tell)
        .catch((error: unknown) => logger.error({ error: errorText(error) }, 'orders not told to the log'));
    },
    whenTold: () => telling,
  };
}
