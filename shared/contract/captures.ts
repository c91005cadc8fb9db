import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CAPTURE_LIMITS, captureHashSchema } from '../central-api/captures.ts';
import { FACE_FLAWS, LIKENESS, TILT_FLAWS, TILT_SIDES } from '../domain/face.ts';
import { FLAWS } from '../domain/frame/frame.ts';
import { IDENTIFIED_PERSONS, pictureSubjectSchema } from '../domain/identity-policy.ts';
import { applicationIdSchema } from './application-id.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

const ofApplication = { sessionId: sessionIdSchema, applicationId: applicationIdSchema };

/**
 * A picture that the terminal has, and how the card on it looks from far away: its other side is to look otherwise, and
 * the card itself alike where it is held tilted.
 */
export const takenSchema = z.strictObject({
  shows: pictureSubjectSchema,
  captureId: captureHashSchema,
  /** The customer's own phone took it, and not this terminal's camera. */
  byPhone: z.boolean(),
  looks: z.array(z.number()),
  /** Of the holder's face, with the one on the document; null: it shows something else. */
  likeness: z.enum(LIKENESS).nullable(),
  /** To which side its holder is asked to tilt the head, and whether that was seen; null: it shows no face. */
  tilt: z
    .strictObject({
      to: z.enum(TILT_SIDES),
      /** null: nobody has looked, or it couldn't be told. */
      isSeen: z.boolean().nullable(),
    })
    .nullable(),
});
export type Taken = z.infer<typeof takenSchema>;

export const capturesContract = {
  /** The customer agreed to be photographed: from now on, and until `end`, the page may have the camera. */
  begin: oc
    .input(z.strictObject(ofApplication))
    .output(z.void())
    .errors({ ...sessionErrors, NOT_OPEN: {} }),
  end: oc.input(z.strictObject({ sessionId: sessionIdSchema })).output(z.void()),
  /** What was photographed for it so far. */
  taken: oc
    .input(z.strictObject(ofApplication))
    .output(z.array(takenSchema))
    .errors({ ...sessionErrors, NOT_OPEN: {} }),
  /** For staff, who compare it with the original. It is opened for this answer alone, and lies nowhere but sealed. */
  show: oc
    .input(z.strictObject({ ...ofApplication, captureId: captureHashSchema }))
    .output(z.file())
    .errors({
      ...sessionErrors,
      NOT_OPEN: {},
      /** None of this application's, or what lay on the disk is gone or damaged. */
      LOST: {},
    }),
  /**
   * What was taken is erased: of this person, whose document is photographed anew; null: of everybody, since nobody
   * applies with it any more.
   */
  discard: oc
    .input(z.strictObject({ ...ofApplication, person: z.enum(IDENTIFIED_PERSONS).nullable() }))
    .output(z.void())
    .errors({ ...sessionErrors, NOT_OPEN: {} }),
  /** Of this person's face alone, who is not to be photographed after all. */
  discardFace: oc
    .input(z.strictObject({ ...ofApplication, person: z.enum(IDENTIFIED_PERSONS) }))
    .output(z.void())
    .errors({ ...sessionErrors, NOT_OPEN: {} }),
  /**
   * A picture of the identity check, for the application that is being made. It is judged once more, and sealed on disk
   * when it answers, without what was written in it beside the picture; the same one again is the same. It takes the
   * place of the one that showed this side before.
   */
  keep: oc
    .input(
      z.strictObject({ ...ofApplication, shows: pictureSubjectSchema, picture: z.file().max(CAPTURE_LIMITS.bytes) }),
    )
    .output(takenSchema)
    .errors({
      ...sessionErrors,
      /** Neither a whole JPEG nor a whole PNG. */
      NO_PICTURE: {},
      /** Nobody could read the document on it, or it shows the other side once more. */
      NOT_LEGIBLE: { data: z.strictObject({ flaw: z.enum(FLAWS) }) },
      /** No face to be compared is on it: another picture of it, or none. */
      NO_GOOD_FACE: { data: z.strictObject({ flaw: z.enum(FACE_FLAWS) }) },
      /** The policy wants no such picture of that document, or not before its front. */
      NOT_WANTED: {},
      /** Before `begin`. */
      NOT_AGREED: {},
      /** As many as an application may have: one has to be discarded first. */
      TOO_MANY: {},
      /** The application is another session's, or was applied for already. */
      NOT_OPEN: {},
      DISK_FULL: {},
      /** The terminal lacks what it needs to keep a picture safely (rescue key, set-up). */
      NOT_READY: {},
    }),
  /**
   * Whether the person whose face was kept tilts the head as they were asked to. The picture is looked at and kept nowhere.
   */
  tilt: oc
    .input(
      z.strictObject({
        ...ofApplication,
        captureId: captureHashSchema,
        picture: z.file().max(CAPTURE_LIMITS.bytes),
      }),
    )
    .output(takenSchema)
    .errors({
      ...sessionErrors,
      NO_PICTURE: {},
      NOT_TILTED: { data: z.strictObject({ flaw: z.enum(TILT_FLAWS) }) },
      /** It can't be told here and now. */
      NOT_SEEN: {},
      /** There is no such face any more. */
      NOT_WANTED: {},
      NOT_OPEN: {},
    }),
};
