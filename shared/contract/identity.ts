import { oc } from '@orpc/contract';
import { z } from 'zod';
import { captureHashSchema } from '../central-api/captures.ts';
import { IDENTIFIED_PERSONS, identityPolicySchema, seenDocumentSchema } from '../domain/identity-policy.ts';
import { PERSON_FIELDS } from '../domain/mobile/same-person.ts';
import { applicationIdSchema } from './application-id.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';
import { pinErrors, pinSchema } from './staff.ts';

export const identityContract = {
  /** How identity may be proved, as the operator has it. */
  policy: oc.output(identityPolicySchema),
  /** Staff, by number and PIN at the customer's own screen, say what they saw of whose document. */
  attest: oc
    .input(
      z.strictObject({
        sessionId: sessionIdSchema,
        applicationId: applicationIdSchema,
        procedureId: z.string(),
        /** What was compared: with other answers it holds no longer. */
        answers: z.record(z.string(), z.string()),
        seen: z.array(seenDocumentSchema).max(4),
        number: z.string().min(1).max(20),
        pin: pinSchema,
      }),
    )
    /** With the pictures that go with the application. */
    .output(z.strictObject({ staffName: z.string(), captures: z.array(captureHashSchema) }))
    .errors({
      ...sessionErrors,
      ...pinErrors,
      /** Not what the policy wants of that document. */
      INCOMPLETE: {},
      /** The document says something else than the application, and nobody may pass over it, or nobody did. */
      DIFFERS: {
        data: z.strictObject({ person: z.enum(IDENTIFIED_PERSONS), fields: z.array(z.enum(PERSON_FIELDS)) }),
      },
    }),
};
