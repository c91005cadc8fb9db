import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogSchema } from '../domain/catalog.ts';
import { contractSchema, customerSchema } from '../domain/contract.ts';
import { languageSchema } from '../domain/language.ts';
import { quoteSchema } from '../domain/quote.ts';
import { acceptedTermsSchema, termsDocumentSchema, termsIdSchema } from '../domain/terms.ts';
import { receiptOutcomeSchema, terminalEventSchema, terminalStatusSchema } from './events.ts';

/**
 * What the renderer and the terminal's backend say to each other, over every carrier. Expected failures are typed
 * error codes; anything else reaches the page as INTERNAL with a correlation id and nothing of its text.
 */

const sessionIdSchema = z.uuid();
/** UUIDv7 made on the terminal when the procedure starts: a repeat of the call with the same id is harmless. */
export const applicationIdSchema = z.uuidv7();

const sessionErrors = {
  /** Ended, timed out, or of a page that is gone. */
  SESSION_GONE: {},
} as const;

export const signedInSchema = z.strictObject({
  sessionId: sessionIdSchema,
  customer: customerSchema,
});

export const sessionViewSchema = z.strictObject({
  customer: customerSchema,
  contracts: z.array(contractSchema),
  /** When central said so (epoch ms, corrected by central's clock). */
  asOf: z.int(),
  /** false: central can't be reached now, this is what was prefetched for the session. */
  fresh: z.boolean(),
  applications: z.array(receiptOutcomeSchema),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

export const printOutcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('printed') }),
  /** Nothing was sent to the printer. */
  z.strictObject({ kind: z.literal('refused'), reason: z.enum(['paper-out', 'cover-open', 'offline', 'error']) }),
  /** Part of it may be on paper. */
  z.strictObject({ kind: z.literal('failed'), reason: z.enum(['paper-out', 'cover-open', 'offline', 'error']) }),
  /** The link dropped or hung in the middle of the job: nobody knows. */
  z.strictObject({ kind: z.literal('unknown') }),
  /** The printer never answers status requests; the bytes were taken. */
  z.strictObject({ kind: z.literal('no-status') }),
]);
export type PrintOutcome = z.infer<typeof printOutcomeSchema>;

export const contract = {
  terminal: {
    status: oc.output(terminalStatusSchema),
    /** Ends only with the connection. The first event is the present status. */
    events: oc.output(eventIterator(terminalEventSchema)),
    /** Proof of life, every few seconds while a page is open. */
    heartbeat: oc
      .input(z.strictObject({ sessionId: sessionIdSchema.nullable() }))
      .output(z.strictObject({ sessionAlive: z.boolean() })),
  },
  session: {
    signIn: oc
      .input(
        z.strictObject({
          /** Made by the page: a repeat after a dropped connection gives the same session. */
          requestId: z.uuid(),
          loginId: z.string().min(1).max(100),
          password: z.string().min(1).max(100),
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
  },
  catalog: {
    get: oc
      .output(
        z.strictObject({
          catalog: catalogSchema,
          /** When central sent it (epoch ms). */
          asOf: z.int(),
          /** false: from the terminal's cache, central can't be reached. */
          fresh: z.boolean(),
        }),
      )
      .errors({ CATALOG_MISSING: {} }),
  },
  terms: {
    get: oc
      .input(z.strictObject({ ids: z.array(termsIdSchema), language: languageSchema }))
      .output(z.array(termsDocumentSchema)),
  },
  applications: {
    /**
     * この内容で申込む. Answers once the application is safely on disk and central has answered, or after 5 s at the
     * latest; then it is provisional (仮受付) and goes on in the background.
     */
    submit: oc
      .input(
        z.strictObject({
          sessionId: sessionIdSchema,
          applicationId: applicationIdSchema,
          procedureId: z.string(),
          answers: z.record(z.string(), z.string()),
          /** What was on the review: compared with what the backend computes. */
          shownQuote: quoteSchema,
          terms: z.array(acceptedTermsSchema),
          language: languageSchema,
        }),
      )
      .output(receiptOutcomeSchema)
      .errors({
        ...sessionErrors,
        UNKNOWN_PROCEDURE: {},
        NOT_AVAILABLE: { data: z.strictObject({ reason: z.string() }) },
        /** Answers that are not (or no longer) offered. */
        INVALID_ANSWERS: {
          data: z.strictObject({
            problems: z.array(z.strictObject({ question: z.string(), problem: z.enum(['missing', 'not-offered']) })),
          }),
        },
        /** The backend computes another price than the customer saw; nothing was applied for. */
        QUOTE_CHANGED: { data: z.strictObject({ quote: quoteSchema }) },
        TERMS_INCOMPLETE: {},
        /** Refused before anything was acknowledged. */
        DISK_FULL: {},
        /** The terminal lacks what it needs to keep an application safely (rescue key, set-up). */
        NOT_READY: {},
      }),
    /** Prints, or prints again, the slip of an application of this session. */
    print: oc
      .input(z.strictObject({ sessionId: sessionIdSchema, applicationId: applicationIdSchema }))
      .output(printOutcomeSchema)
      .errors({ ...sessionErrors, UNKNOWN_APPLICATION: {} }),
  },
};
