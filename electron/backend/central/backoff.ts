import type { Random } from '../ports.ts';

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** Sending one application again: within 1 s at first, within 60 s at last. */
export const RESEND_BACKOFF: Backoff = { baseMs: 1_000, capMs: 60_000 };
/** Looking whether central is back: within 1 s at first, within 10 s at last. */
export const PROBE_BACKOFF: Backoff = { baseMs: 1_000, capMs: 10_000 };

/**
 * Full jitter: anywhere between nothing and the doubled step, so that thousands of terminals that lost central in the
 * same moment come back spread out.
 * @param failures how many in a row, from 1
 */
export function fullJitterMs({ baseMs, capMs }: Backoff, failures: number, random: Random): number {
  return random() * Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 20));
}
