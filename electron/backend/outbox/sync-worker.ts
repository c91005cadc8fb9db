import type { Logger } from '../log/logger.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { fullJitterMs, RESEND_BACKOFF } from '../central/backoff.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { MonotonicClock, Random, Timers } from '../ports.ts';
import type { Courier, Delivery } from './deliver.ts';
import type { Outbox, Outgoing, Settlement } from './outbox.ts';

export interface SyncWorker {
  /** Something may be sendable now. */
  wake(): void;
  /** Something was decided by another way than by sending it. */
  eraseSoon(): void;
  /** Resolves when what is in flight has been written down. */
  stop(): Promise<void>;
}

/** Different customers at a time. */
const CONCURRENCY = 16;
/** Of these, so many at most with pictures: they take minutes on a slow line, and nobody else is to wait for them. */
const WITH_PICTURES = 4;
/** What central accepted is erased in batches: at the latest after this, at once when nothing is left to send. */
const ERASE_WITHIN_MS = 1_000;
const DISK_RETRY_MS = 1_000;
/**
 * What gathered in an outage is not sent in the moment when it ends, because thousands of terminals see the same end.
 * Each waits anywhere up to this share of the outage, so that after a short one nobody notices; what is applied for
 * meanwhile goes at once, since a customer stands before it.
 */
const SPREAD = { share: 0.075, longestMs: 45_000 };
/** In a backlog, an answer waits so long for others to be written down with it: a flush costs more than an answer. */
const GATHER_MS = 2;

interface Delay {
  failures: number;
  until: number;
  /** Waits for central to be there rather than because central asked for it. */
  endsWithOutage: boolean;
}

/**
 * Sends what waits: the oldest of each customer first, customers side by side, one bad application never in another
 * customer's way. Answers that come together are written down together, in the same transaction that marks the next.
 */
export function createSyncWorker(parts: {
  outbox: Pick<Outbox, 'advance' | 'eraseAccepted' | 'waitingIds' | 'hasPictures'>;
  courier: Pick<Courier, 'deliver'>;
  connectivity: Pick<Connectivity, 'state' | 'suspect' | 'onChange'>;
  timers: Timers;
  monotonic: MonotonicClock;
  random: Random;
  log: Logger;
}): SyncWorker {
  const { outbox, courier, connectivity, timers, monotonic, random, log } = parts;
  const inFlight = new Map<string, { readonly hasPictures: boolean }>();
  const delays = new Map<string, Delay>();
  let settled: Settlement[] = [];
  let toErase = true;
  let pausedUntil = 0;
  let unreachableSince = monotonic();
  let gathered = { ids: new Set<string>(), until: 0 };
  let stopped = false;
  let stepPlanned = false;
  let cancelWake = (): void => undefined;
  let cancelErase: (() => void) | null = null;
  let cancelGather: (() => void) | null = null;
  let resolveIdle: (() => void) | null = null;

  function plan(): void {
    if (stepPlanned) return;
    stepPlanned = true;
    setImmediate(() => {
      stepPlanned = false;
      step();
    });
  }

  /** At once when nobody else is about to answer, or half of what is on its way has. */
  function planWritingDown(): void {
    if (settled.length * 2 >= inFlight.size) plan();
    else cancelGather ??= timers.after(GATHER_MS, plan);
  }

  function step(): void {
    cancelGather?.();
    cancelGather = null;
    // One time for the whole step: what became due while the disk worked would be neither sent nor waited for.
    const now = monotonic();
    const maySend = !stopped && connectivity.state() === 'reachable' && now >= pausedUntil;
    const free = maySend ? CONCURRENCY - (inFlight.size - settled.length) : 0;
    if (settled.length > 0 || free > 0) {
      const settling = settled;
      settled = [];
      let started: Outgoing[];
      try {
        started = outbox.advance({ settle: settling, start: free, skip: skipping(now, settling) });
      } catch (error) {
        if (!isDiskFailure(error)) throw error;
        // Nothing was written down. They stay as they are; central is asked for them before anything is sent again.
        log.error({ code: 'disk-failure' }, 'answers not written down');
        for (const { id } of settling) inFlight.delete(id);
        pausedUntil = monotonic() + DISK_RETRY_MS;
        planWake(now);
        return;
      }
      for (const { id, state } of settling) {
        inFlight.delete(id);
        if (state !== 'queued') delays.delete(id);
        if (state === 'accepted' || state === 'rejected') toErase = true;
      }
      for (const application of started) send(application);
      // It was still on its way while the next ones were chosen.
      if (settling.some(({ state }) => state === 'queued') && maySend) plan();
    }
    planErase();
    planWake(now);
    if (stopped && inFlight.size === 0 && settled.length === 0) resolveIdle?.();
  }

  /** Asked once for each that could be next, in their order. */
  function skipping(now: number, settling: readonly Settlement[]): (id: string) => boolean {
    const done = new Set(settling.map(({ id }) => id));
    let free = WITH_PICTURES - [...inFlight].filter(([id, { hasPictures }]) => hasPictures && !done.has(id)).length;
    return (id) => {
      if (mustWait(id, now)) return true;
      if (!outbox.hasPictures(id)) return false;
      if (free === 0) return true;
      free -= 1;
      return false;
    };
  }

  function mustWait(id: string, now: number): boolean {
    if (inFlight.has(id) || now < (delays.get(id)?.until ?? 0)) return true;
    return now < gathered.until && gathered.ids.has(id);
  }

  function send(application: Outgoing): void {
    const { id, outcomeUnknown, payload } = application;
    inFlight.set(id, { hasPictures: outbox.hasPictures(id) });
    if (!payload.ok) {
      log.error({ application: id }, 'cannot be read with this terminal key');
      // Trying again mends nothing: staff are to know of it.
      settled.push({ id, state: 'held', reason: 'damaged', progress: null, orderId: null });
      plan();
      return;
    }
    void courier.deliver({ id, outcomeUnknown, payload: payload.value }).then(
      (delivery) => delivered(id, delivery),
      (error: unknown) => {
        log.error({ err: error, application: id }, 'sending failed unexpectedly');
        delivered(id, { kind: 'again', processed: 'unknown', waitMs: null, slowDown: false, answered: false });
      },
    );
  }

  function delivered(id: string, delivery: Delivery): void {
    if (delivery.kind === 'decided') {
      const { verdict } = delivery;
      const reason = verdict.kind === 'accepted' ? null : verdict.reason;
      settled.push({ id, state: verdict.kind, reason, progress: verdict.progress, orderId: verdict.orderId });
      planWritingDown();
      return;
    }
    const failures = (delays.get(id)?.failures ?? 0) + 1;
    const waitMs = delivery.waitMs ?? fullJitterMs(RESEND_BACKOFF, failures, random);
    log.info(
      { application: id, processed: delivery.processed, failures, waitMs: Math.round(waitMs) },
      'sending put off',
    );
    postpone(id, { failures, waitMs, endsWithOutage: delivery.waitMs === null && !delivery.answered });
    if (delivery.slowDown) pausedUntil = Math.max(pausedUntil, monotonic() + waitMs);
    if (!delivery.answered) void connectivity.suspect();
    if (delivery.processed === 'no') settled.push({ id, state: 'queued', reason: null, progress: null, orderId: null });
    else inFlight.delete(id);
    plan();
  }

  function postpone(id: string, delay: { failures: number; waitMs: number; endsWithOutage: boolean }): void {
    const { failures, waitMs, endsWithOutage } = delay;
    delays.set(id, { failures, until: monotonic() + waitMs, endsWithOutage });
  }

  function planWake(now: number): void {
    cancelWake();
    if (stopped) return;
    const due = [pausedUntil, gathered.until, ...[...delays.values()].map((delay) => delay.until)].filter(
      (until) => until > now,
    );
    if (due.length > 0) cancelWake = timers.after(Math.max(1, Math.min(...due) - monotonic()), plan);
  }

  function planErase(): void {
    if (!toErase) return;
    if (inFlight.size === 0 && settled.length === 0) return erase();
    if (stopped) return;
    cancelErase ??= timers.after(ERASE_WITHIN_MS, erase);
  }

  function erase(): void {
    cancelErase?.();
    cancelErase = null;
    toErase = false;
    try {
      outbox.eraseAccepted();
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      log.error({ code: 'disk-failure' }, 'accepted applications not erased yet');
      toErase = true;
      if (!stopped) cancelErase = timers.after(DISK_RETRY_MS, erase);
    }
  }

  const unsubscribe = connectivity.onChange((state) => {
    if (state === 'unreachable') {
      unreachableSince = monotonic();
      return;
    }
    const spreadMs = Math.min(SPREAD.longestMs, (monotonic() - unreachableSince) * SPREAD.share);
    // A line that drops once more in between doesn't send everybody at once.
    const until = Math.max(gathered.until, monotonic() + random() * spreadMs);
    gathered = { ids: new Set(outbox.waitingIds()), until };
    for (const delay of delays.values()) if (delay.endsWithOutage) delay.until = 0;
    plan();
  });
  plan();
  return {
    wake: plan,
    eraseSoon: () => {
      toErase = true;
      plan();
    },
    stop: async () => {
      stopped = true;
      unsubscribe();
      cancelWake();
      cancelErase?.();
      await new Promise<void>((resolve) => {
        resolveIdle = resolve;
        plan();
      });
    },
  };
}
