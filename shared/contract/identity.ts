import { oc } from '@orpc/contract';
import { z } from 'zod';
import { captureHashSchema } from '../central-api/captures.ts';
import {
  chipSaysSchema,
  IDENTIFIED_PERSONS,
  identityDocumentSchema,
  identityPolicySchema,
  seenDocumentSchema,
} from '../domain/identity-policy.ts';
import { PERSON_FIELDS } from '../domain/mobile/same-person.ts';
import { STAFF_ENTRY_MOST } from '../domain/staff.ts';
import { applicationIdSchema } from './application-id.ts';
import { chipPinSchema, readProblemSchema } from './chip.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';
import { pinErrors, pinSchema } from './staff.ts';

const ofApplication = { sessionId: sessionIdSchema, applicationId: applicationIdSchema };
const ofAnswers = {
  ...ofApplication,
  procedureId: z.string(),
  /** What was compared: with other answers it holds no longer. */
  answers: z.record(z.string(), z.string()),
};
const judgement = {
  /** Not what the policy wants of that document. */
  INCOMPLETE: {},
  /** The document says something else than the application, and nobody may pass over it, or nobody did. */
  DIFFERS: {
    data: z.strictObject({ person: z.enum(IDENTIFIED_PERSONS), fields: z.array(z.enum(PERSON_FIELDS)) }),
  },
};

export const identityContract = {
  /** How identity may be proved, as the operator has it. */
  policy: oc.output(identityPolicySchema),
  /** Staff, by number and PIN at the customer's own screen, say what they saw of whose document. */
  attest: oc
    .input(
      z.strictObject({
        ...ofAnswers,
        seen: z.array(seenDocumentSchema).max(4),
        number: z.string().min(1).max(STAFF_ENTRY_MOST),
        pin: pinSchema,
      }),
    )
    /** With the pictures that go with the application. */
    .output(z.strictObject({ staffName: z.string(), captures: z.array(captureHashSchema) }))
    .errors({
      ...sessionErrors,
      ...pinErrors,
      ...judgement,
    }),
  /** The chip of that person's document, by the reader beside the screen. The terminal keeps what it says for this application. */
  readChip: oc
    .input(
      z.strictObject({
        ...ofApplication,
        person: z.enum(IDENTIFIED_PERSONS),
        document: identityDocumentSchema,
        pin: chipPinSchema,
      }),
    )
    .output(chipSaysSchema)
    .errors({
      ...sessionErrors,
      READ_FAILED: { data: readProblemSchema },
      /** The policy makes nothing of that document's chip. */
      NOT_WANTED: {},
    }),
  /** Nobody of the staff is there: everybody's chip was read, and agrees. */
  identify: oc
    .input(z.strictObject(ofAnswers))
    .output(z.void())
    .errors({ ...sessionErrors, ...judgement }),
};
