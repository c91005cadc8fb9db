import { dequal } from 'dequal/lite';
import { z } from 'zod';
import { HEARTBEAT_EVERY_MS, type Heartbeat } from '../../../shared/central-api/heartbeat.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Random, Timers } from '../ports.ts';
import type { CentralClient } from './central-client.ts';
import type { Connectivity } from './connectivity.ts';

/** Many terminals that find central again in the same moment spread their first beat over this. */
const SPREAD_MS = 10_000;
/** After a change: a queue that drains makes one beat, not one for each application. */
const SETTLE_MS = 3_000;

export interface Heart {
  /** Something may have changed; it tells central soon if so. */
  changed(): void;
  stop(): void;
}

/** Tells central how the terminal is: every minute or so, and soon after a change. A beat that is lost stays lost. */
export function startHeart(parts: {
  client: CentralClient;
  connectivity: Connectivity;
  read(): Heartbeat;
  timers: Timers;
  random: Random;
}): Heart {
  const { client, connectivity, read, timers, random } = parts;
  let told: Heartbeat | null = null;
  let soon = false;
  let stopped = false;
  let cancel = (): void => undefined;

  function plan(ms: number): void {
    cancel();
    if (!stopped) cancel = timers.after(ms, () => void beat());
  }

  async function beat(): Promise<void> {
    soon = false;
    plan(HEARTBEAT_EVERY_MS * (0.9 + random() / 5));
    if (connectivity.state() !== 'reachable') return;
    const now = read();
    told = now;
    await client.call({ method: 'POST', path: CENTRAL_PATHS.heartbeat, body: JSON.stringify(now) }, z.unknown());
  }

  const changed = (): void => {
    if (soon || (told !== null && sameToOperators(told, read()))) return;
    soon = true;
    plan(SETTLE_MS);
  };
  const stopWatching = connectivity.onChange((state) => {
    if (state !== 'reachable') return;
    soon = true;
    plan(random() * SPREAD_MS);
  });
  return {
    changed,
    stop: () => {
      stopped = true;
      cancel();
      stopWatching();
    },
  };
}

/** Ages and clocks move by themselves: those wait for the next beat. */
function sameToOperators(one: Heartbeat, other: Heartbeat): boolean {
  const still = { oldestWaitingSeconds: null, clockAheadSeconds: 0 };
  return dequal({ ...one, ...still }, { ...other, ...still });
}
