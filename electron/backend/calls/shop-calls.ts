import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { CALL_WAIT_MS, type ShopCallsAnswer, shopCallsAnswerSchema } from '../../../shared/central-api/staff-calls.ts';
import type { ShopCall } from '../../../shared/contract/calls-state.ts';
import { type Backoff, fullJitterMs } from '../central/backoff.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { MonotonicClock, Random, Timers } from '../ports.ts';

/** Who calls somewhere in the shop. Empty while central is away: then each terminal makes itself seen and heard. */
export interface ShopCalls {
  current(): readonly ShopCall[];
  onChange(listener: () => void): void;
  stop(): void;
}

const TIMEOUT_MS = CALL_WAIT_MS + 5_000;
const AGAIN: Backoff = { baseMs: 1_000, capMs: 30_000 };
/** A central that doesn't wait is asked no more often than this. */
const LEAST_PAUSE_MS = 500;

/** On a terminal that customers use alone there is nobody to hear. */
export const noShopCalls: ShopCalls = { current: () => [], onChange: () => undefined, stop: () => undefined };

/** Listens at central for as long as it can be reached. */
export function listenForShopCalls(parts: {
  client: CentralClient;
  connectivity: Connectivity;
  monotonic: MonotonicClock;
  timers: Timers;
  random: Random;
}): ShopCalls {
  const { client, connectivity, monotonic, timers, random } = parts;
  const listeners = new Set<() => void>();
  let heard: { readonly answer: ShopCallsAnswer; readonly at: number } | null = null;
  let isAsking = false;
  let failures = 0;
  let stopped = false;
  let cancel = (): void => undefined;

  function take(answer: ShopCallsAnswer | null): void {
    const before = heard?.answer;
    heard = answer === null ? null : { answer, at: monotonic() };
    if ((before?.calls.length ?? 0) === 0 && (answer?.calls.length ?? 0) === 0) return;
    if (before?.version !== answer?.version) for (const listener of listeners) listener();
  }

  const mayAsk = (): boolean => !stopped && !isAsking && connectivity.state() === 'reachable';

  async function ask(): Promise<void> {
    if (!mayAsk()) return;
    isAsking = true;
    const askedAt = monotonic();
    const known = new URLSearchParams({ known: heard?.answer.version ?? '' });
    const answer = await client.call(
      { method: 'GET', path: `${CENTRAL_PATHS.calls}?${known.toString()}`, timeoutMs: TIMEOUT_MS },
      shopCallsAnswerSchema,
    );
    isAsking = false;
    if (stopped) return;
    if (answer.kind === 'ok') {
      failures = 0;
      take(answer.body);
      plan(Math.max(0, LEAST_PAUSE_MS - (monotonic() - askedAt)));
      return;
    }
    failures += 1;
    // A central that knows of no calls is there all the same.
    if (answer.kind !== 'error') void connectivity.suspect();
    plan(fullJitterMs(AGAIN, failures, random));
  }

  function plan(ms: number): void {
    cancel();
    cancel = timers.after(ms, () => void ask());
  }

  const unsubscribe = connectivity.onChange((state) => {
    if (state === 'unreachable') take(null);
    else plan(0);
  });
  plan(0);
  return {
    current: () => {
      if (heard === null) return [];
      const since = Math.floor((monotonic() - heard.at) / 1000);
      return heard.answer.calls.map(({ id, terminal, place, waitingSeconds, isEscalated }) => ({
        callId: id,
        terminal,
        place,
        waitingSeconds: waitingSeconds + since,
        isEscalated,
      }));
    },
    onChange: (listener) => {
      listeners.add(listener);
    },
    stop: () => {
      stopped = true;
      cancel();
      unsubscribe();
    },
  };
}
