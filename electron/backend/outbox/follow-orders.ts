import { classifyOrder } from '../central/classify-answer.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { OrderProgress, StateReason } from '../../../shared/contract/events.ts';
import type { ProductOrder } from '../../../shared/central-api/product-order.ts';
import type { Timers } from '../ports.ts';
import type { Courier } from './deliver.ts';
import type { Outbox, Settlement } from './outbox.ts';

export interface OrderFollower {
  /** While its customer's session lasts, an accepted application's progress is followed closely. */
  follow(applicationId: string, grant: string, onProgress: (progress: OrderProgress) => void): () => void;
  /** What central says of an order, read or answered on whatever occasion. */
  settle(applicationId: string, order: ProductOrder): void;
  stop(): void;
}

const SESSION_EVERY_MS = 3_000;
const HELD_EVERY_MS = 30_000;

/** Asks central what became of orders: held ones until they are decided, accepted ones while someone watches. */
export function followOrders(parts: {
  outbox: Outbox;
  courier: Courier;
  connectivity: Connectivity;
  timers: Timers;
  log: Logger;
  /** Settles what central decided about a held one. */
  onDecided(): void;
}): OrderFollower {
  const { outbox, courier, connectivity, timers, log, onDecided } = parts;
  const watched = new Map<string, { grant: string; onProgress: (progress: OrderProgress) => void }>();
  let cancelSession = (): void => undefined;
  let cancelHeld = (): void => undefined;
  let stopped = false;
  // A function, since it may have changed while something was awaited.
  const isStopped = (): boolean => stopped;

  function settle(id: string, order: ProductOrder): void {
    const verdict = classifyOrder(order);
    if (verdict.kind === 'held' && isKnownAs(id, verdict)) return;
    const settlement: Settlement = {
      id,
      state: verdict.kind,
      reason: verdict.kind === 'accepted' ? null : verdict.reason,
      progress: verdict.progress,
      orderId: verdict.orderId,
    };
    try {
      outbox.advance({ settle: [settlement], start: 0, skip: () => true });
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      // Nothing was written down, and central is asked again in a while.
      log.error({ code: 'disk-failure', application: id }, "central's decision not written down");
      return;
    }
    onDecided();
  }

  function isKnownAs(id: string, { orderId, reason }: { orderId: string | null; reason: StateReason }): boolean {
    const entry = outbox.find(id);
    return entry?.orderId === orderId && entry.reason === reason;
  }

  async function lookAt(id: string): Promise<void> {
    const payload = outbox.payloadOf(id);
    const order = payload === null ? null : await courier.lookUp(id, payload.grant);
    if (order !== null && !isStopped()) settle(id, order);
  }

  async function lookAtHeld(): Promise<void> {
    for (const entry of outbox.heldEntries()) {
      if (isStopped() || connectivity.state() !== 'reachable') break;
      if (!watched.has(entry.id)) await lookAt(entry.id);
    }
    if (!isStopped()) cancelHeld = timers.after(HELD_EVERY_MS, () => void lookAtHeld());
  }

  async function lookAtWatched(): Promise<void> {
    for (const [id, { grant, onProgress }] of [...watched]) {
      if (isStopped() || connectivity.state() !== 'reachable') break;
      const state = outbox.find(id)?.state;
      if (state !== 'accepted' && state !== 'held') continue;
      const order = await courier.lookUp(id, grant);
      if (order === null || isStopped() || !watched.has(id)) continue;
      const { progress } = classifyOrder(order);
      if (state === 'held') settle(id, order);
      if (progress !== null) onProgress(progress);
    }
    if (!isStopped()) cancelSession = timers.after(SESSION_EVERY_MS, () => void lookAtWatched());
  }

  // A correction came to central, which has cancelled with it what it corrects.
  const unsubscribe = outbox.onChange(({ id, orderId }) => {
    const corrected = orderId === null ? null : outbox.awaiting(id);
    if (corrected !== null) void lookAt(corrected);
  });
  cancelSession = timers.after(SESSION_EVERY_MS, () => void lookAtWatched());
  void lookAtHeld();
  return {
    follow: (applicationId, grant, onProgress) => {
      watched.set(applicationId, { grant, onProgress });
      return () => watched.delete(applicationId);
    },
    settle,
    stop: () => {
      stopped = true;
      unsubscribe();
      cancelSession();
      cancelHeld();
    },
  };
}
