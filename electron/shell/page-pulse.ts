import type { MonotonicClock, Timers } from '../backend/ports.ts';

export interface PagePulse {
  /** The page answered. */
  answered(): void;
  /** Watches from now on; a page that is loading counts as well until it has had its time. */
  begin(): void;
  stop(): void;
}

const ASK_EVERY_MS = 1_000;
/** Far beyond any screen of ours on a slow machine. */
const HUNG_AFTER_MS = 8_000;

/** Asks the page's main thread again and again: Chromium calls a page unresponsive only once somebody has touched it. */
export function watchPulse(ports: {
  monotonic: MonotonicClock;
  timers: Timers;
  ask(): void;
  /** Called once; `begin` watches again. */
  onHung(): void;
}): PagePulse {
  const { monotonic, timers } = ports;
  let heardAt = 0;
  let askedAt = 0;
  let cancel = (): void => undefined;

  const look = (): void => {
    // We ourselves were away, as when the machine slept: the page had no time to answer either.
    if (monotonic() - askedAt > HUNG_AFTER_MS / 2) heardAt = monotonic();
    if (monotonic() - heardAt >= HUNG_AFTER_MS) {
      ports.onHung();
      return;
    }
    askedAt = monotonic();
    ports.ask();
    cancel = timers.after(ASK_EVERY_MS, look);
  };

  return {
    answered: () => {
      heardAt = monotonic();
    },
    begin: () => {
      cancel();
      heardAt = monotonic();
      askedAt = monotonic();
      cancel = timers.after(ASK_EVERY_MS, look);
    },
    stop: () => cancel(),
  };
}
