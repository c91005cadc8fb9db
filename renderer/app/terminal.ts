import type { BusinessClock } from '../../shared/domain/business-time.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { Language } from '../../shared/domain/language.ts';
import { SIGN_IN_MOST } from '../../shared/domain/portal-id.ts';
import type { ReceiptOutcome, TerminalEvent, TerminalStatus } from '../../shared/contract/events.ts';
import type { SessionView } from '../../shared/contract/session.ts';
import { createStaffTerminal, type StaffState, type StaffTerminal } from '../staff/staff-terminal.ts';
import { type CallsState, type CallsTerminal, createCallsTerminal, noCalls } from './calls.ts';
import { connect, type Connection, type Link } from './connection.ts';
import type { Channel, Client } from './channel.ts';
import { createStore, type Store } from './store.ts';

export interface DatedCatalog {
  readonly catalog: Catalog;
  readonly asOf: number;
}

export interface SessionState {
  readonly sessionId: string;
  /** null until the backend has given it. */
  readonly view: SessionView | null;
  readonly catalog: DatedCatalog | null;
  /** Why view or catalog could not be had; asked for again by refresh. */
  readonly loadFailed: boolean;
  readonly applications: readonly ReceiptOutcome[];
}

export interface TerminalState {
  readonly link: Link;
  readonly status: TerminalStatus | null;
  /** Business clock less this page's clock, in ms. */
  readonly clockOffsetMs: number;
  /** null: nobody of the shop's staff is signed in. */
  readonly staff: StaffState | null;
  readonly session: SessionState | null;
  /** Grows whenever an application in the outbox changed. */
  readonly queueVersion: number;
  readonly calls: CallsState;
  /** The session ended without the customer's doing; told once. */
  readonly endedUnasked: boolean;
}

export type SignInAnswer =
  | { readonly kind: 'signed-in' }
  /** Whoever asked had gone before the answer. */
  | { readonly kind: 'left' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'central-unreachable' }
  | { readonly kind: 'link-lost' }
  | { readonly kind: 'failed'; readonly correlationId: string | null };

export interface Terminal {
  readonly state: Store<TerminalState>;
  readonly connection: Connection;
  readonly businessClock: BusinessClock;
  /** Epoch ms of this page's own clock. */
  readonly pageClock: () => number;
  /** A name for something that is asked for once, however often it is sent. */
  readonly newId: () => string;
  readonly staff: StaffTerminal;
  readonly calls: Omit<CallsTerminal, 'hear'>;
  signIn(input: { loginId: string; password: string; language: Language }): Promise<SignInAnswer>;
  /** Asks again for contracts and catalog; what is on show stays until the answer. */
  refresh(): Promise<void>;
  /** The customer touched something. */
  touch(): void;
  /** Wipes the session here and in the backend. */
  end(): void;
  /** The backend said that this session is gone; by then another customer's may be open. */
  sessionGone(sessionId: string): void;
  /** The customer has read that the session ended. */
  acknowledgeEnd(): void;
  /** How an application of that session stands; by then another customer's may be open. */
  outcome(sessionId: string, outcome: ReceiptOutcome): void;
}

interface TerminalPorts {
  openChannel(): Promise<Channel>;
  /** Resolves after so many milliseconds, unless it is given up before. */
  wait(ms: number, givenUp?: AbortSignal): Promise<void>;
  random(): number;
  newId(): string;
  /** Epoch ms of this page's own clock. */
  now(): number;
  /** Before what the session showed goes away. */
  onWipe(): void;
}

const HEARTBEAT_MS = 5_000;
const HEARTBEAT_DEADLINE_MS = 10_000;
/** The backend's own time-out is minutes: touching it more often than this says nothing new. */
const TOUCH_EVERY_MS = 10_000;

export function createTerminal(ports: TerminalPorts): Terminal {
  const state = createStore<TerminalState>({
    link: 'connecting',
    status: null,
    clockOffsetMs: 0,
    staff: null,
    session: null,
    queueVersion: 0,
    calls: noCalls,
    endedUnasked: false,
  });
  let touchedAt = Number.NEGATIVE_INFINITY;
  let visits = 0;

  const updateSession = (sessionId: string, change: (session: SessionState) => SessionState): void => {
    state.update((now) =>
      now.session === null || now.session.sessionId !== sessionId ? now : { ...now, session: change(now.session) },
    );
  };

  const wipe = (endedUnasked: boolean): void => {
    if (state.get().session === null) return;
    ports.onWipe();
    state.update((now) => ({ ...now, session: null, endedUnasked }));
  };

  const sessionGone = (sessionId: string): void => {
    if (state.get().session?.sessionId === sessionId) wipe(true);
  };

  const refresh = async (): Promise<void> => {
    const session = state.get().session;
    if (session === null) return;
    const { sessionId } = session;
    const [view, catalog] = await Promise.all([
      connection.ask((client) => client.session.view({ sessionId })),
      connection.ask((client) => client.catalog.get()),
    ]);
    if (view.kind === 'refused') {
      sessionGone(sessionId);
      return;
    }
    updateSession(sessionId, (now) => ({
      ...now,
      view: view.kind === 'ok' ? view.value : now.view,
      catalog: catalog.kind === 'ok' ? catalog.value : now.catalog,
      applications: view.kind === 'ok' ? merge(now.applications, view.value.applications) : now.applications,
      loadFailed: view.kind !== 'ok' || catalog.kind !== 'ok',
    }));
  };

  const outcome = (sessionId: string, next: ReceiptOutcome): void => {
    updateSession(sessionId, (now) => ({ ...now, applications: merge(now.applications, [next]) }));
  };

  const setStatus = (status: TerminalStatus): void => {
    const cameBack = state.get().status?.central === 'unreachable' && status.central === 'reachable';
    state.update((now) => ({ ...now, status, clockOffsetMs: status.now - ports.now() }));
    if (cameBack) void refresh();
  };

  const setStaff = (staff: StaffState | null): void => {
    if (staff === null && state.get().staff?.scope !== 'service') wipe(false);
    state.update((now) => ({ ...now, staff }));
  };

  const open = async (sessionId: string): Promise<boolean> => {
    // What an answer that came late has left there is nobody's.
    ports.onWipe();
    state.update((now) => ({
      ...now,
      endedUnasked: false,
      session: { sessionId, view: null, catalog: null, loadFailed: false, applications: [] },
    }));
    await refresh();
    return state.get().session?.sessionId === sessionId;
  };

  /** Of somebody who has gone. */
  const giveUp = (sessionId: string): void => {
    void connection.ask((client) => client.session.end({ sessionId }));
  };

  const hear = (event: TerminalEvent): void => {
    switch (event.type) {
      case 'status':
        setStatus(event.status);
        return;
      case 'application':
        if (event.sessionId !== state.get().session?.sessionId) return;
        outcome(event.sessionId, event.outcome);
        void refresh();
        return;
      case 'session-ended':
        sessionGone(event.sessionId);
        return;
      case 'staff-ended':
        if (event.staffSessionId === state.get().staff?.staffSessionId) setStaff(null);
        return;
      case 'staff-confirmed': {
        const { staff } = state.get();
        if (staff?.staffSessionId === event.staffSessionId) setStaff({ ...staff, isOffline: false });
        return;
      }
      case 'queue-changed':
        state.update((now) => ({ ...now, queueVersion: now.queueVersion + 1 }));
        return;
      case 'calls':
        calls.hear(event.calls);
        return;
      case 'catalog-changed':
        void refresh();
        return;
      default:
        cantHappen(event);
    }
  };

  const listen = async (client: Client, close: () => void): Promise<void> => {
    for await (const event of await client.terminal.events()) hear(event);
    close();
  };

  const beat = async (channel: Channel, isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      const sessionId = state.get().session?.sessionId ?? null;
      const staffSessionId = state.get().staff?.staffSessionId ?? null;
      const answer = await Promise.race([
        channel.client.terminal.heartbeat({ sessionId, staffSessionId }),
        ports.wait(HEARTBEAT_DEADLINE_MS).then(() => null),
      ]);
      if (answer === null) {
        channel.close();
        return;
      }
      if (!answer.staffAlive && staffSessionId !== null && state.get().staff?.staffSessionId === staffSessionId) {
        setStaff(null);
      }
      if (!answer.sessionAlive && sessionId !== null) sessionGone(sessionId);
      await ports.wait(HEARTBEAT_MS);
    }
  };

  const connection = connect({
    openChannel: ports.openChannel,
    wait: ports.wait,
    random: ports.random,
    onLink: (link) => state.update((now) => ({ ...now, link })),
    onOpen: (channel) => {
      let over = false;
      void channel.closed.then(() => {
        over = true;
      });
      listen(channel.client, channel.close).catch(channel.close);
      beat(channel, () => over).catch(channel.close);
    },
  });

  const staff = createStaffTerminal({
    connection,
    get: () => state.get().staff,
    set: setStaff,
    opened: open,
    giveUp,
  });
  const calls = createCallsTerminal({
    connection,
    get: () => state.get().calls,
    set: (next) => state.update((now) => ({ ...now, calls: next })),
    sessionId: () => state.get().session?.sessionId ?? null,
    staffSessionId: () => state.get().staff?.staffSessionId ?? null,
    staffGone: staff.gone,
    wait: ports.wait,
    newId: ports.newId,
    now: ports.now,
  });

  return {
    state,
    connection,
    staff,
    calls,
    pageClock: ports.now,
    newId: ports.newId,
    businessClock: () => ports.now() + state.get().clockOffsetMs,
    signIn: async ({ loginId, password, language }) => {
      // Whatever is wrong reads alike.
      if (loginId.length > SIGN_IN_MOST || password.length > SIGN_IN_MOST) return { kind: 'refused' };
      const requestId = ports.newId();
      const visit = visits;
      const answer = await connection.ask((client) =>
        client.session.signIn({ requestId, loginId, password, language }),
      );
      switch (answer.kind) {
        case 'ok':
          if (visit !== visits) {
            giveUp(answer.value.sessionId);
            return { kind: 'left' };
          }
          await open(answer.value.sessionId);
          return { kind: 'signed-in' };
        case 'refused':
          switch (answer.error.code) {
            case 'SIGN_IN_REFUSED':
              return { kind: 'refused' };
            case 'THROTTLED':
              return { kind: 'throttled', retryAfterSeconds: answer.error.data.retryAfterSeconds };
            case 'CENTRAL_UNREACHABLE':
              return { kind: 'central-unreachable' };
            default:
              return cantHappen(answer.error);
          }
        case 'failed':
        case 'link-lost':
          return answer;
        default:
          return cantHappen(answer);
      }
    },
    refresh,
    touch: () => {
      const sessionId = state.get().session?.sessionId;
      if (sessionId === undefined || ports.now() - touchedAt < TOUCH_EVERY_MS) return;
      touchedAt = ports.now();
      void connection
        .askOnce((client) => client.session.touch({ sessionId }))
        .then((answer) => {
          if (answer.kind === 'refused') sessionGone(sessionId);
        });
    },
    end: () => {
      visits += 1;
      const sessionId = state.get().session?.sessionId;
      wipe(false);
      calls.end();
      if (sessionId !== undefined) giveUp(sessionId);
    },
    sessionGone,
    acknowledgeEnd: () => state.update((now) => ({ ...now, endedUnasked: false })),
    outcome,
  };
}

function merge(known: readonly ReceiptOutcome[], news: readonly ReceiptOutcome[]): readonly ReceiptOutcome[] {
  const updated = known.map((one) => news.find((next) => next.applicationId === one.applicationId) ?? one);
  const added = news.filter((next) => !known.some((one) => one.applicationId === next.applicationId));
  return [...updated, ...added];
}
