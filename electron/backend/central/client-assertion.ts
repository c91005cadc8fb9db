import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { INSTANCE_CLAIM, TERMINAL_KEY_ALGORITHM } from '../../../shared/central-api/terminal-v1.ts';
import type { ClientIdentity } from '../enrolment/identity.ts';

const LIFE_SECONDS = 60;

/** RFC 7523. @param now epoch ms as central counts them; @param instance this run of the program */
export function signAssertion(
  { clientId, privateKey }: ClientIdentity,
  { issuer, now, instance }: { issuer: string; now: number; instance: string },
): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({ [INSTANCE_CLAIM]: instance })
    .setProtectedHeader({ alg: TERMINAL_KEY_ALGORITHM })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFE_SECONDS)
    .sign(privateKey);
}
