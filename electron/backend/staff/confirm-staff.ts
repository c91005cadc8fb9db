import type { Connectivity } from '../central/connectivity.ts';
import { createRetry, type Retry } from '../central/retry.ts';
import type { Logger } from '../log/logger.ts';
import type { Random, Timers } from '../ports.ts';
import type { LetIn, PinCheck } from './check-pin.ts';
import type { KeptStaff, StaffSessions } from './staff-sessions.ts';

/** Asks central of those who were let in without it: whether they still may work here is central's to say. */
export interface StaffConfirmer {
  /** For one who is about to be kept under that id. */
  retryFor(staffSessionId: string): Retry;
  /** @param pin by which they were let in */
  admit(entry: KeptStaff, letIn: LetIn, pin: string | null): void;
  /** Central is being asked about nobody any more: what it says is written down. */
  whenConfirmed(): Promise<void>;
  /** Central has let them in too, who were let in without it. */
  onConfirmed(listener: (staffSessionId: string) => void): void;
}

export function createStaffConfirmer(parts: {
  kept: StaffSessions;
  checkAtCentral: PinCheck['checkAtCentral'];
  connectivity: Connectivity;
  timers: Timers;
  random: Random;
  log: Logger;
}): StaffConfirmer {
  const { kept, checkAtCentral, connectivity, log } = parts;
  const confirming = new Set<Promise<void>>();
  const listeners = new Set<(staffSessionId: string) => void>();

  /** Nobody has to enter the PIN again for it. */
  async function confirm(id: string, entry: KeptStaff): Promise<void> {
    const pin = entry.unconfirmedPin;
    if (pin === null) return;
    const letIn = await checkAtCentral(entry.session.staff.number, pin);
    // Gone, or confirmed at the lock, meanwhile.
    if (kept.find(id)?.unconfirmedPin !== pin) return;
    if (letIn?.ok === true) {
      admit(entry, letIn.value, null);
      for (const listener of listeners) listener(id);
    } else if (letIn?.error.code === 'refused') kept.end(id);
    else entry.retry.plan(letIn?.error.code === 'throttled' ? letIn.error.retryAfterSeconds * 1000 : 0);
  }

  function startConfirming(entry: KeptStaff): void {
    const { id } = entry.session;
    const asking = confirm(id, entry)
      .catch((error: unknown) => {
        log.error({ err: error }, 'asking central of staff failed unexpectedly');
        if (kept.find(id) !== undefined) entry.retry.plan(0);
      })
      .finally(() => confirming.delete(asking));
    confirming.add(asking);
  }

  function askAgain(id: string): void {
    const entry = kept.find(id);
    // Where central is away, its return starts it.
    if (entry !== undefined && connectivity.state() === 'reachable') startConfirming(entry);
  }

  function admit(entry: KeptStaff, { staff, attestation, accessToken }: LetIn, pin: string | null): void {
    entry.attestation = attestation;
    // A token that central gave before outlives an outage.
    entry.accessToken = accessToken ?? entry.accessToken;
    entry.unconfirmedPin = entry.accessToken === null ? pin : null;
    entry.session = { ...entry.session, staff, isOffline: entry.accessToken === null };
    if (entry.unconfirmedPin === null) entry.retry.cancel();
    else entry.retry.plan(0);
  }

  connectivity.onChange((state) => {
    if (state !== 'reachable') return;
    for (const entry of kept.all()) {
      // What failed during the outage says nothing of now.
      entry.retry.cancel();
      startConfirming(entry);
    }
  });

  return {
    retryFor: (id) => createRetry(parts, () => askAgain(id)),
    admit,
    whenConfirmed: async () => {
      await Promise.allSettled(confirming);
    },
    onConfirmed: (listener) => {
      listeners.add(listener);
    },
  };
}
