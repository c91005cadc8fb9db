import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { MonotonicClock, SystemClock } from '../ports.ts';

export interface CorrectedClock {
  /** Epoch ms as central counts them; before the first contact, the machine's own. */
  now(): number;
  /** Learns from the `Date` header of an answer that was checked to be central's. */
  learn(dateHeader: string | null): void;
}

/** `Date` counts whole seconds and travels: differences up to this are no reason to move the clock. */
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
    learn: (dateHeader) => {
      const central = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
      if (!(central >= EARLIEST_PLAUSIBLE && central < LATEST_PLAUSIBLE)) return;
      const difference = central - now();
      if (difference > TOLERANCE_MS || difference < -TOLERANCE_MS) anchor = { epochMs: central, at: monotonic() };
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
