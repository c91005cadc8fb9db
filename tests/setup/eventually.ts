import { vi } from 'vitest';

/** Tries until it holds. Vitest's own second is short on a machine that builds and tests at once. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });
