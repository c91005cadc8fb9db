import { oc } from '@orpc/contract';
import { z } from 'zod';
import { accountSchema } from '../domain/account.ts';
import { languageSchema } from '../domain/language.ts';
import { CHOSEN_PASSWORDS, PRESENT_PASSWORD_MOST } from '../domain/password-rule.ts';
import { printOutcomeSchema } from './printing.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

/** Made by the page for each wish to have a password issued: a repeat of the call gives the same one. */
export const issueIdSchema = z.uuid();

export const issuedPasswordSchema = z.strictObject({
  issueId: issueIdSchema,
  account: accountSchema,
  password: z.string(),
  /** Epoch ms, business clock. */
  issuedAt: z.int(),
});
export type IssuedPassword = z.infer<typeof issuedPasswordSchema>;

/**
 * What became of the password with the print: `valid`; `revoked`, since nobody knows whether it lies on paper; or to be
 * revoked as soon as central can be reached.
 */
export const printedPasswordSchema = z.strictObject({
  outcome: printOutcomeSchema,
  password: z.enum(['valid', 'revoked', 'revocation-waits']),
});
export type PrintedPassword = z.infer<typeof printedPasswordSchema>;

export const changedPasswordSchema = z.strictObject({
  changeId: z.uuid(),
  kind: z.enum(CHOSEN_PASSWORDS),
  login: z.string(),
  /** Epoch ms, business clock. */
  changedAt: z.int(),
});
export type ChangedPassword = z.infer<typeof changedPasswordSchema>;

/** Why what asks for the present password was not done. */
const presentErrors = {
  ...sessionErrors,
  /** Nothing was sent. */
  CENTRAL_UNREACHABLE: {},
  /** The answer was lost: the same call again settles it. */
  OUTCOME_UNKNOWN: {},
  /** Wrong, or too many wrong ones: both read alike. */
  PRESENT_REFUSED: {},
  THROTTLED: { data: z.strictObject({ retryAfterSeconds: z.int().min(1) }) },
  UNKNOWN_ACCOUNT: {},
};

export const secretsContract = {
  /** Central makes a password for one of the customer's accounts; the one before it is worth nothing any more. */
  issue: oc
    .input(
      z.strictObject({
        sessionId: sessionIdSchema,
        issueId: issueIdSchema,
        accountId: z.string().min(1).max(100),
        language: languageSchema,
      }),
    )
    .output(issuedPasswordSchema)
    .errors({
      ...sessionErrors,
      /** Nothing happened: the present password goes on. Also where an earlier one has to be revoked first. */
      CENTRAL_UNREACHABLE: {},
      /** The answer was lost: the present password may be worth nothing any more. The same call again settles it. */
      OUTCOME_UNKNOWN: {},
      UNKNOWN_ACCOUNT: {},
      /** It was issued and taken back since. */
      REVOKED: {},
    }),
  /** Prints it, once: again only where nothing was sent to the printer. */
  print: oc
    .input(z.strictObject({ sessionId: sessionIdSchema, issueId: issueIdSchema, language: languageSchema }))
    .output(printedPasswordSchema)
    .errors({ ...sessionErrors, NOT_HELD: {}, ALREADY_PRINTED: {} }),
  /** The customer's own choice in place of the present one. `changeId` is the page's: a repeat is harmless. */
  change: oc
    .input(
      z.strictObject({
        sessionId: sessionIdSchema,
        changeId: z.uuid(),
        /** null: the iTSCOM ID's. */
        accountId: z.string().min(1).max(100).nullable(),
        present: z.string().min(1).max(PRESENT_PASSWORD_MOST),
        next: z.string().min(1).max(100),
        language: languageSchema,
      }),
    )
    .output(changedPasswordSchema)
    .errors({ ...presentErrors, NOT_ALLOWED: {} }),
  /** Its slip says that it was changed, and holds no password. */
  printChange: oc
    .input(z.strictObject({ sessionId: sessionIdSchema, changeId: z.uuid(), language: languageSchema }))
    .output(printOutcomeSchema)
    .errors({ ...sessionErrors, NOT_HELD: {} }),
  /** One more Cable ID, which has no password until one is issued. `addId` is the page's: a repeat gives the same ID. */
  addCableId: oc
    .input(
      z.strictObject({
        sessionId: sessionIdSchema,
        addId: z.uuid(),
        accountId: z.string().min(1).max(100),
        present: z.string().min(1).max(PRESENT_PASSWORD_MOST),
        language: languageSchema,
      }),
    )
    .output(accountSchema)
    .errors({ ...presentErrors, TOO_MANY_IDS: {} }),
};
