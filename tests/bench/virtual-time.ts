import { setImmediate } from 'node:timers/promises';
import type { Timers } from '../../electron/backend/ports.ts';

const TICK_MS = 20;
/** A delivery's answer, the step that it plans, and what that step sends. */
const TURNS = 3;

export interface VirtualTime extends Timers {
  now(): number;
  /** Runs all that falls due, tick by tick. @param isDone asked after each tick */
  run(isDone: () => boolean): Promise<void>;
}

/** Time that passes as fast as the machine can follow; what is due inside a tick happens at its end. */
export function createVirtualTime(): VirtualTime {
  const due = new Map<number, Set<() => void>>();
  let tick = 0;
  return {
    now: () => tick * TICK_MS,
    after: (milliseconds, callback) => {
      const at = tick + Math.max(1, Math.ceil(milliseconds / TICK_MS));
      const own = (): void => callback();
      const others = due.get(at) ?? new Set();
      due.set(at, others.add(own));
      return () => others.delete(own);
    },
    run: async (isDone) => {
      while (!isDone()) {
        tick += 1;
        for (const callback of due.get(tick) ?? []) callback();
        due.delete(tick);
        for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
      }
    },
  };
}
