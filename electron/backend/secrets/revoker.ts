import { passwordRevokedSchema } from '../../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { Logger } from '../log/logger.ts';
import type { BegunPrint, PrintRows } from './print-rows.ts';

export interface Revoker {
  /** @returns false: central could not be reached; it is revoked as soon as that changes */
  revoke(print: BegunPrint): Promise<boolean>;
  stop(): void;
}

const TIMEOUT_MS = 5_000;

/** Takes back what may lie on paper without anybody knowing: at once, or as soon as central is there, also after a restart. */
export function createRevoker(parts: {
  rows: PrintRows;
  client: CentralClient;
  connectivity: Connectivity;
  log: Logger;
}): Revoker {
  const { rows, client, connectivity, log } = parts;
  /** Begun before this start of the program, or given up by whoever printed: what is being printed now isn't here. */
  const due = new Map(rows.unsettled().map((print) => [print.issueId, print]));
  let running: Promise<void> | null = null;
  let stopped = false;
  // A function, since it may have changed while something was awaited.
  const isStopped = (): boolean => stopped;

  async function tell({ issueId, attempt }: BegunPrint): Promise<boolean> {
    const answer = await client.call(
      {
        method: 'POST',
        path: `${CENTRAL_PATHS.passwordIssues}/${issueId}/revocation`,
        body: JSON.stringify({ attempt }),
        timeoutMs: TIMEOUT_MS,
      },
      passwordRevokedSchema,
    );
    if (answer.kind === 'ok') return true;
    // Another terminal's, since this one was enrolled anew, or a BSS that knows none of it.
    const isFinal = answer.kind === 'error' && [400, 403, 404, 405, 422, 501].includes(answer.status);
    if (isFinal) log.error({ issue: issueId, status: answer.status }, 'central does not revoke a password');
    return isFinal;
  }

  async function flush(): Promise<void> {
    for (const print of [...due.values()]) {
      if (isStopped() || !(await tell(print))) return;
      if (isStopped()) return;
      rows.settle(print.issueId);
      due.delete(print.issueId);
    }
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
      unsubscribe();
    },
  };
}
