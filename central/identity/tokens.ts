import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clocks } from '../ports.ts';
import { identityMethodSchema } from '../../shared/domain/identity-check.ts';
import { staffRoleSchema } from '../../shared/domain/staff.ts';
import { createKnownCallers } from './known-callers.ts';
import { type Caller, type IdentityCheck, isOperatorScope, type OperatorScope } from './caller.ts';
import { SIGNING_ALGORITHM, type SigningKey } from './signing-key.ts';

export const TERMINAL_TOKEN_SECONDS = 5 * 60;
export const CUSTOMER_TOKEN_SECONDS = 30 * 60;
/** A shift; staff who were sent home are refused at once whatever their token says. */
export const STAFF_TOKEN_SECONDS = 8 * 60 * 60;
const OPERATOR_TOKEN_SECONDS = 8 * 60 * 60;

/** Issuer and audience of every token that central accepts, whichever part of it made them. */
export const ISSUER = 'urn:madoguchi:central';
const ACCESS_TOKEN = 'at+jwt';
const GRANT = 'grant+jwt';
const ATTESTATION = 'attestation+jwt';

const checkClaims = {
  staff: z.string().optional(),
  identity_method: identityMethodSchema.optional(),
};

/** Of an earlier central, whose customers had all but one ID: none. */
const identityClaim = { identity_version: z.int().min(0).default(0) };

const claimsSchema = z.object({
  sub: z.string(),
  exp: z.number(),
  client_id: z.string(),
  scope: z.string(),
  terminal: z.string().optional(),
  shop: z.string().optional(),
  sid: z.string().optional(),
  ...identityClaim,
  role: staffRoleSchema.optional(),
  ...checkClaims,
});

const grantSchema = z.object({
  sub: z.string(),
  terminal: z.string(),
  sid: z.string(),
  iat: z.number(),
  business_iat: z.number(),
  ...identityClaim,
  ...checkClaims,
});
const attestationSchema = z.object({
  sub: z.string(),
  terminal: z.string(),
  iat: z.number(),
  business_iat: z.number(),
});

/** Authorises the applications of one session at one terminal, also after it. */
export interface SubmissionGrant {
  readonly customerNumber: string;
  readonly terminal: string;
  readonly sessionId: string;
  /** null: the customer signed in. */
  readonly staff: IdentityCheck | null;
  /** As a caller's. */
  readonly identityVersion: number | null;
  readonly issuedAt: IssuedAt;
}

/** Epoch ms by either clock: a terminal's business clock need not have been moved along with central's. */
export interface IssuedAt {
  readonly system: number;
  readonly business: number;
}

/** Says who signed in at a terminal as staff; stands in for a grant where central was away. */
export interface Attestation {
  readonly staffNumber: string;
  readonly terminal: string;
  readonly issuedAt: IssuedAt;
}

export interface Tokens {
  forCustomer(caller: Extract<Caller, { kind: 'customer' }>): Promise<string>;
  forStaff(caller: Extract<Caller, { kind: 'staff' }>): Promise<string>;
  forOperator(scopes: readonly OperatorScope[]): Promise<string>;
  attestation(caller: Extract<Caller, { kind: 'staff' }>): Promise<string>;
  grant(caller: Extract<Caller, { kind: 'customer' }>): Promise<string>;
  /** null: forged, expired, or not an access token. */
  readAccessToken(token: string): Promise<Caller | null>;
  /** null: forged, or no grant. It never expires; what it authorises is limited by the application's own time. */
  readGrant(token: string): Promise<SubmissionGrant | null>;
  /** null: forged, or no attestation. It never expires either. */
  readAttestation(token: string): Promise<Attestation | null>;
}

export function createTokens(key: SigningKey, clocks: Clocks): Tokens {
  const now = (): number => Math.floor(clocks.system() / 1000);
  const knownCallers = createKnownCallers(clocks.system);
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
    forCustomer: ({ customerNumber, terminal, shop, sessionId, staff, identityVersion }) =>
      sign(
        ACCESS_TOKEN,
        {
          sub: customerNumber,
          client_id: terminal,
          scope: 'customer',
          terminal,
          shop,
          sid: sessionId,
          ...claimsOf(staff, identityVersion),
        },
        CUSTOMER_TOKEN_SECONDS,
      ),
    forStaff: ({ number, role, terminal, shop }) =>
      sign(
        ACCESS_TOKEN,
        { sub: number, client_id: terminal, scope: 'staff', role, terminal, shop },
        STAFF_TOKEN_SECONDS,
      ),
    forOperator: (scopes) =>
      sign(ACCESS_TOKEN, { sub: 'operator', client_id: 'operator', scope: scopes.join(' ') }, OPERATOR_TOKEN_SECONDS),
    attestation: ({ number, terminal }) =>
      sign(ATTESTATION, { sub: number, terminal, business_iat: clocks.business() / 1000 }, null),
    grant: ({ customerNumber, terminal, sessionId, staff, identityVersion }) =>
      sign(
        GRANT,
        {
          sub: customerNumber,
          terminal,
          sid: sessionId,
          business_iat: clocks.business() / 1000,
          ...claimsOf(staff, identityVersion),
        },
        null,
      ),
    readAccessToken: async (token) => {
      const known = knownCallers.find(token);
      if (known !== null) return known;
      const claims = claimsSchema.safeParse(await verify(ACCESS_TOKEN, token));
      const caller = claims.success ? callerFrom(claims.data) : null;
      if (claims.success && caller !== null) knownCallers.remember(token, caller, claims.data.exp * 1000);
      return caller;
    },
    readGrant: async (token) => {
      const claims = grantSchema.safeParse(await verify(GRANT, token));
      if (!claims.success) return null;
      const { sub, terminal, sid } = claims.data;
      return {
        customerNumber: sub,
        terminal,
        sessionId: sid,
        ...openedBy(claims.data),
        issuedAt: issuedAt(claims.data),
      };
    },
    readAttestation: async (token) => {
      const claims = attestationSchema.safeParse(await verify(ATTESTATION, token));
      if (!claims.success) return null;
      const { sub, terminal } = claims.data;
      return { staffNumber: sub, terminal, issuedAt: issuedAt(claims.data) };
    },
  };
}

function issuedAt({ iat, business_iat }: { iat: number; business_iat: number }): IssuedAt {
  return { system: iat * 1000, business: business_iat * 1000 };
}

function claimsOf(check: IdentityCheck | null, identityVersion: number | null): Record<string, string | number> {
  return {
    ...(check === null ? {} : { staff: check.staffNumber, identity_method: check.identityMethod }),
    ...(identityVersion === null ? {} : { identity_version: identityVersion }),
  };
}

function openedBy({
  staff,
  identity_method,
  identity_version,
}: z.infer<z.ZodObject<typeof checkClaims & typeof identityClaim>>): Pick<
  SubmissionGrant,
  'staff' | 'identityVersion'
> {
  return staff === undefined || identity_method === undefined
    ? { staff: null, identityVersion: identity_version }
    : { staff: { staffNumber: staff, identityMethod: identity_method }, identityVersion: null };
}

function callerFrom(claims: z.infer<typeof claimsSchema>): Caller | null {
  const { sub, scope, terminal, shop, sid, role } = claims;
  if (scope === 'terminal' && terminal !== undefined && shop !== undefined) return { kind: 'terminal', terminal, shop };
  if (scope === 'customer' && terminal !== undefined && shop !== undefined && sid !== undefined) {
    return { kind: 'customer', customerNumber: sub, terminal, shop, sessionId: sid, ...openedBy(claims) };
  }
  if (scope === 'staff' && terminal !== undefined && shop !== undefined && role !== undefined) {
    return { kind: 'staff', number: sub, role, terminal, shop };
  }
  const scopes = scope.split(' ');
  if (!scopes.every(isOperatorScope)) return null;
  return {
    kind: 'operator',
    subject: sub,
    mayWrite: scopes.some((one) => one !== 'tmf.read'),
    operates: scopes.includes('operator'),
  };
}
