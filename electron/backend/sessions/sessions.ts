import { randomUUID } from 'node:crypto';
import type { Attribution } from '../../../shared/central-api/product-order.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { HOUSE_ERRORS, type SignInResponse, signInResponseSchema } from '../../../shared/central-api/terminal-v1.ts';
import type { Account } from '../../../shared/domain/account.ts';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import type { CustomerFacts } from '../../../shared/domain/contract.ts';
import type { CustomerRecord } from '../../../shared/domain/customer-record.ts';
import type { KeptDraft } from '../../../shared/central-api/drafts.ts';
import type { LineUsage } from '../../../shared/contract/usage.ts';
import type { HistoryEntry } from '../../../shared/contract/history.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { CentralClient } from '../central/central-client.ts';
import { throttleSeconds } from '../central/throttle-seconds.ts';
import type { MonotonicClock, Timers } from '../ports.ts';
import { fetchAccounts } from './fetch-accounts.ts';
import { fetchCustomerData } from './customer-data.ts';
import { fetchDrafts } from './fetch-drafts.ts';
import { fetchUsage } from './line-usage.ts';
import { fetchHistory } from './order-history.ts';

/** One customer's time at the terminal. Nothing of it is ever written to disk. */
export interface Session {
  readonly id: string;
  readonly customerNumber: string;
  /** Authorises the sending of its applications: central's grant, or staff's attestation where central was away. */
  readonly grant: string;
  readonly attribution: Attribution;
  facts: CustomerFacts;
  /** null: nothing but the customer's number is known. */
  record: CustomerRecord | null;
  /** What the customer signs in with elsewhere, as far as central could be asked. */
  accounts: readonly Account[];
  /** What central keeps for the customer to go on with; null: it keeps none, or couldn't be asked. */
  drafts: readonly KeptDraft[] | null;
  /** When central gave `facts` (epoch ms, corrected clock). */
  asOf: number;
  /** Bodies of the customer's applications that central accepted while the session lasted, in that order. */
  readonly accepted: string[];
  /** So many of them, from the first on, central had accepted when `facts` were asked for. */
  acceptedInFacts: number;
  /** false: central could not be reached at the last look. */
  fresh: boolean;
  /** In the order in which they were made. */
  readonly applicationIds: string[];
  /** The application that staff opened the session to correct; null: none, or that is done. */
  correcting: Correcting | null;
}

export interface Correcting {
  readonly applicationId: string;
  readonly procedureId: string;
  readonly receiptNumber: string;
  /** The customer's products that it changes: theirs is no change that is still on its way, for its own correction. */
  readonly products: ReadonlySet<string>;
}

export type SignInError =
  | { readonly code: 'refused' }
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly code: 'unreachable' };

export interface Sessions {
  /** A repeat with the same request id gives the same session. */
  signIn(input: { requestId: string; loginId: string; password: string }): Promise<Result<Session, SignInError>>;
  /** A session that central opened on staff's behalf. null: its customer could not be read. */
  openByStaff(input: { id: string; opened: SignInResponse; attribution: Attribution }): Promise<Session | null>;
  /** A session without central: nothing but the number is known. */
  openUnverified(input: { id: string; customerNumber: string; grant: string; attribution: Attribution }): Session;
  find(sessionId: string): Session | null;
  ofCustomer(customerNumber: string): Session[];
  /** Central's token for that session's own matters; null: there is none. */
  bearerOf(sessionId: string): string | null;
  /** Asks central anew; where it can't be reached, the session goes on with what it has. Where it is over there, it ends. */
  refresh(session: Session): Promise<void>;
  /** What orders changed in the last 24 months. null: central can't be reached, or never was in this session. */
  history(session: Session): Promise<HistoryEntry[] | null>;
  /** What is left of the mobile lines' data, asked of central now; null: it can't be reached. */
  usage(session: Session): Promise<LineUsage[] | null>;
  touch(sessionId: string): boolean;
  /** The page is still there. */
  alive(sessionId: string): boolean;
  end(sessionId: string): void;
  endAll(): void;
  /** How many there are. */
  running(): number;
  onEnded(listener: (sessionId: string) => void): () => void;
}

interface Kept {
  readonly session: Session;
  /** null: central was not asked. */
  readonly accessToken: string | null;
  readonly requestId: string | null;
  touchedAt: number;
  seenAt: number;
}

const PAGE_GONE_MS = 30_000;
const LOOK_EVERY_MS = 1_000;
const SIGN_IN_TIMEOUT_MS = 10_000;
const REFRESH_TIMEOUT_MS = 3_000;

/** @param idleMs the backend's own time-out, longer than the page's with its warning */
export function createSessions(parts: {
  client: CentralClient;
  catalog(): Promise<Catalog | null>;
  now(): number;
  monotonic: MonotonicClock;
  timers: Timers;
  idleMs: number;
}): Sessions {
  const { client, catalog, now, monotonic, timers, idleMs } = parts;
  const kept = new Map<string, Kept>();
  const signingIn = new Map<string, Promise<Result<Session, SignInError>>>();
  const listeners = new Set<(sessionId: string) => void>();
  let cancelLook = (): void => undefined;

  function wipe(id: string): void {
    const entry = kept.get(id);
    if (entry === undefined) return;
    kept.delete(id);
    for (const listener of listeners) listener(id);
  }

  function look(): void {
    for (const [id, { session, touchedAt, seenAt }] of [...kept]) {
      // Staff's own session watches over what it opened: it locks, and ends what is behind the lock.
      const isIdle = session.attribution.kind === 'customer' && monotonic() - touchedAt > idleMs;
      if (isIdle || monotonic() - seenAt > PAGE_GONE_MS) wipe(id);
    }
    cancelLook = kept.size === 0 ? (): void => undefined : timers.after(LOOK_EVERY_MS, look);
  }

  async function askCentral(
    input: Parameters<Sessions['signIn']>[0],
    sessionId: string,
  ): Promise<Result<SignInResponse, SignInError>> {
    const answer = await client.call(
      {
        method: 'POST',
        path: CENTRAL_PATHS.signIn,
        body: JSON.stringify({ loginId: input.loginId, password: input.password, sessionId }),
        timeoutMs: SIGN_IN_TIMEOUT_MS,
      },
      signInResponseSchema,
    );
    if (answer.kind === 'ok') return ok(answer.body);
    if (answer.kind !== 'error') return err({ code: 'unreachable' });
    if (answer.error.code === HOUSE_ERRORS.signInRefused) return err({ code: 'refused' });
    if (answer.status !== 429) return err({ code: 'unreachable' });
    return err({ code: 'throttled', retryAfterSeconds: throttleSeconds(answer.headers.retryAfter) });
  }

  function keep(session: Session, accessToken: string | null, requestId: string | null): Session {
    kept.set(session.id, { session, accessToken, requestId, touchedAt: monotonic(), seenAt: monotonic() });
    if (kept.size === 1) cancelLook = timers.after(LOOK_EVERY_MS, look);
    return session;
  }

  async function open(input: {
    id: string;
    opened: SignInResponse;
    attribution: Attribution;
    requestId: string | null;
  }): Promise<Session | null> {
    const { id, opened, attribution, requestId } = input;
    const { customerNumber, accessToken, submissionGrant: grant } = opened;
    const offers = await catalog();
    if (offers === null) return null;
    const own = { customerNumber, bearer: accessToken, timeoutMs: SIGN_IN_TIMEOUT_MS };
    const [data, identities, drafts] = await Promise.all([
      fetchCustomerData(client, { ...own, catalog: offers }),
      fetchAccounts(client, own),
      fetchDrafts(client, own),
    ]);
    if (data === null) return null;
    const session: Session = {
      id,
      customerNumber,
      grant,
      attribution,
      facts: data.facts,
      record: { ...data.record, loginId: identities?.loginId ?? null },
      accounts: identities?.accounts ?? [],
      drafts: drafts ?? null,
      asOf: now(),
      accepted: [],
      acceptedInFacts: 0,
      fresh: true,
      applicationIds: [],
      correcting: null,
    };
    return keep(session, accessToken, requestId);
  }

  async function signIn(input: Parameters<Sessions['signIn']>[0]): Promise<Result<Session, SignInError>> {
    const id = randomUUID();
    const answer = await askCentral(input, id);
    if (!answer.ok) return answer;
    const attribution = { kind: 'customer', sessionId: id } as const;
    const session = await open({ id, opened: answer.value, attribution, requestId: input.requestId });
    return session === null ? err({ code: 'unreachable' }) : ok(session);
  }

  // What central answered just now may have been asked for by any of the desks.
  client.onSessionOver((bearer) => {
    for (const [id, { accessToken }] of [...kept]) if (accessToken === bearer) wipe(id);
  });

  return {
    signIn: (input) => {
      const known = [...kept.values()].find((entry) => entry.requestId === input.requestId);
      if (known !== undefined) return Promise.resolve(ok(known.session));
      const running = signingIn.get(input.requestId);
      if (running !== undefined) return running;
      const started = signIn(input).finally(() => signingIn.delete(input.requestId));
      signingIn.set(input.requestId, started);
      return started;
    },
    openByStaff: (input) => open({ ...input, requestId: null }),
    openUnverified: ({ id, customerNumber, grant, attribution }) => {
      const facts = { kind: 'unknown', customerNumber } as const;
      const session: Session = {
        id,
        customerNumber,
        grant,
        attribution,
        facts,
        record: null,
        accounts: [],
        drafts: null,
        asOf: now(),
        accepted: [],
        acceptedInFacts: 0,
        fresh: false,
        applicationIds: [],
        correcting: null,
      };
      return keep(session, null, null);
    },
    find: (sessionId) => kept.get(sessionId)?.session ?? null,
    ofCustomer: (customerNumber) =>
      [...kept.values()].map(({ session }) => session).filter((session) => session.customerNumber === customerNumber),
    bearerOf: (sessionId) => kept.get(sessionId)?.accessToken ?? null,
    refresh: async (session) => {
      const entry = kept.get(session.id);
      const offers = await catalog();
      if (entry === undefined || entry.accessToken === null || offers === null) return;
      const { customerNumber } = session;
      const own = { customerNumber, bearer: entry.accessToken, timeoutMs: REFRESH_TIMEOUT_MS };
      // What is accepted from now on, central's answer may know nothing of.
      const acceptedBefore = session.accepted.length;
      const [data, identities, drafts] = await Promise.all([
        fetchCustomerData(client, { ...own, catalog: offers }),
        fetchAccounts(client, own),
        fetchDrafts(client, own),
      ]);
      session.fresh = data !== null;
      if (identities !== null) session.accounts = identities.accounts;
      if (drafts !== undefined) session.drafts = drafts;
      if (data === null) return;
      session.facts = data.facts;
      session.acceptedInFacts = acceptedBefore;
      session.record = { ...data.record, loginId: (identities ?? session.record)?.loginId ?? null };
      session.asOf = now();
    },
    history: async ({ id, customerNumber }) => {
      const bearer = kept.get(id)?.accessToken ?? null;
      if (bearer === null) return null;
      return fetchHistory(client, { customerNumber, bearer, now: now(), timeoutMs: SIGN_IN_TIMEOUT_MS });
    },
    usage: async ({ id, customerNumber }) => {
      const bearer = kept.get(id)?.accessToken ?? null;
      if (bearer === null) return null;
      return fetchUsage(client, { customerNumber, bearer, timeoutMs: SIGN_IN_TIMEOUT_MS });
    },
    touch: (sessionId) => {
      const entry = kept.get(sessionId);
      if (entry !== undefined) entry.touchedAt = monotonic();
      return entry !== undefined;
    },
    alive: (sessionId) => {
      const entry = kept.get(sessionId);
      if (entry !== undefined) entry.seenAt = monotonic();
      return entry !== undefined;
    },
    end: wipe,
    endAll: () => {
      cancelLook();
      for (const id of [...kept.keys()]) wipe(id);
    },
    running: () => kept.size,
    onEnded: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
