import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Timers } from '../../../electron/backend/ports.ts';

/** What central's clock says when a simulation begins. */
export const EPOCH = Date.UTC(2026, 10, 24, 1);

/**
 * Virtual time in which one thing happens after the other. Between two events everything that the first one set off
 * comes to rest, so that the order of events depends on nothing but the seed.
 */
export interface World extends Timers {
  /** Milliseconds since the beginning. */
  now(): number;
  /** One line of the log whose hash tells whether two runs were the same. */
  note(line: string): void;
  readonly log: readonly string[];
  hash(): string;
  /** Something happened: what it sets off is not at rest yet. */
  stir(): void;
  /** Work outside this thread that time has to wait for; the returned function ends it. */
  outside(): () => void;
  /** @returns whether it was done before the time was over */
  run(until: number, isDone: () => boolean): Promise<boolean>;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
  cancelled: boolean;
}

/** Turns of the event loop without anything happening, after which nothing more will. */
const QUIET_TURNS = 3;

export function createWorld(): World {
  const heap: Due[] = [];
  const log: string[] = [];
  let time = 0;
  let order = 0;
  let stirred = 0;
  let outside = 0;

  async function rest(): Promise<void> {
    let quiet = 0;
    while (quiet < QUIET_TURNS) {
      const before = stirred;
      await setImmediate();
      quiet = outside === 0 && stirred === before ? quiet + 1 : 0;
    }
  }

  return {
    now: () => time,
    note: (line) => {
      log.push(`${time} ${line}`);
    },
    log,
    hash: () => createHash('sha256').update(log.join('\n')).digest('hex').slice(0, 16),
    stir: () => {
      stirred += 1;
    },
    outside: () => {
      outside += 1;
      return () => {
        outside -= 1;
      };
    },
    after: (milliseconds, callback) => {
      stirred += 1;
      order += 1;
      const due = { at: time + Math.max(0, Math.ceil(milliseconds)), order, callback, cancelled: false };
      push(heap, due);
      return () => {
        due.cancelled = true;
      };
    },
    run: async (until, isDone) => {
      await rest();
      for (;;) {
        if (isDone()) return true;
        const next = pop(heap);
        if (next?.cancelled === true) continue;
        if (next === undefined || next.at > until) {
          if (next !== undefined) push(heap, next);
          time = until;
          return false;
        }
        time = next.at;
        next.callback();
        await rest();
      }
    },
  };
}

function isBefore(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** A binary heap, the earliest on top. */
function push(heap: Due[], due: Due): void {
  let at = heap.push(due) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, due)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = due;
}

function pop(heap: Due[]): Due | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const left = heap[at * 2 + 1];
    const right = heap[at * 2 + 2];
    const isRight = left !== undefined && right !== undefined && isBefore(right, left);
    const least = isRight ? right : left;
    if (least === undefined || isBefore(last, least)) break;
    heap[at] = least;
    at = at * 2 + (isRight ? 2 : 1);
  }
  heap[at] = last;
  return first;
}
