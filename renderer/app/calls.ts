import type { Calls, OwnCall, ShopCall } from '../../shared/contract/calls-state.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { CALL_EXPIRES_MS } from '../../shared/domain/staff-call.ts';
import type { Connection } from './connection.ts';

/** A call in the shop with the time from which its customer waits, by this page's clock. */
export interface WaitingCall extends Omit<ShopCall, 'waitingSeconds'> {
  readonly since: number;
}

/** What became of staff's answer to a call; stays on show until it is closed. */
export type AnswerNote =
  | { readonly kind: 'you'; readonly terminal: string }
  | { readonly kind: 'other'; readonly terminal: string; readonly staffName: string }
  | { readonly kind: 'over' | 'unreachable' | 'failed' };

export interface CallsState {
  readonly own: OwnCall | null;
  readonly shop: readonly WaitingCall[];
  readonly note: AnswerNote | null;
}

export const noCalls: CallsState = { own: null, shop: [], note: null };

export interface CallsTerminal {
  /** 係員を呼ぶ, pressed on that screen or in that procedure. */
  raise(place: string): void;
  /** Withdrawn, or done with. */
  end(): void;
  answer(callId: string): Promise<void>;
  closeNote(): void;
  hear(calls: Calls): void;
}

interface CallsPorts {
  connection: Connection;
  get(): CallsState;
  set(calls: CallsState): void;
  /** The customer's. */
  sessionId(): string | null;
  staffSessionId(): string | null;
  staffGone(staffSessionId: string): void;
  wait(ms: number): Promise<void>;
  newId(): string;
  now(): number;
}

/** Without the backend's answer the sign comes up: a terminal that is just restarting is no reason to wait unseen. */
const PATIENCE_MS = 2_000;

export function createCallsTerminal(ports: CallsPorts): CallsTerminal {
  const { connection, get, set, sessionId, staffSessionId, staffGone, wait, newId, now } = ports;
  /** Raised here, not yet taken by the backend. */
  let untaken: string | null = null;
  /** What the backend says of it still was said before. */
  let ended: string | null = null;

  const isUnheard = (callId: string): void => {
    const { own } = get();
    if (own?.callId === callId && own.state === 'calling') set({ ...get(), own: { callId, state: 'unheard' } });
  };

  const note = (value: AnswerNote): void => set({ ...get(), note: value });
  const refused = (staff: string, code: 'CALL_OVER' | 'CENTRAL_UNREACHABLE' | 'STAFF_GONE' | 'STAFF_AWAY'): void => {
    switch (code) {
      case 'CALL_OVER':
        note({ kind: 'over' });
        break;
      case 'CENTRAL_UNREACHABLE':
        note({ kind: 'unreachable' });
        break;
      case 'STAFF_GONE':
      case 'STAFF_AWAY':
        staffGone(staff);
        break;
      default:
        cantHappen(code);
    }
  };

  return {
    raise: (place) => {
      if (get().own !== null) return;
      const callId = newId();
      untaken = callId;
      set({ ...get(), own: { callId, state: 'calling' } });
      void wait(PATIENCE_MS).then(() => {
        if (untaken === callId) isUnheard(callId);
      });
      void connection
        .ask((client) => client.calls.raise({ callId, place, sessionId: sessionId() }), CALL_EXPIRES_MS)
        .then((answer) => {
          if (untaken === callId) untaken = null;
          if (answer.kind !== 'ok') isUnheard(callId);
        });
    },
    end: () => {
      const { own } = get();
      if (own === null) return;
      const { callId } = own;
      ended = callId;
      set({ ...get(), own: null });
      void connection.ask((client) => client.calls.end({ callId }));
    },
    answer: async (callId) => {
      const session = staffSessionId();
      if (session === null) return;
      const answer = await connection.ask((client) => client.calls.answer({ staffSessionId: session, callId }));
      switch (answer.kind) {
        case 'ok': {
          const { terminal, staffName, isYou } = answer.value;
          note(isYou ? { kind: 'you', terminal } : { kind: 'other', terminal, staffName });
          break;
        }
        case 'refused':
          refused(session, answer.error.code);
          break;
        case 'failed':
        case 'link-lost':
          note({ kind: 'failed' });
          break;
        default:
          cantHappen(answer);
      }
    },
    closeNote: () => set({ ...get(), note: null }),
    hear: ({ own, shop }) => {
      const before = get();
      const mine = own === null || own.callId === ended ? null : own;
      set({
        ...before,
        own: mine ?? (before.own !== null && before.own.callId === untaken ? before.own : null),
        shop: shop.map(({ waitingSeconds, ...call }) => ({ ...call, since: now() - waitingSeconds * 1000 })),
      });
    },
  };
}
