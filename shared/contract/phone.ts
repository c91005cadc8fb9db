import { oc } from '@orpc/contract';
import { z } from 'zod';
import { IDENTIFIED_PERSONS, identityDocumentSchema, PICTURE_KINDS } from '../domain/identity-policy.ts';
import { languageSchema } from '../domain/language.ts';
import { applicationIdSchema } from './application-id.ts';
import { takenSchema } from './captures.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

const handOverIdSchema = z.uuid();
const ofHandOver = { sessionId: sessionIdSchema, handOverId: handOverIdSchema };

const phoneLinkSchema = z.strictObject({
  handOverId: handOverIdSchema,
  /** Of the page, for who types it. */
  page: z.string(),
  password: z.string(),
  sides: z.array(z.enum(PICTURE_KINDS)).min(1),
  /** Epoch ms, business clock. */
  until: z.int(),
});
export type PhoneLink = z.infer<typeof phoneLinkSchema>;

const phoneStandingSchema = z.strictObject({
  /** `opened`: on one phone; `done`: every side is kept; `over`: expired or revoked, and nothing is kept. */
  state: z.enum(['waiting', 'opened', 'done', 'over']),
  /** More than before: the phone is being used. */
  heard: z.int().min(0),
  /** What this terminal keeps of it. */
  taken: z.array(takenSchema),
});
export type PhoneStanding = z.infer<typeof phoneStandingSchema>;

/** As it was found last. */
const phoneBegunSchema = z.strictObject({
  person: z.enum(IDENTIFIED_PERSONS),
  document: identityDocumentSchema,
  link: phoneLinkSchema,
  standing: phoneStandingSchema,
});
export type PhoneBegun = z.infer<typeof phoneBegunSchema>;

/** A document is photographed by the customer's own phone, through central. */
export const phoneContract = {
  /**
   * The customer agreed. What was photographed of that person before is erased. The same call again is answered with the
   * same link.
   */
  begin: oc
    .input(
      z.strictObject({
        ...ofHandOver,
        applicationId: applicationIdSchema,
        person: z.enum(IDENTIFIED_PERSONS),
        document: identityDocumentSchema,
        language: languageSchema,
      }),
    )
    .output(phoneLinkSchema)
    .errors({
      ...sessionErrors,
      CENTRAL_UNREACHABLE: {},
      /** The policy wants none of that document from a phone, here or at central. */
      NOT_WANTED: {},
      /** The application is another session's, or was applied for already. */
      NOT_OPEN: {},
    }),
  /**
   * What was begun for it and is under way still, for whoever comes back to its screen; null: nothing. What central
   * hasn't answered by then is given up.
   */
  begun: oc
    .input(z.strictObject({ sessionId: sessionIdSchema, applicationId: applicationIdSchema }))
    .output(phoneBegunSchema.nullable())
    .errors(sessionErrors),
  /** How it stands; what came meanwhile is judged and kept, as the camera's is. */
  look: oc
    .input(z.strictObject(ofHandOver))
    .output(phoneStandingSchema)
    .errors({ ...sessionErrors, CENTRAL_UNREACHABLE: {} }),
  /** Unless every side is kept, the phone can send nothing any more, and what it sent is erased. */
  cancel: oc.input(z.strictObject(ofHandOver)).output(z.void()),
};
