import { randomUUID } from 'node:crypto';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  type CustomerSearchField,
  type CustomerSearchResponse,
  customerSearchResponseSchema,
  staffSignInResponseSchema,
} from '../../../shared/central-api/staff.ts';
import { HOUSE_ERRORS, signInResponseSchema } from '../../../shared/central-api/terminal-v1.ts';
import type { StaffScope } from '../../../shared/contract/staff.ts';
import type { IdentityMethod } from '../../../shared/domain/identity-check.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import type { CentralAnswer } from '../central/central-answer.ts';
import type { CentralClient, CentralRequest } from '../central/central-client.ts';
import type { z } from 'zod';
import type { Connectivity } from '../central/connectivity.ts';
import { createRetry, type Retry } from '../central/retry.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { MonotonicClock, Random, Timers } from '../ports.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import type { KnownStaff } from './known-staff.ts';

export interface StaffSession {
  readonly id: string;
  readonly staff: StaffMember;
  /** true: let in by what this terminal knows; central was away. */
  readonly isOffline: boolean;
  /** What it may do: a customers' terminal is never a counter. */
  readonly scope: StaffScope;
}

export type PinError =
  /** Unknown number, wrong PIN and locked number read alike. */
  | { readonly code: 'refused' }
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  /** Central is away, and they did not sign in here lately. */
  | { readonly code: 'not-known-here' };

/** `gone`: signed out, or ended. `away`: locked, the screen is with the customer, or it is no counter's. */
export type StaffError = { readonly code: 'gone' | 'away' | 'unreachable' };

export interface StaffDesk {
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
  /** Central can be asked in staff's name now. */
  hasCentral(staffSessionId: string): boolean;
  /** Asks central in staff's name. An error that is about the matter and not about staff is central's answer too. */
  ask<T>(
    staffSessionId: string,
    request: Omit<CentralRequest, 'bearer'>,
    schema: z.ZodType<T>,
  ): Promise<Result<AnswerToStaff<T>, StaffError>>;
  findCustomers(
    staffSessionId: string,
    field: CustomerSearchField,
    value: string,
  ): Promise<Result<CustomerSearchResponse, StaffError>>;
  openCustomer(
    staffSessionId: string,
    customerNumber: string,
    identityMethod: IdentityMethod,
  ): Promise<Result<Session, StaffError | { readonly code: 'customer-unknown' }>>;
  /** Without central: the number as it was typed, nothing known of its contracts. */
  openUnverified(
    staffSessionId: string,
    customerNumber: string,
    identityMethod: IdentityMethod,
  ): Result<Session, StaffError | { readonly code: 'reachable' }>;
  /** The page is still there. */
  alive(staffSessionId: string): boolean;
  endAll(): void;
  /** Central is being asked about nobody who was let in without it any more: what it says is written down. */
  whenConfirmed(): Promise<void>;
  /** Central has let them in too, who were let in without it. */
  onConfirmed(listener: (staffSessionId: string) => void): void;
  onEnded(listener: (staffSessionId: string) => void): void;
}

export type AnswerToStaff<T> = Extract<CentralAnswer<T>, { kind: 'ok' | 'error' }>;

interface Kept {
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

interface LetIn {
  readonly staff: StaffMember;
  readonly attestation: string;
  readonly accessToken: string | null;
}

const PAGE_GONE_MS = 30_000;
const LOOK_EVERY_MS = 1_000;
const PIN_TIMEOUT_MS = 5_000;
/** An unlocked customers' terminal that nobody touches for so long is the customers' again. */
const SERVICE_IDLE_MS = 60_000;
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
  const { client, connectivity, known, sessions, scope, monotonic, timers, log } = parts;
  const kept = new Map<string, Kept>();
  const listeners = new Set<(staffSessionId: string) => void>();
  const confirmed = new Set<(staffSessionId: string) => void>();
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

  const confirming = new Set<Promise<void>>();

  async function check(number: string, pin: string): Promise<Result<LetIn, PinError>> {
    const asked = connectivity.state() === 'unreachable' ? null : await checkAtCentral(number, pin);
    return asked ?? checkHere(number, pin);
  }

  /** null: central can't say. */
  async function checkAtCentral(number: string, pin: string): Promise<Result<LetIn, PinError> | null> {
    const answer = await client.call(
      {
        method: 'POST',
        path: CENTRAL_PATHS.staffSignIn,
        body: JSON.stringify({ number, pin }),
        timeoutMs: PIN_TIMEOUT_MS,
      },
      staffSignInResponseSchema,
    );
    if (answer.kind === 'ok') {
      await noted(known.remember(answer.body, pin));
      return ok(answer.body);
    }
    if (answer.kind === 'error' && answer.error.code === HOUSE_ERRORS.signInRefused) {
      await noted(known.forgetIfKnown(number, pin));
      return err({ code: 'refused' });
    }
    if (answer.kind === 'error' && answer.status === 429) {
      const seconds = Number(answer.headers.retryAfter ?? Number.NaN);
      return err({ code: 'throttled', retryAfterSeconds: seconds >= 1 ? Math.ceil(seconds) : 60 });
    }
    void connectivity.suspect();
    return null;
  }

  /** Central's word holds also where a full disk does not let it be written down. */
  async function noted(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      log.error({ code: 'disk-failure' }, 'what central says of staff not written down');
    }
  }

  /** Whether they still may work here is central's to say, and nobody has to enter the PIN again for that. */
  async function confirm(id: string, entry: Kept): Promise<void> {
    const pin = entry.unconfirmedPin;
    if (pin === null) return;
    const letIn = await checkAtCentral(entry.session.staff.number, pin);
    // Gone, or confirmed at the lock, meanwhile.
    if (kept.get(id)?.unconfirmedPin !== pin) return;
    if (letIn?.ok === true) {
      admit(entry, letIn.value, null);
      for (const listener of confirmed) listener(id);
    } else if (letIn?.error.code === 'refused') end(id);
    else entry.retry.plan(letIn?.error.code === 'throttled' ? letIn.error.retryAfterSeconds * 1000 : 0);
  }

  function startConfirming(id: string, entry: Kept): void {
    const asking = confirm(id, entry)
      .catch((error: unknown) => {
        log.error({ err: error }, 'asking central of staff failed unexpectedly');
        if (kept.has(id)) entry.retry.plan(0);
      })
      .finally(() => confirming.delete(asking));
    confirming.add(asking);
  }

  function askAgain(id: string): void {
    const entry = kept.get(id);
    // Where central is away, its return starts it.
    if (entry !== undefined && connectivity.state() === 'reachable') startConfirming(id, entry);
  }

  /** @param pin by which they were let in */
  function admit(entry: Kept, { staff, attestation, accessToken }: LetIn, pin: string | null): void {
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
    for (const [id, entry] of kept) {
      // What failed during the outage says nothing of now.
      entry.retry.cancel();
      startConfirming(id, entry);
    }
  });

  async function checkHere(number: string, pin: string): Promise<Result<LetIn, PinError>> {
    const confirmed = await known.verify(number, pin);
    return confirmed.ok ? ok({ ...confirmed.value, accessToken: null }) : confirmed;
  }

  function atWork(id: string): Result<Kept, { code: 'gone' | 'away' }> {
    const entry = kept.get(id);
    if (entry === undefined) return err({ code: 'gone' });
    return entry.isAway ? err({ code: 'away' }) : ok(entry);
  }

  function atCounter(id: string): ReturnType<typeof atWork> {
    return scope === 'counter' || !kept.has(id) ? atWork(id) : err({ code: 'away' });
  }

  /** What staff's own token was refused for: it ran out, or they may not work here any more. */
  function refusal(
    id: string,
    answer: Exclude<CentralAnswer<unknown>, { kind: 'ok' }>,
  ): { code: 'gone' | 'unreachable' } {
    if (answer.kind === 'error' && (answer.status === 401 || answer.status === 403)) {
      end(id);
      return { code: 'gone' };
    }
    void connectivity.suspect();
    return { code: 'unreachable' };
  }

  async function ask<T>(
    id: string,
    request: Omit<CentralRequest, 'bearer'>,
    schema: z.ZodType<T>,
  ): Promise<Result<AnswerToStaff<T>, StaffError>> {
    const entry = atWork(id);
    if (!entry.ok) return entry;
    const { accessToken } = entry.value;
    if (accessToken === null || connectivity.state() === 'unreachable') return err({ code: 'unreachable' });
    const answer = await client.call({ ...request, bearer: accessToken }, schema);
    if (answer.kind === 'ok') return ok(answer);
    const isAboutTheMatter = answer.kind === 'error' && ![401, 403, 408, 429].includes(answer.status);
    return isAboutTheMatter && answer.status < 500 ? ok(answer) : err(refusal(id, answer));
  }

  return {
    signIn: async (number, pin) => {
      const letIn = await check(number, pin);
      if (!letIn.ok) return letIn;
      const { staff, attestation, accessToken } = letIn.value;
      const session = { id: randomUUID(), staff, isOffline: accessToken === null, scope };
      const entry: Kept = {
        session,
        accessToken,
        unconfirmedPin: accessToken === null ? pin : null,
        retry: createRetry(parts, () => askAgain(session.id)),
        attestation,
        isAway: false,
        misses: 0,
        seenAt: monotonic(),
        touchedAt: monotonic(),
        opened: new Set<string>(),
      };
      kept.set(session.id, entry);
      // Central may be there, and have said nothing of use just now.
      if (entry.unconfirmedPin !== null) entry.retry.plan(0);
      if (kept.size === 1) cancelLook = timers.after(LOOK_EVERY_MS, look);
      return ok(session);
    },
    leave: (id) => {
      const entry = kept.get(id);
      if (entry === undefined) return err({ code: 'gone' });
      entry.isAway = true;
      return ok(undefined);
    },
    comeBack: async (id, pin) => {
      const entry = kept.get(id);
      if (entry === undefined) return err({ code: 'gone' });
      // Counted first, so that many at once get no more tries than many in turn.
      entry.misses += 1;
      if (entry.misses > UNLOCK_MISSES) {
        end(id);
        return err({ code: 'gone' });
      }
      const letIn = await check(entry.session.staff.number, pin);
      if (!letIn.ok) return letIn;
      if (!kept.has(id)) return err({ code: 'gone' });
      entry.misses = 0;
      entry.isAway = false;
      admit(entry, letIn.value, pin);
      return ok(entry.session);
    },
    signOut: end,
    atWork: (id) => {
      const entry = atWork(id);
      return entry.ok ? ok(entry.value.session.staff) : entry;
    },
    atCounter: (id) => {
      const entry = atCounter(id);
      return entry.ok ? ok(entry.value.session.staff) : entry;
    },
    touch: (id) => {
      const entry = kept.get(id);
      if (entry === undefined) return err({ code: 'gone' });
      entry.touchedAt = monotonic();
      return ok(undefined);
    },
    hasCentral: (id) => (kept.get(id)?.accessToken ?? null) !== null && connectivity.state() === 'reachable',
    ask,
    findCustomers: async (id, field, value) => {
      const entry = atCounter(id);
      if (!entry.ok) return entry;
      const answer = await ask(
        id,
        {
          method: 'GET',
          path: `${CENTRAL_PATHS.staffCustomers}?${new URLSearchParams({ [field]: value }).toString()}`,
        },
        customerSearchResponseSchema,
      );
      if (!answer.ok) return answer;
      return answer.value.kind === 'ok' ? ok(answer.value.body) : err(refusal(id, answer.value));
    },
    openCustomer: async (id, customerNumber, identityMethod) => {
      const entry = atCounter(id);
      if (!entry.ok) return entry;
      const { staff } = entry.value.session;
      const sessionId = randomUUID();
      const answer = await ask(
        id,
        {
          method: 'POST',
          path: CENTRAL_PATHS.staffCustomerSessions,
          body: JSON.stringify({ customerNumber, sessionId, identityMethod }),
        },
        signInResponseSchema,
      );
      if (!answer.ok) return answer;
      if (answer.value.kind === 'error') {
        return err(answer.value.status === 404 ? { code: 'customer-unknown' } : refusal(id, answer.value));
      }
      const session = await sessions.openByStaff({
        id: sessionId,
        opened: answer.value.body,
        attribution: { kind: 'staff', sessionId, staffNumber: staff.number, identityMethod, unverified: false },
      });
      if (session === null) return err({ code: 'unreachable' });
      entry.value.opened.add(sessionId);
      return ok(session);
    },
    openUnverified: (id, customerNumber, identityMethod) => {
      const entry = atCounter(id);
      if (!entry.ok) return entry;
      if (connectivity.state() === 'reachable' && entry.value.accessToken !== null) return err({ code: 'reachable' });
      const sessionId = randomUUID();
      const { number: staffNumber } = entry.value.session.staff;
      entry.value.opened.add(sessionId);
      return ok(
        sessions.openUnverified({
          id: sessionId,
          customerNumber,
          grant: entry.value.attestation,
          attribution: { kind: 'staff', sessionId, staffNumber, identityMethod, unverified: true },
        }),
      );
    },
    alive: (id) => {
      const entry = kept.get(id);
      if (entry !== undefined) entry.seenAt = monotonic();
      return entry !== undefined;
    },
    endAll: () => {
      cancelLook();
      for (const id of [...kept.keys()]) end(id);
    },
    whenConfirmed: async () => {
      await Promise.allSettled(confirming);
    },
    onConfirmed: (listener) => {
      confirmed.add(listener);
    },
    onEnded: (listener) => {
      listeners.add(listener);
    },
  };
}
