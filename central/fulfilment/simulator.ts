import type { FastifyBaseLogger } from 'fastify';
import type { Caller } from '../identity/caller.ts';
import type { Timers } from '../ports.ts';
import { FULFILMENT_STEP_MS, type MoveContext, moveOrder, setState } from '../product-ordering/move-order.ts';
import { lockOrder } from '../product-ordering/order-store.ts';
import type { OrderTrace } from '../product-ordering/trace-orders.ts';
import { errorText } from '../start-failure.ts';
import type { Database } from '../store/schema.ts';

const SIMULATOR: Caller = { kind: 'operator', subject: 'fulfilment-simulator', mayWrite: true, operates: false };

export interface Simulator {
  /** Looks for work; called when an order moved, and at the start for what an earlier run left. */
  readonly wake: () => void;
  /** Ends after the step that is under way. */
  readonly stop: () => Promise<void>;
}

/**
 * Completes counters' orders as an operator's fulfilment would: acknowledged → inProgress → completed, a step each
 * 2 s. When the next step is due stands in the database, so a restart goes on where it was.
 */
export function startSimulator(
  context: MoveContext & {
    readonly db: Database;
    readonly timers: Timers;
    readonly logger: FastifyBaseLogger;
    readonly changeOrders: OrderTrace['changeOrders'];
  },
): Simulator {
  const { db, clocks, timers, logger } = context;
  let cancelTimer: () => void = () => {};
  let running = false;
  let again = false;
  let stopped = false;
  let idle: Promise<void> = Promise.resolve();

  const wake = (): void => {
    if (stopped) return;
    again = true;
    if (running) return;
    running = true;
    cancelTimer();
    idle = work();
  };

  const work = async (): Promise<void> => {
    let waitMs: number | null = null;
    try {
      while (again && !stopped) {
        again = false;
        waitMs = await takeDueSteps();
      }
    } catch (error) {
      logger.error({ error: errorText(error) }, 'fulfilment step failed');
      waitMs = FULFILMENT_STEP_MS;
    }
    running = false;
    if (waitMs !== null && !stopped) cancelTimer = timers.after(waitMs, wake);
  };

  /** Milliseconds until the next step is due; null: none waits. */
  const takeDueSteps = async (): Promise<number | null> => {
    for (;;) {
      const next = await db
        .selectFrom('product_orders')
        .select(['id', 'step_due_at'])
        .where('step_due_at', 'is not', null)
        .orderBy('step_due_at')
        .limit(1)
        .executeTakeFirst();
      if (next?.step_due_at == null) return null;
      const waitMs = next.step_due_at.getTime() - clocks.system();
      if (waitMs > 0 || stopped) return Math.max(waitMs, 0);
      await takeStep(next.id);
    }
  };

  const takeStep = (id: string): Promise<void> =>
    context.changeOrders(async (transaction) => {
      const order = await lockOrder(transaction, id);
      // Someone else moved it since it was found.
      if (order === null || (order.state !== 'acknowledged' && order.state !== 'inProgress')) return;
      const next = order.state === 'acknowledged' ? 'inProgress' : 'completed';
      const moved = await moveOrder(context, transaction, SIMULATOR, order, next);
      if (moved.ok) return;
      const reason = moved.error === 'illegal' ? 'conflict' : moved.error;
      await setState(context, transaction, SIMULATOR, order, 'held', reason);
    });

  wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      cancelTimer();
      await idle;
    },
  };
}
