import { createHmac, hkdfSync } from 'node:crypto';
import { sql } from 'kysely';
import type { ResetWay } from '../../shared/central-api/password-resets.ts';
import type { SigningKey } from '../identity/signing-key.ts';
import type { Clocks } from '../ports.ts';
import type { Database } from '../store/schema.ts';

const COUNTED_FOR_MS = 60_000;

/**
 * Which way it goes for an ID that nobody has: always the same one, and as often the one or the other as with the
 * customers, so that it tells nothing. The key is derived from central's own, which all its processes have.
 */
export function createWayOfNobody(
  { db, clocks }: { readonly db: Database; readonly clocks: Pick<Clocks, 'system'> },
  { jwk }: Pick<SigningKey, 'jwk'>,
): (loginId: string) => Promise<ResetWay> {
  /** They are all read for it: not for each who asks. */
  let counted = { all: 0, asked: 0, until: 0 };
  if (jwk.d === undefined) throw new Error('the signing key has no private half');
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(jwk.d, 'base64url'), '', 'madoguchi reset way', 32));

  async function count(): Promise<void> {
    const numbers = await db
      .selectFrom('customers')
      .select([
        sql<number>`count(*)::int`.as('all'),
        sql<number>`(count(*) filter (where reset_way = 'secret-question'))::int`.as('asked'),
      ])
      .executeTakeFirstOrThrow();
    counted = { ...numbers, until: clocks.system() + COUNTED_FOR_MS };
  }

  return async (loginId) => {
    if (clocks.system() >= counted.until) await count();
    const place = createHmac('sha256', key).update(loginId).digest().readUInt32BE() / 2 ** 32;
    return place * counted.all < counted.asked ? 'secret-question' : 'code';
  };
}
