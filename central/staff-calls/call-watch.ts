import type { FastifyBaseLogger } from 'fastify';
import { CALL_WAIT_MS } from '../../shared/central-api/staff-calls.ts';
import type { Timers } from '../ports.ts';
import { errorText } from '../start-failure.ts';
import type { StaffCall } from './call-store.ts';

export interface Waiter {
  /** One of a terminal's questions; asked anew, the earlier asking ends. */
  readonly question: string;
  readonly shop: string;
  /** What the terminal has. */
  readonly known: string;
  version(calls: readonly StaffCall[]): string;
  /** The terminal has gone away. */
  readonly signal: AbortSignal;
}

/** `closing`: central ends, and this connection with it. */
export type WaitOutcome = 'look' | 'too-many' | 'closing';

export interface CallWatch {
  /** Resolves when there is something else than the terminal has, when it waited long enough, or when it asked anew. */
  wait(waiter: Waiter): Promise<WaitOutcome>;
  /** Something became of a call in that shop: whoever waits in this process hears of it at once. */
  changed(shop: string): void;
  /** Lets everyone go. */
  stop(): void;
}

/** So soon is noticed what another process did, and what only time did. */
const LOOK_EVERY_MS = 1_000;
/** Each holds a connection. */
const MOST_WAITERS = 5_000;

/**
 * Lets terminals wait for calls. One question to the database a second serves everyone who waits in this process, and
 * none is asked while nobody does.
 */
export function watchCalls(parts: {
  read(shops: readonly string[]): Promise<readonly StaffCall[]>;
  timers: Timers;
  logger: FastifyBaseLogger;
}): CallWatch {
  const { read, timers, logger } = parts;
  const waiting = new Map<string, Waiter & { readonly letGo: () => void }>();
  const toLookAt = new Set<string>();
  let isLooking = false;
  let isClosing = false;
  let cancelLook: (() => void) | null = null;

  function plan(): void {
    if (cancelLook !== null || waiting.size === 0) return;
    cancelLook = timers.after(LOOK_EVERY_MS, () => {
      cancelLook = null;
      for (const { shop } of waiting.values()) toLookAt.add(shop);
      void look();
    });
  }

  /** One at a time; what is wanted meanwhile is looked at in the next round. */
  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    while (toLookAt.size > 0) {
      const shops = [...toLookAt];
      toLookAt.clear();
      try {
        const calls = await read(shops);
        for (const { shop, known, version, letGo } of [...waiting.values()]) {
          if (shops.includes(shop) && version(calls.filter((call) => call.shop === shop)) !== known) letGo();
        }
      } catch (error) {
        // Whoever waits goes on waiting, and asks again when its time is over.
        logger.warn({ error: errorText(error) }, 'calls not read');
      }
    }
    isLooking = false;
    plan();
  }

  return {
    wait: (waiter) => {
      const { question, signal, shop } = waiter;
      waiting.get(question)?.letGo();
      if (isClosing) return Promise.resolve('closing');
      if (waiting.size >= MOST_WAITERS) return Promise.resolve('too-many');
      return new Promise((resolve) => {
        const letGo = (): void => {
          if (waiting.get(question) === mine) waiting.delete(question);
          cancelTimeout();
          signal.removeEventListener('abort', letGo);
          resolve(isClosing ? 'closing' : 'look');
        };
        const mine = { ...waiter, letGo };
        const cancelTimeout = timers.after(CALL_WAIT_MS, letGo);
        signal.addEventListener('abort', letGo);
        waiting.set(question, mine);
        toLookAt.add(shop);
        void look();
      });
    },
    changed: (shop) => {
      toLookAt.add(shop);
      void look();
    },
    stop: () => {
      isClosing = true;
      cancelLook?.();
      for (const { letGo } of [...waiting.values()]) letGo();
    },
  };
}
