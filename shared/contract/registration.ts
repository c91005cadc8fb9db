import { oc } from '@orpc/contract';
import { z } from 'zod';
import { redemptionSchema } from '../central-api/one-time-passwords.ts';
import { contactChoiceSchema, contractorSchema, registrationMailSchema } from '../central-api/registration.ts';
import { languageSchema } from '../domain/language.ts';
import { ONE_TIME_TYPED_MOST } from '../domain/one-time-password.ts';
import { acceptedTermsSchema } from '../domain/terms.ts';

/** The page's own names of one registration and of the visit; a fresh start takes new ones. */
export const registrationVisitSchema = z.strictObject({ registrationId: z.uuid(), visitId: z.uuid() });
export type RegistrationVisit = z.infer<typeof registrationVisitSchema>;

const errors = {
  /** Nothing came of it, or nobody knows: the same call again is harmless. */
  CENTRAL_UNREACHABLE: {},
  THROTTLED: { data: z.strictObject({ retryAfterSeconds: z.int().min(1) }) },
} as const;
/** Half an hour is over, or another registration of that contract was faster: all begins anew. */
const over = { OVER: {} } as const;

/** Registering an iTSCOM ID, for someone who isn't signed in. Nothing of it is kept by the backend. */
export const registrationContract = {
  verify: oc
    .input(registrationVisitSchema.extend({ contractor: contractorSchema }))
    .output(z.strictObject({ state: z.enum(['verified', 'additional']), replaces: z.boolean() }))
    .errors({ ...errors, ...over, CONTRACTOR_REFUSED: {} }),
  /** Mails link and code to the ID that was chosen. */
  mail: oc
    .input(
      registrationVisitSchema.extend({
        loginId: z.string().min(1).max(100),
        password: z.string().min(1).max(100),
        terms: z.array(acceptedTermsSchema).min(1),
        language: languageSchema,
      }),
    )
    .output(registrationMailSchema.pick({ presentContact: true, mailAddresses: true }))
    .errors({ ...errors, ...over, NOT_ALLOWED: {} }),
  /** Goes on here with what was begun elsewhere. */
  redeem: oc
    .input(registrationVisitSchema.extend({ password: z.string().min(1).max(ONE_TIME_TYPED_MOST) }))
    .output(redemptionSchema.omit({ id: true }))
    .errors({ ...errors, ONE_TIME_REFUSED: {} }),
  /** Whether the link was opened on the customer's phone meanwhile. */
  state: oc
    .input(registrationVisitSchema)
    .output(z.strictObject({ state: z.enum(['waiting', 'proved', 'over']), triesLeft: z.int().min(0) }))
    .errors(errors),
  prove: oc
    .input(registrationVisitSchema.extend({ code: z.string().min(1).max(40) }))
    .output(z.void())
    .errors({ ...errors, ...over, CODE_WRONG: {} }),
  complete: oc
    .input(registrationVisitSchema.extend({ contact: contactChoiceSchema }))
    .output(z.strictObject({ loginId: z.string() }))
    .errors({ ...errors, ...over }),
};
