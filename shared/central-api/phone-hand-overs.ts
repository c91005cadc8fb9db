import { z } from 'zod';
import { IDENTIFIED_PERSONS, identityDocumentSchema, PICTURE_KINDS } from '../domain/identity-policy.ts';
import { FLAWS } from '../domain/frame/frame.ts';
import { languageSchema } from '../domain/language.ts';
import { ONE_TIME_DIGITS } from '../domain/one-time-password.ts';
import { captureHashSchema, captureMediaTypeSchema } from './captures.ts';

export const HAND_OVER_LIFE_SECONDS = 20 * 60;
export const HAND_OVER_TRIES = 5;
/** A page of ours shrinks pictures to far less. */
export const PHONE_PICTURE_BYTES = 4 * 1024 * 1024;
/** Along its longer side; nobody could read a card on less. */
export const PHONE_PICTURE_PIXELS = 640;
/** Good and bad ones, and what is none, of one hand-over. */
export const PHONE_PICTURES_MOST = 40;

/**
 * POST `<phoneHandOvers>` with the terminal's own token: the customer is to photograph a document with their own phone. It
 * takes the place of the one before of that session. `id` is the terminal's name for it.
 */
export const handOverRequestSchema = z.strictObject({
  id: z.uuid(),
  sessionId: z.uuid(),
  applicationId: z.uuidv7(),
  person: z.enum(IDENTIFIED_PERSONS),
  document: identityDocumentSchema,
  language: languageSchema,
});
export type HandOverRequest = z.infer<typeof handOverRequestSchema>;

export const handOverSchema = z.strictObject({
  id: z.uuid(),
  /** Good for one phone. */
  password: z.string().length(ONE_TIME_DIGITS),
  /** Where it is used. */
  page: z.url(),
  sides: z.array(z.enum(PICTURE_KINDS)).min(1),
  expiresInSeconds: z.int().min(0),
});

/** `front-first`: nothing to compare a tilted card with; `unavailable`: the terminal could not keep it. */
export const PHONE_FLAWS = [...FLAWS, 'torn', 'too-small', 'front-first', 'unavailable'] as const;
export const phoneFlawSchema = z.enum(PHONE_FLAWS);
export type PhoneFlaw = z.infer<typeof phoneFlawSchema>;

/** GET `<phoneHandOvers>/<id>?sessionId=`: how it stands. */
export const handOverStateSchema = z.strictObject({
  id: z.uuid(),
  /** `opened`: on a phone; `done`: every side was kept; `over`: it expired or was taken back, or never was. */
  state: z.enum(['waiting', 'opened', 'done', 'over']),
  expiresInSeconds: z.int().min(0),
  /** How often the phone asked for anything so far: more than before means that it is being used. */
  heard: z.int().min(0).default(0),
  /** Pictures that the terminal is to judge. */
  waiting: z.array(z.strictObject({ side: z.enum(PICTURE_KINDS), hash: captureHashSchema })),
});
export type HandOverState = z.infer<typeof handOverStateSchema>;

/** GET `…/<id>/pictures/<side>?sessionId=` */
export const phonePictureSchema = z.strictObject({
  side: z.enum(PICTURE_KINDS),
  hash: captureHashSchema,
  mediaType: captureMediaTypeSchema,
  base64: z.base64(),
});

/** POST `…/<id>/pictures/<side>/verdict`: central has the picture no more. What it says of another one says nothing. */
export const phoneVerdictSchema = z.strictObject({
  sessionId: z.uuid(),
  hash: captureHashSchema,
  /** null: the terminal keeps it. */
  flaw: phoneFlawSchema.nullable(),
});

/** POST `…/<id>/revocation`: harmless to repeat. */
export const handOverRevocationSchema = z.strictObject({ sessionId: z.uuid() });

export const HAND_OVER_ERRORS = {
  /** 422: the policy wants no picture of that document, or none from a phone. */
  notWanted: 'document-not-wanted',
} as const;
