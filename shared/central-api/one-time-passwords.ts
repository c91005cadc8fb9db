import { z } from 'zod';
import { languageSchema } from '../domain/language.ts';
import { ONE_TIME_DIGITS } from '../domain/one-time-password.ts';
import { acceptedTermsSchema } from '../domain/terms.ts';

/** p.15 gives a mail's link as long. */
export const ONE_TIME_LIFE_SECONDS = 30 * 60;
export const ONE_TIME_TRIES = 5;

/**
 * POST `<oneTimePasswords>`: with the terminal's own token for a registration that is under way there, or with that of a
 * session that staff opened for a customer. `id` and `attempt` as with passwords that are issued, and taken back the same
 * way (`<passwordIssues>/<id>/revocation`).
 */
export const oneTimePasswordRequestSchema = z.strictObject({
  id: z.uuid(),
  attempt: z.int().min(1).max(1_000_000),
  /** null: of the customer whose session it is. */
  registration: z.strictObject({ id: z.uuid(), sessionId: z.uuid() }).nullable(),
  /** Accepted at the terminal; they aren't shown once more where it goes on. */
  terms: z.array(acceptedTermsSchema).min(1),
  language: languageSchema,
});

export const oneTimePasswordSchema = z.strictObject({
  id: z.uuid(),
  password: z.string().length(ONE_TIME_DIGITS),
  expiresInSeconds: z.int().min(0),
  /** Where it is redeemed in any browser. */
  page: z.url(),
});

/**
 * POST `<oneTimePasswords>/redemption` with the terminal's own token: the registration goes on at that terminal under the
 * names that it gives. A repeat with the same names is harmless.
 */
export const redemptionRequestSchema = z.strictObject({
  password: z.string().min(1).max(60),
  registrationId: z.uuid(),
  sessionId: z.uuid(),
});

export const redemptionSchema = z.strictObject({
  /** The registration's. */
  id: z.uuid(),
  /** As it was chosen before; null: nothing was. */
  loginId: z.string().nullable(),
  replaces: z.boolean(),
  terms: z.array(acceptedTermsSchema).min(1),
});
export type Redemption = z.infer<typeof redemptionSchema>;

export const ONE_TIME_ERRORS = {
  /** 422: another one, used, over, taken back, or tried too often. Nothing tells which. */
  refused: 'one-time-password-refused',
} as const;
