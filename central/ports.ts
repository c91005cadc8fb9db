import type { BusinessClock } from '../shared/domain/business-time.ts';

/** Time as central sees it. Dates and rules follow `business`; tokens, throttles and timers follow `system`. */
export interface Clocks {
  /** Epoch ms. */
  readonly business: BusinessClock;
  /** Epoch ms. */
  readonly system: () => number;
}

export interface Timers {
  /** Runs `action` once after `ms`; the answer cancels it. */
  after(ms: number, action: () => void): () => void;
}

export const systemTimers: Timers = {
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** @param startAt business time (epoch ms) at this moment; it runs on from there at the system's pace */
export function clocksFrom(startAt: number | null): Clocks {
  const offset = startAt === null ? 0 : startAt - Date.now();
  return { system: () => Date.now(), business: () => Date.now() + offset };
}
