import type { MonotonicClock } from '../backend/ports.ts';

/** Why a page could not go on. */
export type PageFailure = 'crashed' | 'hung' | 'not-loaded' | 'preload-failed';

export interface PageKeeper {
  /** Back to the greeting with nobody's session left, or, after the third time in a row, to the service screen. */
  failed(): void;
}

const MOST_IN_A_ROW = 3;
/** A page that ran for so long was well: its end begins a new row. */
const WELL_AFTER_MS = 10 * 60_000;

export function createPageKeeper(ports: {
  monotonic: MonotonicClock;
  /** Wipes what the failed page may have left, here and in the backend. */
  wipe(): void;
  showGreeting(): void;
  showServiceScreen(): void;
  /** The service screen itself failed: nothing is left to show. */
  giveUp(): void;
}): PageKeeper {
  const { monotonic } = ports;
  let shownAt = monotonic();
  let inARow = 0;
  return {
    failed: () => {
      ports.wipe();
      if (inARow === MOST_IN_A_ROW) {
        ports.giveUp();
        return;
      }
      inARow = monotonic() - shownAt < WELL_AFTER_MS ? inARow + 1 : 1;
      shownAt = monotonic();
      if (inARow === MOST_IN_A_ROW) ports.showServiceScreen();
      else ports.showGreeting();
    },
  };
}
