import { randomUUID } from 'node:crypto';
import type { StaffScope } from '../../../shared/contract/staff.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { Logger } from '../log/logger.ts';
import type { MonotonicClock, Random, Timers } from '../ports.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { type CentralForStaff, createCentralForStaff } from './ask-central.ts';
import { createPinCheck, type PinError } from './check-pin.ts';
import { createStaffConfirmer, type StaffConfirmer } from './confirm-staff.ts';
import { type CounterCustomers, createCounterCustomers } from './counter-customers.ts';
import type { KnownStaff } from './known-staff.ts';
import { createStaffSessions, type StaffSession, type StaffSessions } from './staff-sessions.ts';

export interface StaffDesk
  extends CounterCustomers,
    Pick<CentralForStaff, 'ask' | 'hasCentral'>,
    Pick<StaffConfirmer, 'onConfirmed' | 'whenConfirmed'>,
    Pick<StaffSessions, 'endAll' | 'onEnded' | 'working'> {
  signIn(number: string, pin: string): Promise<Result<StaffSession, PinError>>;
  /** Locks, or hands the screen to the customer: until the PIN, staff can do nothing. */
  leave(staffSessionId: string): Result<void, { code: 'gone' }>;
  comeBack(staffSessionId: string, pin: string): Promise<Result<StaffSession, PinError | { readonly code: 'gone' }>>;
  signOut(staffSessionId: string): void;
  /** Who is at the screen now. */
  atWork(staffSessionId: string): Result<StaffMember, { readonly code: 'gone' | 'away' }>;
  /** Likewise, for what is done at a counter only. */
  atCounter: StaffDesk['atWork'];
  /** Somebody is there. */
  touch(staffSessionId: string): Result<void, { readonly code: 'gone' }>;
  /** The page is still there. */
  alive(staffSessionId: string): boolean;
}

/** So many wrong PINs at the lock end what is behind it. */
const UNLOCK_MISSES = 5;

export function createStaffDesk(parts: {
  client: CentralClient;
  connectivity: Connectivity;
  known: KnownStaff;
  sessions: Sessions;
  scope: StaffScope;
  monotonic: MonotonicClock;
  timers: Timers;
  random: Random;
  log: Logger;
}): StaffDesk {
  const { scope, monotonic } = parts;
  const kept = createStaffSessions(parts);
  const { check, checkAtCentral } = createPinCheck(parts);
  const confirmer = createStaffConfirmer({ ...parts, kept, checkAtCentral });
  const central = createCentralForStaff({ ...parts, kept });

  return {
    ...createCounterCustomers({ ...parts, kept, central }),
    ask: central.ask,
    hasCentral: central.hasCentral,
    onConfirmed: confirmer.onConfirmed,
    whenConfirmed: confirmer.whenConfirmed,
    endAll: kept.endAll,
    working: kept.working,
    onEnded: kept.onEnded,
    signIn: async (number, pin) => {
      const letIn = await check(number, pin);
      if (!letIn.ok) return letIn;
      const { staff, attestation, accessToken } = letIn.value;
      const session = { id: randomUUID(), staff, isOffline: accessToken === null, scope };
      const retry = confirmer.retryFor(session.id);
      kept.add({
        session,
        accessToken,
        unconfirmedPin: accessToken === null ? pin : null,
        retry,
        attestation,
        isAway: false,
        misses: 0,
        seenAt: monotonic(),
        touchedAt: monotonic(),
        opened: new Set<string>(),
      });
      // Central may be there, and have said nothing of use just now.
      if (accessToken === null) retry.plan(0);
      return ok(session);
    },
    leave: (id) => {
      const entry = kept.find(id);
      if (entry === undefined) return err({ code: 'gone' });
      entry.isAway = true;
      return ok(undefined);
    },
    comeBack: async (id, pin) => {
      const entry = kept.find(id);
      if (entry === undefined) return err({ code: 'gone' });
      // Counted first, so that many at once get no more tries than many in turn.
      entry.misses += 1;
      if (entry.misses > UNLOCK_MISSES) {
        kept.end(id);
        return err({ code: 'gone' });
      }
      const letIn = await check(entry.session.staff.number, pin);
      if (!letIn.ok) return letIn;
      if (kept.find(id) === undefined) return err({ code: 'gone' });
      entry.misses = 0;
      entry.isAway = false;
      confirmer.admit(entry, letIn.value, pin);
      return ok(entry.session);
    },
    signOut: kept.end,
    atWork: (id) => {
      const entry = kept.atWork(id);
      return entry.ok ? ok(entry.value.session.staff) : entry;
    },
    atCounter: (id) => {
      const entry = kept.atCounter(id);
      return entry.ok ? ok(entry.value.session.staff) : entry;
    },
    touch: (id) => {
      const entry = kept.find(id);
      if (entry === undefined) return err({ code: 'gone' });
      entry.touchedAt = monotonic();
      return ok(undefined);
    },
    alive: (id) => {
      const entry = kept.find(id);
      if (entry !== undefined) entry.seenAt = monotonic();
      return entry !== undefined;
    },
  };
}
