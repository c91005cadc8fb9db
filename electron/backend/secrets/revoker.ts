import { passwordRevokedSchema } from '../../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { createRetry } from '../central/retry.ts';
import { retryAfterMs } from '../central/retry-after.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { Random, SystemClock, Timers } from '../ports.ts';
import type { BegunPrint, PrintRows } from './print-rows.ts';

export interface Revoker {
  /** @returns false: central could not be reached, or did not do it; it is asked again until it has */
  revoke(print: BegunPrint): Promise<boolean>;
  stop(): void;
}

/** `waitMs`: what central asked to wait, where it did. */
type Told = { readonly kind: 'settled' | 'no-central' } | { readonly kind: 'failed'; readonly waitMs: number | null };

const TIMEOUT_MS = 5_000;

/** Takes back what may lie on paper without anybody knowing: at once, or as soon as central is there, also after a restart. */
export function createRevoker(parts: {
  rows: PrintRows;
  client: CentralClient;
  connectivity: Connectivity;
  now: SystemClock;
  timers: Timers;
  random: Random;
  log: Logger;
}): Revoker {
  const { rows, client, connectivity, now, log } = parts;
  /** Begun before this start of the program, or given up by whoever printed: what is being printed now isn't here. */
  const due = new Map(rows.unsettled().map((print) => [print.issueId, print]));
  let running: Promise<void> | null = null;
  let stopped = false;
  // A function, since it may have changed while something was awaited.
  const isStopped = (): boolean => stopped;
  const retry = createRetry(parts, () => {
    if (connectivity.state() === 'reachable') void look();
  });

  async function tell({ issueId, attempt }: BegunPrint): Promise<Told> {
    const answer = await client.call(
      {
        method: 'POST',
        path: `${CENTRAL_PATHS.passwordIssues}/${issueId}/revocation`,
        body: JSON.stringify({ attempt }),
        timeoutMs: TIMEOUT_MS,
      },
      passwordRevokedSchema,
    );
    if (answer.kind === 'ok') return { kind: 'settled' };
    if (answer.kind !== 'error') return { kind: 'no-central' };
    // Another terminal's, since this one was enrolled anew, or a BSS that knows none of it.
    if ([400, 403, 404, 405, 422, 501].includes(answer.status)) {
      log.error({ issue: issueId, status: answer.status }, 'central does not revoke a password');
      return { kind: 'settled' };
    }
    return { kind: 'failed', waitMs: retryAfterMs(answer.headers.retryAfter, answer.headers.date, now()) };
  }

  /** @returns how long central asked to wait, at the longest */
  async function tellAll(): Promise<number> {
    let waitMs = 0;
    for (const print of [...due.values()]) {
      if (isStopped()) return waitMs;
      const told = await tell(print);
      if (isStopped() || told.kind === 'no-central') return waitMs;
      if (told.kind === 'failed') {
        // What ails this one says nothing of the next.
        waitMs = Math.max(waitMs, told.waitMs ?? 0);
        continue;
      }
      try {
        rows.settle(print.issueId);
      } catch (error) {
        if (!isDiskFailure(error)) throw error;
        // It stays due: central takes it once more.
        log.error({ code: 'disk-failure' }, 'revocation not written down');
        continue;
      }
      due.delete(print.issueId);
    }
    return waitMs;
  }

  async function flush(): Promise<void> {
    const waitMs = await tellAll();
    if (isStopped()) return;
    if (due.size === 0) retry.cancel();
    else retry.plan(waitMs);
  }

  async function look(): Promise<void> {
    // What was added while a look was under way is not in it.
    await running;
    if (due.size === 0 || isStopped()) return;
    running ??= flush().finally(() => {
      running = null;
    });
    await running;
  }

  const unsubscribe = connectivity.onChange((state) => {
    if (state === 'reachable') void look();
  });
  return {
    revoke: async (print) => {
      due.set(print.issueId, print);
      await look();
      const isDone = !due.has(print.issueId);
      if (!isDone) void connectivity.suspect();
      return isDone;
    },
    stop: () => {
      stopped = true;
      retry.cancel();
      unsubscribe();
    },
  };
}
