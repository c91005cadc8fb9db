import { oc } from '@orpc/contract';
import { z } from 'zod';
import { accountSchema } from '../domain/account.ts';
import { customerFactsSchema } from '../domain/contract.ts';
import { customerRecordSchema } from '../domain/customer-record.ts';
import { languageSchema } from '../domain/language.ts';
import { SIGN_IN_MOST } from '../domain/portal-id.ts';
import { draftEntrySchema } from './draft-entry.ts';
import { receiptOutcomeSchema } from './events.ts';

export const sessionIdSchema = z.uuid();

export const sessionErrors = {
  /** Ended, timed out, or of a page that is gone. */
  SESSION_GONE: {},
} as const;

export const signedInSchema = z.strictObject({
  sessionId: sessionIdSchema,
});

export const sessionViewSchema = z.strictObject({
  facts: customerFactsSchema,
  /** null: nothing but the customer's number is known. */
  record: customerRecordSchema.nullable(),
  /** When central said so (epoch ms, corrected by central's clock). */
  asOf: z.int(),
  /** false: central can't be reached now, this is what was prefetched for the session. */
  fresh: z.boolean(),
  /** What the customer signs in with elsewhere. */
  accounts: z.array(accountSchema),
  applications: z.array(receiptOutcomeSchema),
  /** What the customer kept and can go on with; null: nothing is kept for them. */
  drafts: z.array(draftEntrySchema).nullable(),
  /** The application that this session is for correcting: what comes of that procedure takes its place. */
  correcting: z.strictObject({ procedureId: z.string(), receiptNumber: z.string() }).nullable(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

export const sessionContract = {
  signIn: oc
    .input(
      z.strictObject({
        /** Made by the page: a repeat after a dropped connection gives the same session. */
        requestId: z.uuid(),
        loginId: z.string().min(1).max(SIGN_IN_MOST),
        password: z.string().min(1).max(SIGN_IN_MOST),
        language: languageSchema,
      }),
    )
    .output(signedInSchema)
    .errors({
      /** Unknown ID, wrong password and locked account read alike. */
      SIGN_IN_REFUSED: {},
      THROTTLED: { data: z.strictObject({ retryAfterSeconds: z.int().min(1) }) },
      /** Signing in needs central. */
      CENTRAL_UNREACHABLE: {},
    }),
  view: oc
    .input(z.strictObject({ sessionId: sessionIdSchema }))
    .output(sessionViewSchema)
    .errors(sessionErrors),
  /** The customer touched something: the backend's own time-out starts anew. */
  touch: oc
    .input(z.strictObject({ sessionId: sessionIdSchema }))
    .output(z.void())
    .errors(sessionErrors),
  /** Wipes the session; ending one that is gone already is fine. */
  end: oc.input(z.strictObject({ sessionId: sessionIdSchema })).output(z.void()),
};
