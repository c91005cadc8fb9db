import { sql } from 'kysely';
import { z } from 'zod';
import type { TmfFailure } from '../http/tmf-failure.ts';
import type { Database } from '../store/schema.ts';

/** A shop's terminals may share an address; nobody sets up more of them at once. */
const MOST_OF_ONE_ADDRESS = 50;
const MOST = 2_000;

export const TOO_MANY_CODES: TmfFailure = {
  status: 429,
  code: 'too-many-codes',
  reason: 'Too many terminals wait for an approval',
  headers: { 'retry-after': '60' },
};

const countsSchema = z.object({ total: z.coerce.number(), own: z.coerce.number() });

/**
 * Anyone may ask for a code, and each is kept until it expires: no more than so many wait at a time.
 * @param now epoch ms, system clock
 */
export async function hasRoomForCode(db: Database, address: string, now: number): Promise<boolean> {
  const { rows } = await sql`
    select count(*) as total, count(*) filter (where payload -> 'deviceInfo' ->> 'ip' = ${address}) as own
    from oauth_records
    where model = 'DeviceCode' and consumed_at is null and expires_at > ${new Date(now)}`.execute(db);
  const { total, own } = countsSchema.parse(rows[0]);
  return total < MOST && own < MOST_OF_ONE_ADDRESS;
}
