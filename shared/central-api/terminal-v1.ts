import { z } from 'zod';
import { portalIdSchema } from './common.ts';

/** House API: what TM Forum does not cover. */

export const tokenResponseSchema = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.literal('Bearer'),
  expires_in: z.number().positive(),
});

/** RFC 8414, as far as a terminal reads it. */
export const authorizationServerSchema = z.looseObject({
  /** The audience of the terminal's assertions. */
  issuer: z.url(),
  /** Only where central runs with demo data: approves an enrolment without a manager. */
  demo_enrolment_path: z.string().startsWith('/').optional(),
});
export type AuthorizationServer = z.infer<typeof authorizationServerSchema>;

/** RFC 8628 */
export const deviceAuthorizationSchema = z.looseObject({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.url(),
  expires_in: z.number().positive(),
  interval: z.number().positive().default(5),
});

/** RFC 6749 error body; `code` is ours, for what the terminal must tell apart (see HOUSE_ERRORS). */
export const oauthErrorSchema = z.looseObject({ error: z.string(), code: z.string().optional() });

export const terminalCodeSchema = z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/);

/** RFC 7591: what central answers when a terminal has registered its key. */
export const registeredTerminalSchema = z.looseObject({
  client_id: z.string().min(1),
  terminal_code: terminalCodeSchema,
});

/** The public client that a terminal is until it has a key of its own. */
export const ENROLMENT_CLIENT = 'madoguchi-enrolment';
export const ENROLMENT_SCOPE = 'enrolment';
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
export const TERMINAL_KEY_ALGORITHM = 'ES256';
/** Claim of a terminal's assertion: a random name of this run of its program, so that a copied key is noticed. */
export const INSTANCE_CLAIM = 'instance';

export const signInRequestSchema = z.strictObject({
  loginId: portalIdSchema,
  password: z.string().min(1).max(100),
  /** The terminal's session; the grant is bound to it. */
  sessionId: z.uuid(),
});

export const signInResponseSchema = z.strictObject({
  /** Bearer for this customer's own resources, only from this terminal, only for this session. */
  accessToken: z.string().min(1),
  expiresInSeconds: z.int().positive(),
  /** Signed by central; authorises the applications of this session, also after it. Sent as `Submission-Grant`. */
  submissionGrant: z.string().min(1),
  customerNumber: z.string(),
});
export type SignInResponse = z.infer<typeof signInResponseSchema>;

/** Error codes of the house API's TMF error bodies. */
export const HOUSE_ERRORS = {
  signInRefused: 'sign-in-refused',
  throttled: 'throttled',
  /** Somebody took the terminal out of service: it forgets its keys. */
  terminalRevoked: 'terminal-revoked',
  /** The customer has another ID since: whoever signed in with the one before signs in anew. */
  sessionOver: 'session-over',
  /** Central never knew it, or no longer does: it enrols anew and keeps what it has. */
  terminalUnknown: 'terminal-unknown',
  /** Central knows the terminal; its assertion was wrong, late or used before. */
  terminalRefused: 'terminal-refused',
} as const;

export const configurationSchema = z.strictObject({
  terminalCode: terminalCodeSchema,
  shopName: z.string().min(1),
  /** Shop's phone, printed on slips. */
  shopPhone: z.string().min(1),
  demo: z.boolean(),
  /** The operator's public key (RSA, SPKI PEM): a broken or revoked terminal's queue can be opened with its private half. */
  rescueKey: z.strictObject({
    id: z.string().min(1),
    publicKeyPem: z.string().startsWith('-----BEGIN PUBLIC KEY-----'),
  }),
});
export type Configuration = z.infer<typeof configurationSchema>;

export const SUBMISSION_GRANT_HEADER = 'submission-grant';
export const IDEMPOTENCY_KEY_HEADER = 'idempotency-key';
