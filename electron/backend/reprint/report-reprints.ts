import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Reprint } from '../../../shared/central-api/reprint.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { createRetry } from '../central/retry.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Random, SystemClock, Timers } from '../ports.ts';
import type { ReprintRows, Unreported } from './reprint-rows.ts';

export interface ReprintReporter {
  /** @param id not told of before its end: it may still turn out that nothing was printed */
  begin(id: string): void;
  end(id: string): void;
  stop(): void;
}

/** 4xx that pass by themselves. */
const PASSING = [401, 408, 425, 429];

/** Tells central of every reprint for its visit log: at once, or as soon as it is back and has the application. */
export function reportReprints(parts: {
  rows: ReprintRows;
  outbox: Outbox;
  client: CentralClient;
  connectivity: Connectivity;
  now: SystemClock;
  timers: Timers;
  random: Random;
  log: Logger;
}): ReprintReporter {
  const { rows, outbox, client, connectivity, now, log } = parts;
  const retry = createRetry(parts, look);
  const inHand = new Set<string>();
  let running = false;
  let again = false;
  let stopped = false;
  // A function, since it may have changed while something was awaited.
  const isStopped = (): boolean => stopped;

  async function tell({ id, applicationId, at, staffNumber, number }: Unreported): Promise<'told' | 'later'> {
    const body: Reprint = { id, applicationId, number, at: new Date(at).toISOString(), staffNumber };
    const answer = await client.call(
      { method: 'POST', path: CENTRAL_PATHS.reprints, body: JSON.stringify(body) },
      z.unknown(),
    );
    if (answer.kind === 'ok') return 'told';
    if (answer.kind !== 'error' || answer.status >= 500 || PASSING.includes(answer.status)) return 'later';
    // The same words would get the same answer for ever, with every later report behind it. The reprint stays on record
    // here, where staff see it.
    log.warn({ application: applicationId, status: answer.status }, 'central does not take the report of a reprint');
    return 'told';
  }

  /** @returns false: central did not take one of them */
  async function tellAll(): Promise<boolean> {
    for (const one of rows.unreported()) {
      // Its return starts it.
      if (isStopped() || connectivity.state() !== 'reachable') return true;
      if (inHand.has(one.id)) continue;
      if ((await tell(one)) === 'later') return false;
      if (!isStopped()) rows.reported(one.id, now());
    }
    return true;
  }

  async function flush(): Promise<void> {
    let isTold: boolean;
    try {
      isTold = await tellAll();
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      // It is told once more: central knows the report by its id.
      log.error({ code: 'disk-failure' }, 'report of a reprint not written down');
      isTold = false;
    }
    if (isTold || isStopped()) retry.cancel();
    else retry.plan(0);
  }

  /** One at a time; what comes meanwhile is looked at afterwards. */
  function look(): void {
    if (running) {
      again = true;
      return;
    }
    running = true;
    void flush().finally(() => {
      running = false;
      if (!again || stopped) return;
      again = false;
      look();
    });
  }

  const unsubscribe = [
    connectivity.onChange(look),
    outbox.onChange(({ orderId }) => {
      if (orderId !== null) look();
    }),
  ];
  return {
    begin: (id) => inHand.add(id),
    end: (id) => {
      inHand.delete(id);
      look();
    },
    stop: () => {
      stopped = true;
      retry.cancel();
      for (const stop of unsubscribe) stop();
    },
  };
}
