import { oc } from '@orpc/contract';
import { z } from 'zod';
import { recordWishSchema } from '../central-api/record-changes.ts';
import { languageSchema } from '../domain/language.ts';
import { printOutcomeSchema } from './printing.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

const changeIdSchema = z.uuid();

export const changedRecordSchema = z.strictObject({
  changeId: changeIdSchema,
  wish: recordWishSchema,
  /** Where news go from now on; null: nowhere. */
  contactEmail: z.string().nullable(),
  /** Epoch ms, business clock. */
  changedAt: z.int(),
});
export type ChangedRecord = z.infer<typeof changedRecordSchema>;

const centralErrors = {
  ...sessionErrors,
  /** Nothing was sent. */
  CENTRAL_UNREACHABLE: {},
  /** The answer was lost: the same call again settles it. */
  OUTCOME_UNKNOWN: {},
  THROTTLED: { data: z.strictObject({ retryAfterSeconds: z.int().min(1) }) },
  /** The code's time is over, or the wish is unknown: from the start. */
  OVER: {},
};

/** What is on record changes: the iTSCOM ID, or how the customer is reached. */
export const recordContract = {
  /** `changeId` is the page's: a repeat replaces the wish, and the code that was mailed for it. */
  begin: oc
    .input(
      z.strictObject({
        sessionId: sessionIdSchema,
        changeId: changeIdSchema,
        wish: recordWishSchema,
        language: languageSchema,
      }),
    )
    .output(z.strictObject({ mailedTo: z.string().nullable() }))
    .errors({ ...centralErrors, NOT_ALLOWED: {}, NO_CONTACT: {}, ID_TAKEN: {} }),
  prove: oc
    .input(z.strictObject({ sessionId: sessionIdSchema, changeId: changeIdSchema, code: z.string().min(1).max(40) }))
    .output(z.void())
    .errors({ ...centralErrors, CODE_WRONG: {} }),
  complete: oc
    .input(z.strictObject({ sessionId: sessionIdSchema, changeId: changeIdSchema }))
    .output(changedRecordSchema)
    .errors({ ...centralErrors, ID_TAKEN: {} }),
  print: oc
    .input(z.strictObject({ sessionId: sessionIdSchema, changeId: changeIdSchema, language: languageSchema }))
    .output(printOutcomeSchema)
    .errors({ ...sessionErrors, NOT_HELD: {} }),
};
