import { oc } from '@orpc/contract';
import { z } from 'zod';
import { portalIdSchema } from '../central-api/common.ts';
import { resetWaySchema } from '../central-api/password-resets.ts';
import { languageSchema } from '../domain/language.ts';
import { SECRET_ANSWER_TYPED_MOST, secretQuestionSchema } from '../domain/secret-question.ts';
import { issueIdSchema, printedPasswordSchema } from './secrets.ts';
import { sessionIdSchema } from './session.ts';

/** The page's own names of one reset and of the visit; a fresh start takes new ones. */
export const resetVisitSchema = z.strictObject({ resetId: z.uuid(), visitId: z.uuid() });
export type ResetVisit = z.infer<typeof resetVisitSchema>;

/** Whose password: of the ID that somebody typed, or of the customer whose session staff opened. */
export const resetOwnerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('id'), loginId: portalIdSchema }),
  z.strictObject({ kind: z.literal('session'), sessionId: sessionIdSchema }),
]);
export type ResetOwner = z.infer<typeof resetOwnerSchema>;

/** What is asked, and answered, twice: before the mail and after it. */
const answered = { question: secretQuestionSchema, answer: z.string().min(1).max(SECRET_ANSWER_TYPED_MOST) };

/** Of the iTSCOM ID itself; central issued it. */
export const issuedPortalPasswordSchema = z.strictObject({
  issueId: issueIdSchema,
  loginId: z.string(),
  password: z.string(),
  /** Epoch ms, business clock. */
  issuedAt: z.int(),
});
export type IssuedPortalPassword = z.infer<typeof issuedPortalPasswordSchema>;

const errors = {
  /** Nothing came of it, or nobody knows: the same call again is harmless. */
  CENTRAL_UNREACHABLE: {},
  THROTTLED: { data: z.strictObject({ retryAfterSeconds: z.int().min(1) }) },
} as const;
/** Half an hour is over, there were too many wrong answers, or the customer has another ID since: all begins anew. */
const over = { OVER: {} } as const;

/**
 * Another password for who no longer knows the present one, and isn't signed in. The backend keeps nothing of it but a
 * password that central issued, until the visit ends.
 */
export const passwordResetContract = {
  /** How it goes on; by the code, it is mailed to the contact address, if somebody has that ID, and a repeat mails another. */
  begin: oc
    .input(resetVisitSchema.extend({ owner: resetOwnerSchema, language: languageSchema }))
    .output(z.strictObject({ way: resetWaySchema }))
    .errors({ ...errors, ...over, SESSION_GONE: {}, NO_CONTACT: {} }),
  /** How many tries the code has left. */
  state: oc
    .input(resetVisitSchema)
    .output(z.strictObject({ state: z.enum(['waiting', 'proved', 'over']), triesLeft: z.int().min(0) }))
    .errors(errors),
  prove: oc
    .input(resetVisitSchema.extend({ code: z.string().min(1).max(40) }))
    .output(z.void())
    .errors({ ...errors, ...over, CODE_WRONG: {} }),
  complete: oc
    .input(resetVisitSchema.extend({ password: z.string().min(1).max(100) }))
    .output(z.strictObject({ loginId: z.string() }))
    .errors({ ...errors, ...over, NOT_ALLOWED: {} }),
  /** Question and answer are remembered, and a code is mailed to the contact address, if somebody has that ID. */
  remember: oc
    .input(resetVisitSchema.extend({ ...answered, language: languageSchema }))
    .output(z.void())
    .errors({ ...errors, ...over, NOT_ALLOWED: {} }),
  /** Central makes a password of who answers the same again; the one before it is worth nothing any more. */
  issue: oc
    .input(resetVisitSchema.extend({ ...answered, issueId: issueIdSchema }))
    .output(issuedPortalPasswordSchema)
    .errors({
      ...{ ...errors, ...over, ANSWER_WRONG: {} },
      /** The answer was lost: the present password may be worth nothing any more. The same call again settles it. */
      OUTCOME_UNKNOWN: {},
      /** It was issued, and printed or taken back since. */
      REVOKED: {},
    }),
  /** Prints it, once: again only where nothing was sent to the printer. */
  print: oc
    .input(resetVisitSchema.extend({ issueId: issueIdSchema, language: languageSchema }))
    .output(printedPasswordSchema)
    .errors({ NOT_HELD: {}, ALREADY_PRINTED: {} }),
  /** Whoever it is of has gone. */
  forget: oc.input(resetVisitSchema).output(z.void()),
};
