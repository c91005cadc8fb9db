import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clocks } from '../ports.ts';
import { type Caller, isOperatorScope, type OperatorScope } from './caller.ts';
import { SIGNING_ALGORITHM, type SigningKey } from './signing-key.ts';

export const TERMINAL_TOKEN_SECONDS = 5 * 60;
export const CUSTOMER_TOKEN_SECONDS = 30 * 60;
const OPERATOR_TOKEN_SECONDS = 8 * 60 * 60;

/** Development issuer; an OpenID provider takes its place with enrolment, with the same claims. */
const ISSUER = 'urn:madoguchi:central';
const ACCESS_TOKEN = 'at+jwt';
const GRANT = 'grant+jwt';

const claimsSchema = z.object({
  sub: z.string(),
  client_id: z.string(),
  scope: z.string(),
  terminal: z.string().optional(),
  shop: z.string().optional(),
  sid: z.string().optional(),
});

const grantSchema = z.object({
  sub: z.string(),
  terminal: z.string(),
  sid: z.string(),
  iat: z.number(),
  business_iat: z.number(),
});

/** Authorises the applications of one session at one terminal, also after it. */
export interface SubmissionGrant {
  readonly customerNumber: string;
  readonly terminal: string;
  readonly sessionId: string;
  /** Epoch ms by either clock: a terminal's business clock need not have been moved along with central's. */
  readonly issuedAt: { readonly system: number; readonly business: number };
}

export interface Tokens {
  forTerminal(terminal: string, shop: string): Promise<string>;
  forCustomer(caller: Extract<Caller, { kind: 'customer' }>): Promise<string>;
  forOperator(scopes: readonly OperatorScope[]): Promise<string>;
  grant(caller: Extract<Caller, { kind: 'customer' }>): Promise<string>;
  /** null: forged, expired, or not an access token. */
  readAccessToken(token: string): Promise<Caller | null>;
  /** null: forged, or no grant. It never expires; what it authorises is limited by the application's own time. */
  readGrant(token: string): Promise<SubmissionGrant | null>;
}

export function createTokens(key: SigningKey, clocks: Clocks): Tokens {
  const now = (): number => Math.floor(clocks.system() / 1000);
  const sign = (type: string, claims: Record<string, unknown>, lifeSeconds: number | null): Promise<string> => {
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: key.id, typ: type })
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setIssuedAt(now());
    return (lifeSeconds === null ? token : token.setExpirationTime(now() + lifeSeconds)).sign(key.privateKey);
  };
  const verify = async (type: string, token: string): Promise<unknown> => {
    try {
      const { payload } = await jwtVerify(token, key.publicKey, {
        algorithms: [SIGNING_ALGORITHM],
        typ: type,
        issuer: ISSUER,
        audience: ISSUER,
        currentDate: new Date(clocks.system()),
        requiredClaims: type === ACCESS_TOKEN ? ['exp'] : [],
      });
      return payload;
    } catch {
      return null;
    }
  };
  return {
    forTerminal: (terminal, shop) =>
      sign(
        ACCESS_TOKEN,
        { sub: terminal, client_id: terminal, scope: 'terminal', terminal, shop },
        TERMINAL_TOKEN_SECONDS,
      ),
    forCustomer: ({ customerNumber, terminal, shop, sessionId }) =>
      sign(
        ACCESS_TOKEN,
        { sub: customerNumber, client_id: terminal, scope: 'customer', terminal, shop, sid: sessionId },
        CUSTOMER_TOKEN_SECONDS,
      ),
    forOperator: (scopes) =>
      sign(ACCESS_TOKEN, { sub: 'operator', client_id: 'operator', scope: scopes.join(' ') }, OPERATOR_TOKEN_SECONDS),
    grant: ({ customerNumber, terminal, sessionId }) =>
      sign(GRANT, { sub: customerNumber, terminal, sid: sessionId, business_iat: clocks.business() / 1000 }, null),
    readAccessToken: async (token) => {
      const claims = claimsSchema.safeParse(await verify(ACCESS_TOKEN, token));
      return claims.success ? callerFrom(claims.data) : null;
    },
    readGrant: async (token) => {
      const claims = grantSchema.safeParse(await verify(GRANT, token));
      if (!claims.success) return null;
      const { sub, terminal, sid, iat, business_iat } = claims.data;
      const issuedAt = { system: iat * 1000, business: business_iat * 1000 };
      return { customerNumber: sub, terminal, sessionId: sid, issuedAt };
    },
  };
}

function callerFrom({ sub, scope, terminal, shop, sid }: z.infer<typeof claimsSchema>): Caller | null {
  if (scope === 'terminal' && terminal !== undefined && shop !== undefined) return { kind: 'terminal', terminal, shop };
  if (scope === 'customer' && terminal !== undefined && shop !== undefined && sid !== undefined) {
    return { kind: 'customer', customerNumber: sub, terminal, shop, sessionId: sid };
  }
  const scopes = scope.split(' ');
  if (!scopes.every(isOperatorScope)) return null;
  return { kind: 'operator', subject: sub, mayWrite: scopes.some((one) => one !== 'tmf.read') };
}
