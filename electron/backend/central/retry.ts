import type { Random, Timers } from '../ports.ts';
import { fullJitterMs, RESEND_BACKOFF } from './backoff.ts';

export interface Retry {
  /** It failed: once more, later than after the failure before. @param leastMs what central asked to wait */
  plan(leastMs: number): void;
  /** Nothing is left to do, or it is given up. */
  cancel(): void;
}

/** For work in the background that failed though central can be reached: no change of connectivity starts it again. */
export function createRetry({ timers, random }: { timers: Timers; random: Random }, again: () => void): Retry {
  let failures = 0;
  let cancelTimer = (): void => undefined;
  return {
    plan: (leastMs) => {
      cancelTimer();
      failures += 1;
      cancelTimer = timers.after(Math.max(leastMs, fullJitterMs(RESEND_BACKOFF, failures, random)), again);
    },
    cancel: () => {
      cancelTimer();
      failures = 0;
    },
  };
}
