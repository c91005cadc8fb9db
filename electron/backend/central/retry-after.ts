const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * How long `Retry-After` asks to wait, in ms; null: it doesn't say.
 * @param date the same answer's `Date` header, so that a wrong clock here can't turn a minute into years
 * @param correctedNow used where the answer carries no `Date`
 */
export function retryAfterMs(retryAfter: string | null, date: string | null, correctedNow: number): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,9}$/.test(retryAfter)) return Math.min(Number(retryAfter) * 1000, LONGEST_MS);
  const until = Date.parse(retryAfter);
  if (Number.isNaN(until)) return null;
  const sentAt = date === null ? Number.NaN : Date.parse(date);
  return Math.min(Math.max(0, until - (Number.isNaN(sentAt) ? correctedNow : sentAt)), LONGEST_MS);
}
