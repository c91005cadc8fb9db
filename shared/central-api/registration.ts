import { z } from 'zod';
import { ADDITIONAL_PROOFS, CONTRACTOR_MOST, proofKindSchema } from '../domain/contractor.ts';
import { languageSchema } from '../domain/language.ts';
import { acceptedTermsSchema } from '../domain/terms.ts';
import { portalIdSchema } from './common.ts';

const proofValueSchema = z.string().min(1).max(CONTRACTOR_MOST.proof);

/**
 * Registration of an iTSCOM ID (account.register), with the terminal's own token: nobody is signed in. `id` is the
 * terminal's name for it, and of the code that is mailed; `sessionId` its name for the visit. Repeats are harmless.
 */
export const contractorSchema = z.strictObject({
  kana: z.string().min(1).max(CONTRACTOR_MOST.kana),
  phone: z.string().min(1).max(CONTRACTOR_MOST.phone),
  proof: z.strictObject({ kind: proofKindSchema, value: proofValueSchema }),
  /** Where it was asked for. */
  additional: z.strictObject({ kind: z.enum(ADDITIONAL_PROOFS), value: proofValueSchema }).nullable(),
});
export type Contractor = z.infer<typeof contractorSchema>;

/** POST `<registrations>` */
export const registrationRequestSchema = z.strictObject({
  id: z.uuid(),
  sessionId: z.uuid(),
  contractor: contractorSchema,
});

export const registrationSchema = z.strictObject({
  id: z.uuid(),
  /** `additional`: name, phone and proof are of more than one contract; the same once more, with an additional proof. */
  state: z.enum(['verified', 'additional']),
  /** There is an iTSCOM ID already; this registration replaces it. */
  replaces: z.boolean(),
});
export type Registration = z.infer<typeof registrationSchema>;

/** An address of which only what its owner knows it by is shown. */
const hiddenAddressSchema = z.templateLiteral([z.string(), '@', z.string()]);

/** POST `<registrations>/<id>/mail`: what was chosen, and the mail with link and code to it. */
export const registrationMailRequestSchema = z.strictObject({
  sessionId: z.uuid(),
  loginId: portalIdSchema,
  password: z.string().min(1).max(100),
  terms: z.array(acceptedTermsSchema).min(1),
  language: languageSchema,
});
export const registrationMailSchema = z.strictObject({
  id: z.uuid(),
  expiresInSeconds: z.int().min(0),
  /** Where news have gone, all but its beginning and its domain hidden; null: nowhere, or to that ID too: no choice. */
  presentContact: z.string().nullable(),
  /** The operator's mailboxes of the customer beside these two, hidden likewise. */
  mailAddresses: z.array(hiddenAddressSchema),
});
export type RegistrationMail = z.infer<typeof registrationMailSchema>;

/** Where news go: to the ID itself, or where they have gone. */
export const CONTACT_CHOICES = ['id', 'present'] as const;
/** Or to a mailbox of the operator's, named as it was shown. */
export const contactChoiceSchema = z.union([z.enum(CONTACT_CHOICES), hiddenAddressSchema]);
export type ContactChoice = z.infer<typeof contactChoiceSchema>;

/** POST `<registrations>/<id>/completion`, when the code or the link has proved the address. */
export const registrationCompletionRequestSchema = z.strictObject({
  sessionId: z.uuid(),
  contact: contactChoiceSchema,
});
export const registrationCompletionSchema = z.strictObject({
  id: z.uuid(),
  loginId: z.string(),
  registeredAt: z.iso.datetime(),
});

export const REGISTRATION_ERRORS = {
  /** 422: nobody is known by that, or too many tries were wrong. Nothing tells which. */
  contractorRefused: 'contractor-refused',
  /** 409: half an hour is over, or another registration of the same contract was faster. */
  over: 'registration-over',
  /** 422: ID or password break the rules, or the terms of the ID are not among those that were accepted. */
  rule: 'registration-rule',
} as const;
