import type { Random, Timers } from '../ports.ts';
import { fullJitterMs, PROBE_BACKOFF } from './backoff.ts';

export type Reachability = 'reachable' | 'unreachable';

export interface Connectivity {
  state(): Reachability;
  /** A request had no proper answer: look now rather than at the next turn. Resolves with what was found. */
  suspect(): Promise<Reachability>;
  onChange(listener: (state: Reachability) => void): () => void;
  stop(): void;
}

/** While all is well, central is looked for this often (jittered), so that an outage shows before someone needs it. */
const WATCH_MS = 15_000;

/** @param probe one cheap question that only central can answer rightly */
export function watchConnectivity(parts: { probe(): Promise<boolean>; timers: Timers; random: Random }): Connectivity {
  const { probe, timers, random } = parts;
  const listeners = new Set<(state: Reachability) => void>();
  let state: Reachability = 'unreachable';
  let failures = 0;
  let stopped = false;
  let running: Promise<Reachability> | null = null;
  let cancelTimer = (): void => undefined;

  async function look(): Promise<Reachability> {
    cancelTimer();
    const found: Reachability = (await probe()) ? 'reachable' : 'unreachable';
    if (stopped) return found;
    failures = found === 'reachable' ? 0 : failures + 1;
    const next =
      found === 'reachable' ? WATCH_MS * (0.5 + random() / 2) : fullJitterMs(PROBE_BACKOFF, failures, random);
    cancelTimer = timers.after(next, () => void lookOnce());
    if (found !== state) {
      state = found;
      for (const listener of listeners) listener(found);
    }
    return found;
  }

  function lookOnce(): Promise<Reachability> {
    running ??= look().finally(() => {
      running = null;
    });
    return running;
  }

  void lookOnce();
  return {
    state: () => state,
    suspect: lookOnce,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      stopped = true;
      cancelTimer();
      listeners.clear();
    },
  };
}
