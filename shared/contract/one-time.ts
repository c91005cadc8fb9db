import { oc } from '@orpc/contract';
import { z } from 'zod';
import { languageSchema } from '../domain/language.ts';
import { acceptedTermsSchema } from '../domain/terms.ts';
import { registrationVisitSchema } from './registration.ts';
import { issueIdSchema, printedPasswordSchema } from './secrets.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

/** Whose it is: of someone who isn't signed in, or of a session that staff opened. */
export const oneTimeOwnerSchema = z.discriminatedUnion('kind', [
  registrationVisitSchema.extend({ kind: z.literal('visit') }),
  z.strictObject({ kind: z.literal('session'), sessionId: sessionIdSchema }),
]);
export type OneTimeOwner = z.infer<typeof oneTimeOwnerSchema>;

export const oneTimePasswordIssuedSchema = z.strictObject({
  issueId: issueIdSchema,
  password: z.string(),
  /** Where it is redeemed in any browser. */
  page: z.string(),
  /** Epoch ms, business clock. */
  until: z.int(),
});
export type OneTimePasswordIssued = z.infer<typeof oneTimePasswordIssuedSchema>;

/** One-time passwords, with which a registration goes on elsewhere. */
export const oneTimeContract = {
  issue: oc
    .input(
      z.strictObject({
        owner: oneTimeOwnerSchema,
        issueId: issueIdSchema,
        terms: z.array(acceptedTermsSchema).min(1),
        language: languageSchema,
      }),
    )
    .output(oneTimePasswordIssuedSchema)
    .errors({
      ...sessionErrors,
      /** Nothing happened, or an earlier one has to be revoked first. */
      CENTRAL_UNREACHABLE: {},
      /** The answer was lost: the same call again takes back what was issued, and issues another. */
      OUTCOME_UNKNOWN: {},
      THROTTLED: { data: z.strictObject({ retryAfterSeconds: z.int().min(1) }) },
      /** The registration is. */
      OVER: {},
      /** It was issued, and printed or taken back since. */
      REVOKED: {},
    }),
  /** Prints it, once: again only where nothing was sent to the printer. */
  print: oc
    .input(z.strictObject({ owner: oneTimeOwnerSchema, issueId: issueIdSchema, language: languageSchema }))
    .output(printedPasswordSchema)
    .errors({ ...sessionErrors, NOT_HELD: {}, ALREADY_PRINTED: {} }),
  /** Whoever it is of has gone. */
  forget: oc.input(z.strictObject({ owner: oneTimeOwnerSchema })).output(z.void()),
};
