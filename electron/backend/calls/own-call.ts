import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { CALL_WAIT_MS, type OwnCallAnswer, ownCallAnswerSchema } from '../../../shared/central-api/staff-calls.ts';
import type { OwnCall } from '../../../shared/contract/calls-state.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { CALL_ESCALATES_MS, CALL_EXPIRES_MS } from '../../../shared/domain/staff-call.ts';
import { type Backoff, fullJitterMs } from '../central/backoff.ts';
import type { CentralClient, CentralRequest } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { MonotonicClock, Random, Timers } from '../ports.ts';

/** 係員を呼ぶ at this terminal: one call at a time, from the press until it is withdrawn, done with or too old. */
export interface OwnCallDesk {
  current(): OwnCall | null;
  /** @param call.sessionId whose call it is; null: nobody has signed in */
  raise(call: { readonly callId: string; readonly place: string; readonly sessionId: string | null }): void;
  /** Withdrawn by the customer, or done with. */
  end(callId: string): void;
  /** Whoever called has gone. The session of a page that went before ends late, and another's call is not its own. */
  endOf(sessionId: string): void;
  onChange(listener: () => void): void;
  stop(): void;
}

interface Running {
  own: OwnCall;
  readonly place: string;
  readonly sessionId: string | null;
  /** Central has it. */
  isRaised: boolean;
  /** What central said last. */
  version: string;
  failures: number;
  cancelTimers: (() => void)[];
}

/** Longer, and the sign comes up: the customer must not wait for a line. */
const RAISE_TIMEOUT_MS = 2_000;
const WAIT_TIMEOUT_MS = CALL_WAIT_MS + 5_000;
const AGAIN: Backoff = { baseMs: 1_000, capMs: 10_000 };
/** A central that doesn't wait is asked no more often than this. */
const LEAST_PAUSE_MS = 500;

export function createOwnCallDesk(parts: {
  client: CentralClient;
  connectivity: Connectivity;
  monotonic: MonotonicClock;
  timers: Timers;
  random: Random;
}): OwnCallDesk {
  const { client, connectivity, monotonic, timers, random } = parts;
  const listeners = new Set<() => void>();
  let running: Running | null = null;

  const isRunning = (call: Running): boolean => running === call;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  function show(call: Running, own: OwnCall): void {
    if (!isRunning(call)) return;
    call.own = own;
    tell();
  }

  function finish(call: Running): void {
    if (!isRunning(call)) return;
    running = null;
    for (const cancel of call.cancelTimers) cancel();
    tell();
  }

  function hear(call: Running, answer: OwnCallAnswer): void {
    const { callId } = call.own;
    call.isRaised = true;
    call.version = answer.version;
    switch (answer.state) {
      case 'calling':
        // The sign, once up, stays until somebody comes.
        if (!answer.isHeard) notHeard(call);
        return;
      case 'escalated':
        if (call.own.state === 'calling') show(call, { callId, state: 'escalated' });
        return;
      case 'answered':
        show(call, { callId, state: 'answered', staffName: answer.staffName });
        return;
      case 'over':
        finish(call);
        return;
      default:
        cantHappen(answer.state);
    }
  }

  const pathOf = (call: Running): string => `${CENTRAL_PATHS.calls}/${call.own.callId}`;
  const nextQuestion = (call: Running): CentralRequest =>
    call.isRaised
      ? {
          method: 'GET',
          path: `${pathOf(call)}?${new URLSearchParams({ known: call.version }).toString()}`,
          timeoutMs: WAIT_TIMEOUT_MS,
        }
      : {
          method: 'PUT',
          path: pathOf(call),
          body: JSON.stringify({ place: call.place }),
          timeoutMs: RAISE_TIMEOUT_MS,
        };

  function withdraw(call: Running): void {
    // One that stays there all the same is over when it is too old, or when the next one is raised.
    void client.call({ method: 'DELETE', path: pathOf(call), timeoutMs: RAISE_TIMEOUT_MS }, ownCallAnswerSchema);
  }

  async function ask(call: Running): Promise<void> {
    const isRaising = !call.isRaised;
    const askedAt = monotonic();
    if (connectivity.state() === 'unreachable') notHeard(call);
    const answer = await client.call(nextQuestion(call), ownCallAnswerSchema);
    if (!isRunning(call)) {
      // It was withdrawn before central had it.
      if (isRaising) withdraw(call);
      return;
    }
    if (answer.kind === 'ok') {
      call.failures = 0;
      hear(call, answer.body);
      if (answer.body.state !== 'answered') plan(call, Math.max(0, LEAST_PAUSE_MS - (monotonic() - askedAt)));
      return;
    }
    call.failures += 1;
    if (isRaising) notHeard(call);
    // A central that knows of no calls is there all the same.
    if (answer.kind !== 'error') void connectivity.suspect();
    plan(call, fullJitterMs(AGAIN, call.failures, random));
  }

  function notHeard(call: Running): void {
    if (call.own.state === 'calling') show(call, { callId: call.own.callId, state: 'unheard' });
  }

  function plan(call: Running, ms: number): void {
    if (isRunning(call)) call.cancelTimers.push(timers.after(ms, () => void ask(call)));
  }

  function end(call: Running): void {
    finish(call);
    withdraw(call);
  }

  return {
    current: () => running?.own ?? null,
    raise: ({ callId, place, sessionId }) => {
      if (running?.own.callId === callId) return;
      if (running !== null) finish(running);
      const call: Running = {
        own: { callId, state: 'calling' },
        place,
        sessionId,
        isRaised: false,
        version: '',
        failures: 0,
        cancelTimers: [],
      };
      running = call;
      call.cancelTimers.push(
        timers.after(CALL_ESCALATES_MS, () => {
          if (call.own.state === 'calling') show(call, { callId, state: 'escalated' });
        }),
        timers.after(RAISE_TIMEOUT_MS, () => {
          if (!call.isRaised) notHeard(call);
        }),
        timers.after(CALL_EXPIRES_MS, () => finish(call)),
      );
      tell();
      void ask(call);
    },
    end: (callId) => {
      if (running?.own.callId === callId) end(running);
    },
    endOf: (sessionId) => {
      if (running?.sessionId === sessionId) end(running);
    },
    onChange: (listener) => {
      listeners.add(listener);
    },
    stop: () => {
      if (running !== null) finish(running);
    },
  };
}
