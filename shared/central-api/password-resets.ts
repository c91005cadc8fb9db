import { z } from 'zod';
import { languageSchema } from '../domain/language.ts';
import { portalIdSchema } from './common.ts';

/**
 * Another password of an iTSCOM ID for who no longer knows it (account.reset-password): POST with the terminal's own token,
 * or with that of a session that staff opened. `id` is the terminal's name for it, and of the code that is mailed to the
 * contact address; `sessionId` its name for the visit. What is answered is the same whether or not anybody has the ID.
 */
export const passwordResetRequestSchema = z.strictObject({
  id: z.uuid(),
  sessionId: z.uuid(),
  /** null: that of the customer whose session staff opened. */
  loginId: portalIdSchema.nullable(),
  language: languageSchema,
});
export const passwordResetSchema = z.strictObject({ id: z.uuid(), expiresInSeconds: z.int().min(0) });

/** POST `<passwordResets>/<id>/completion` with the terminal's own token, when the code is proved. A repeat is harmless. */
export const passwordResetCompletionRequestSchema = z.strictObject({
  sessionId: z.uuid(),
  password: z.string().min(1).max(100),
});
export const passwordResetCompletionSchema = z.strictObject({
  id: z.uuid(),
  loginId: z.string(),
  changedAt: z.iso.datetime(),
});

export const PASSWORD_RESET_ERRORS = {
  /** 409: half an hour is over, or the customer has another ID since. */
  over: 'password-reset-over',
  /** 409, to staff only: the customer has no iTSCOM ID, or no contact address. */
  noContact: 'password-reset-no-contact',
  /** 422: the new password breaks the rules. */
  rule: 'password-reset-rule',
} as const;
