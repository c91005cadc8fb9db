import { randomBytes, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { SIGNING_ALGORITHM, type SigningKey } from '../identity/signing-key.ts';
import { ISSUER } from '../identity/tokens.ts';
import type { Clocks } from '../ports.ts';

const TYPE = 'shop-page+jwt';
export const MANAGER_SESSION_SECONDS = 30 * 60;
const claimsSchema = z.object({ sub: z.string(), csrf: z.string().min(20) });

/** A manager at central's own pages, in a signed cookie. Who it names is looked up anew at each request. */
export interface ManagerSession {
  readonly number: string;
  /** Goes with every form and comes back with it. */
  readonly csrf: string;
}

export interface ManagerSessions {
  sign(number: string): Promise<string>;
  /** null: forged, or over. */
  read(cookie: string): Promise<ManagerSession | null>;
}

export function createManagerSessions(key: SigningKey, clocks: Clocks): ManagerSessions {
  const now = (): number => Math.floor(clocks.system() / 1000);
  return {
    sign: (number) =>
      new SignJWT({ csrf: randomBytes(24).toString('base64url') })
        .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: key.id, typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setSubject(number)
        .setIssuedAt(now())
        .setExpirationTime(now() + MANAGER_SESSION_SECONDS)
        .sign(key.privateKey),
    read: async (cookie) => {
      try {
        const { payload } = await jwtVerify(cookie, key.publicKey, {
          algorithms: [SIGNING_ALGORITHM],
          typ: TYPE,
          issuer: ISSUER,
          audience: ISSUER,
          currentDate: new Date(clocks.system()),
          requiredClaims: ['exp'],
        });
        const { sub, csrf } = claimsSchema.parse(payload);
        return { number: sub, csrf };
      } catch {
        return null;
      }
    },
  };
}

export function isSameSecret(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
