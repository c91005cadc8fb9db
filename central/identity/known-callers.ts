import { createHash } from 'node:crypto';
import type { Caller } from './caller.ts';

/** Access tokens whose signature was found good, so that it is computed once for each and not with every request. */
export interface KnownCallers {
  /** null: unknown, or over. */
  find(token: string): Caller | null;
  /** @param expiresAt epoch ms, system clock */
  remember(token: string, caller: Caller, expiresAt: number): void;
}

/** A token for each terminal of a large fleet, and as many of customers and staff. */
const MOST = 10_000;

export function createKnownCallers(now: () => number): KnownCallers {
  const known = new Map<string, { readonly caller: Caller; readonly expiresAt: number }>();
  return {
    find: (token) => {
      const found = known.get(digest(token));
      return found !== undefined && now() < found.expiresAt ? found.caller : null;
    },
    remember: (token, caller, expiresAt) => {
      const [oldest] = known.keys();
      if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
      known.set(digest(token), { caller, expiresAt });
    },
  };
}

/** No token lies in memory for longer than its request. */
const digest = (token: string): string => createHash('sha256').update(token).digest('base64');
