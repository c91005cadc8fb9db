import { QUEUE_PAGE, type QueueRow } from '../../../shared/contract/queue.ts';

/** Rows of the list, fetched when they come into sight, many in one call. What is on show stays until its news is there. */
export interface RowStore {
  get(key: number): QueueRow | undefined;
  subscribe(key: number, listener: () => void): () => void;
  /** Something changed: what is in sight is fetched anew, the rest when it comes into sight again. */
  refresh(): void;
}

/** @param fetch null: it could not be had; the next refresh asks again */
export function createRowStore(fetch: (keys: number[]) => Promise<readonly QueueRow[] | null>): RowStore {
  const rows = new Map<number, QueueRow>();
  const listeners = new Map<number, Set<() => void>>();
  let wanted = new Set<number>();

  function want(key: number): void {
    wanted.add(key);
    if (wanted.size === 1) queueMicrotask(flush);
  }

  function flush(): void {
    const keys = [...wanted];
    wanted = new Set();
    for (let at = 0; at < keys.length; at += QUEUE_PAGE) void load(keys.slice(at, at + QUEUE_PAGE));
  }

  async function load(keys: number[]): Promise<void> {
    for (const row of (await fetch(keys)) ?? []) {
      rows.set(row.key, row);
      for (const listener of listeners.get(row.key) ?? []) listener();
    }
  }

  return {
    get: (key) => rows.get(key),
    subscribe: (key, listener) => {
      const own = listeners.get(key) ?? new Set();
      own.add(listener);
      listeners.set(key, own);
      if (!rows.has(key)) want(key);
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(key);
      };
    },
    refresh: () => {
      for (const key of [...rows.keys()]) if (!listeners.has(key)) rows.delete(key);
      for (const key of listeners.keys()) want(key);
    },
  };
}
