import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffScope } from '../../../shared/contract/staff.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import type { Retry } from '../central/retry.ts';
import type { MonotonicClock, Timers } from '../ports.ts';
import type { Sessions } from '../sessions/sessions.ts';

export interface StaffSession {
  readonly id: string;
  readonly staff: StaffMember;
  /** true: let in by what this terminal knows; central was away. */
  readonly isOffline: boolean;
  /** What it may do: a customers' terminal is never a counter. */
  readonly scope: StaffScope;
}

/** What only the backend knows of a member of staff who signed in. */
export interface KeptStaff {
  session: StaffSession;
  /** null: let in without central. */
  accessToken: string | null;
  /** What they were let in by without central, for asking central once it is back; only here, and only until then. */
  unconfirmedPin: string | null;
  /** For asking central of them again while it answers, but not that. */
  readonly retry: Retry;
  attestation: string;
  isAway: boolean;
  misses: number;
  seenAt: number;
  touchedAt: number;
  /** Customers' sessions that it opened. */
  readonly opened: Set<string>;
}

export interface StaffSessions {
  find(id: string): KeptStaff | undefined;
  all(): readonly KeptStaff[];
  add(entry: KeptStaff): void;
  /** Ends the customers' sessions that it opened too. */
  end(id: string): void;
  endAll(): void;
  /** How many are at work; whoever left the screen may be at home. */
  working(): number;
  /** Who is at the screen now. */
  atWork(id: string): Result<KeptStaff, { readonly code: 'gone' | 'away' }>;
  /** Likewise, for what is done at a counter only. */
  atCounter: StaffSessions['atWork'];
  onEnded(listener: (staffSessionId: string) => void): void;
}

const PAGE_GONE_MS = 30_000;
const LOOK_EVERY_MS = 1_000;
/** An unlocked customers' terminal that nobody touches for so long is the customers' again. */
const SERVICE_IDLE_MS = 60_000;

export function createStaffSessions(parts: {
  sessions: Sessions;
  scope: StaffScope;
  monotonic: MonotonicClock;
  timers: Timers;
}): StaffSessions {
  const { sessions, scope, monotonic, timers } = parts;
  const kept = new Map<string, KeptStaff>();
  const listeners = new Set<(staffSessionId: string) => void>();
  let cancelLook = (): void => undefined;

  function end(id: string): void {
    const entry = kept.get(id);
    if (entry === undefined) return;
    kept.delete(id);
    entry.retry.cancel();
    for (const sessionId of entry.opened) sessions.end(sessionId);
    for (const listener of listeners) listener(id);
  }

  function look(): void {
    for (const [id, { seenAt, touchedAt }] of [...kept]) {
      const isIdle = scope === 'service' && monotonic() - touchedAt > SERVICE_IDLE_MS;
      if (isIdle || monotonic() - seenAt > PAGE_GONE_MS) end(id);
    }
    cancelLook = kept.size === 0 ? (): void => undefined : timers.after(LOOK_EVERY_MS, look);
  }

  function atWork(id: string): ReturnType<StaffSessions['atWork']> {
    const entry = kept.get(id);
    if (entry === undefined) return err({ code: 'gone' });
    return entry.isAway ? err({ code: 'away' }) : ok(entry);
  }

  return {
    find: (id) => kept.get(id),
    all: () => [...kept.values()],
    add: (entry) => {
      kept.set(entry.session.id, entry);
      if (kept.size === 1) cancelLook = timers.after(LOOK_EVERY_MS, look);
    },
    end,
    endAll: () => {
      cancelLook();
      for (const id of [...kept.keys()]) end(id);
    },
    working: () => [...kept.values()].filter(({ isAway }) => !isAway).length,
    atWork,
    atCounter: (id) => (scope === 'counter' || !kept.has(id) ? atWork(id) : err({ code: 'away' })),
    onEnded: (listener) => {
      listeners.add(listener);
    },
  };
}
