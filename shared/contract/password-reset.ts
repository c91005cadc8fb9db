import { oc } from '@orpc/contract';
import { z } from 'zod';
import { portalIdSchema } from '../central-api/common.ts';
import { languageSchema } from '../domain/language.ts';
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

const errors = {
  /** Nothing came of it, or nobody knows: the same call again is harmless. */
  CENTRAL_UNREACHABLE: {},
  THROTTLED: { data: z.strictObject({ retryAfterSeconds: z.int().min(1) }) },
} as const;
/** Half an hour is over, or the customer has another ID since: all begins anew. */
const over = { OVER: {} } as const;

/** Another password for who no longer knows the present one, and isn't signed in. Nothing of it is kept by the backend. */
export const passwordResetContract = {
  /** Mails a code to the contact address, if somebody has that ID; a repeat mails another. */
  begin: oc
    .input(resetVisitSchema.extend({ owner: resetOwnerSchema, language: languageSchema }))
    .output(z.void())
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
};
