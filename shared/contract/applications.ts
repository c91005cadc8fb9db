import { oc } from '@orpc/contract';
import { z } from 'zod';
import { captureHashSchema, CAPTURE_LIMITS } from '../central-api/captures.ts';
import { languageSchema } from '../domain/language.ts';
import { quoteSchema } from '../domain/quote.ts';
import { acceptedTermsSchema } from '../domain/terms.ts';
import { draftProblemSchema } from '../procedures/draft-problems.ts';
import { applicationIdSchema } from './application-id.ts';
import { receiptOutcomeSchema } from './events.ts';
import { printOutcomeSchema } from './printing.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

export const applicationsContract = {
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
        /** The kept draft that it came of. */
        draft: z.uuidv7().nullable().default(null),
        /** Ids of the pictures that go with it; others that were taken for it are erased. */
        captures: z.array(captureHashSchema).max(CAPTURE_LIMITS.ofApplication).default([]),
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
          problems: z.array(draftProblemSchema),
        }),
      },
      /** The backend computes another price than the customer saw; nothing was applied for. */
      QUOTE_CHANGED: { data: z.strictObject({ quote: quoteSchema }) },
      TERMS_INCOMPLETE: {},
      /** It names a picture that isn't there: it has to be taken anew. */
      CAPTURES_MISSING: {},
      /** Staff have attested nobody's identity for these answers. */
      IDENTITY_MISSING: {},
      /** It was to correct an application that another correction has taken the place of already. */
      ALREADY_CORRECTED: {},
      /** It was to correct an application that was accepted or withdrawn meanwhile, or is just being sent. */
      NOT_CORRECTABLE: {},
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
};
