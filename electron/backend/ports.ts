/** Milliseconds since the epoch by the machine's own clock; it may be years off. */
export type SystemClock = () => number;

/** Milliseconds that only ever go forward, from an arbitrary start; unmoved by a clock that is set. */
export type MonotonicClock = () => number;

/** A number in [0, 1). */
export type Random = () => number;

/** Calls back once; the returned function takes it back. */
export interface Timers {
  after(milliseconds: number, callback: () => void): () => void;
}

export const systemTimers: Timers = {
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
