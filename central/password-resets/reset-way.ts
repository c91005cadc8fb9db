import { createHmac, hkdfSync } from 'node:crypto';
import { sql } from 'kysely';
import type { ResetWay } from '../../shared/central-api/password-resets.ts';
import type { SigningKey } from '../identity/signing-key.ts';
import type { Database } from '../store/schema.ts';

/**
 * Which way it goes for an ID that nobody has: always the same one, and as often the one or the other as with the
 * customers, so that it tells nothing. The key is derived from central's own, which all its processes have.
 */
export function createWayOfNobody(
  db: Database,
  { jwk }: Pick<SigningKey, 'jwk'>,
): (loginId: string) => Promise<ResetWay> {
  if (jwk.d === undefined) throw new Error('the signing key has no private half');
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(jwk.d, 'base64url'), '', 'madoguchi reset way', 32));
  return async (loginId) => {
    const { all, asked } = await db
      .selectFrom('customers')
      .select([
        sql<number>`count(*)::int`.as('all'),
        sql<number>`(count(*) filter (where reset_way = 'secret-question'))::int`.as('asked'),
      ])
      .executeTakeFirstOrThrow();
    const place = createHmac('sha256', key).update(loginId).digest().readUInt32BE() / 2 ** 32;
    return place * all < asked ? 'secret-question' : 'code';
  };
}
