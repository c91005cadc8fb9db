import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { MonotonicClock, SystemClock } from '../ports.ts';

export interface CorrectedClock {
  /** Epoch ms as central counts them; before the first contact, the machine's own. */
  now(): number;
  /**
   * Called when a request goes out; what it returns learns from the `Date` header of an answer that was checked to be
   * central's.
   */
  asking(): (dateHeader: string | null) => void;
}

/** `Date` counts whole seconds: differences up to this are no reason to move the clock. */
const TOLERANCE_MS = 2_000;
/** A server whose own clock is not set yet must not take the terminal along. */
const EARLIEST_PLAUSIBLE = Date.UTC(2026, 0, 1);
const LATEST_PLAUSIBLE = Date.UTC(2100, 0, 1);

/** Runs on the monotonic clock between contacts, so that setting the machine's clock in between moves nothing. */
export function createCorrectedClock(system: SystemClock, monotonic: MonotonicClock): CorrectedClock {
  let anchor = { epochMs: system(), at: monotonic() };
  const now = (): number => Math.round(anchor.epochMs + (monotonic() - anchor.at));
  return {
    now,
    asking: () => {
      const askedAt = monotonic();
      return (dateHeader) => {
        const central = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
        if (!(central >= EARLIEST_PLAUSIBLE && central < LATEST_PLAUSIBLE)) return;
        // Nobody knows on which of its two ways a slow answer was slow: a clock that may be right stays.
        const travelled = monotonic() - askedAt;
        const ahead = now() - central;
        if (ahead >= -TOLERANCE_MS && ahead <= travelled + TOLERANCE_MS) return;
        anchor = { epochMs: central + travelled / 2, at: monotonic() };
      };
    },
  };
}

/** Makes the clock that decides dates and rules from the corrected one. */
export type BusinessClockSource = (corrected: BusinessClock) => BusinessClock;

/** @param startsAt given in demo and tests: the business clock starts there and runs on; null: it is the corrected clock */
export function businessClockFrom(startsAt: number | null, monotonic: MonotonicClock): BusinessClockSource {
  if (startsAt === null) return (corrected) => corrected;
  const start = monotonic();
  return () => () => Math.round(startsAt + (monotonic() - start));
}
