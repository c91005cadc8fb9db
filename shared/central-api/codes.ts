import { z } from 'zod';

/** What a code that was mailed is for. One that was mailed for one thing proves nothing for another. */
export const CODE_PURPOSES = [
  'register',
  'register-elsewhere',
  'reset-password',
  'reset-by-question',
  'change-id',
  'change-contact',
  /** Asked for while central was away: by the link alone, since nobody stands at the terminal any more. */
  'contact-later',
] as const;
export const codePurposeSchema = z.enum(CODE_PURPOSES);
export type CodePurpose = z.infer<typeof codePurposeSchema>;

export const CODE_DIGITS = 6;
export const CODE_TRIES = 5;
/** p.15, p.22 */
export const CODE_LIFE_SECONDS = 30 * 60;
/** Ours: the mail comes whenever the line is back, and is read at home. */
export const LATER_LINK_LIFE_SECONDS = 7 * 24 * 60 * 60;

/**
 * POST `<codes>/<id>/proof` with the token of the terminal, or of the customer, that had it mailed. A repeat of the right
 * one is harmless as long as what it was for is not done.
 */
export const codeProofRequestSchema = z.strictObject({ sessionId: z.uuid(), code: z.string().min(1).max(40) });

/** GET `<codes>/<id>?sessionId=`, and the answer to a proof. */
export const codeStateSchema = z.strictObject({
  id: z.uuid(),
  /** `over`: its time ran out, or what it was for is done, or there is none. */
  state: z.enum(['waiting', 'proved', 'over']),
  /** 0: the link in the mail still proves it, the code no longer does. */
  triesLeft: z.int().min(0),
  expiresInSeconds: z.int().min(0),
});
export type CodeState = z.infer<typeof codeStateSchema>;

export const CODE_ERRORS = {
  /** 422: it is another code, or one try too many. */
  wrong: 'code-wrong',
  /** 409: as the state `over`. */
  over: 'code-over',
} as const;
