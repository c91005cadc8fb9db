import { z } from 'zod';

/** House API: what TM Forum does not cover. */

export const tokenResponseSchema = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.literal('Bearer'),
  expires_in: z.number().positive(),
});

export const signInRequestSchema = z.strictObject({
  loginId: z.string().min(1).max(100),
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
export const HOUSE_ERRORS = { signInRefused: 'sign-in-refused', throttled: 'throttled' } as const;

export const configurationSchema = z.strictObject({
  terminalCode: z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/),
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
