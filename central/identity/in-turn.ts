/** Runs what has the same key one after the other: many attempts at once get no more tries than many in turn. */
export function createInTurn(): <T>(key: string, action: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, Promise<unknown>>();
  return async (key, action) => {
    const before = queues.get(key) ?? Promise.resolve();
    const mine = before.then(action);
    // The next one waits for the end, whatever it was; whoever asked gets the failure.
    const settled = mine.catch(() => {});
    queues.set(key, settled);
    try {
      return await mine;
    } finally {
      if (queues.get(key) === settled) queues.delete(key);
    }
  };
}
