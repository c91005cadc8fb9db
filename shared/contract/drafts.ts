import { oc } from '@orpc/contract';
import { z } from 'zod';
import { draftContentSchema } from '../central-api/drafts.ts';
import { languageSchema } from '../domain/language.ts';
import { draftEntrySchema, draftIdSchema } from './draft-entry.ts';
import { printOutcomeSchema } from './printing.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

const draftInput = z.strictObject({ sessionId: sessionIdSchema, draftId: draftIdSchema });

/** The session's view lists them. */
export const draftsContract = {
  /** Answers once it is safely on disk and central has it, or after 5 s at the latest; then it is sent in the background. */
  keep: oc
    .input(draftInput.extend({ content: draftContentSchema, replaces: draftIdSchema.nullable() }))
    .output(draftEntrySchema)
    .errors({
      ...sessionErrors,
      /** Central keeps none, or none of this procedure, or it would take its own place. */
      NOT_OFFERED: {},
      TOO_MANY: {},
      /** The draft that the customer went on from has become an application meanwhile. */
      ALREADY_APPLIED: {},
      DISK_FULL: {},
    }),
  read: oc
    .input(draftInput)
    .output(draftContentSchema)
    .errors({ ...sessionErrors, UNKNOWN_DRAFT: {}, CENTRAL_UNREACHABLE: {} }),
  erase: oc
    .input(draftInput)
    .output(z.void())
    .errors({ ...sessionErrors, CENTRAL_UNREACHABLE: {} }),
  print: oc
    .input(draftInput.extend({ language: languageSchema }))
    .output(printOutcomeSchema)
    .errors({ ...sessionErrors, UNKNOWN_DRAFT: {} }),
};
