import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CAPTURE_LIMITS, captureHashSchema } from '../central-api/captures.ts';
import { applicationIdSchema } from './application-id.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

const ofApplication = { sessionId: sessionIdSchema, applicationId: applicationIdSchema };

export const capturesContract = {
  /**
   * A picture of the identity check, for the application that is being made. Sealed on disk when it answers, without
   * what was written in it beside the picture; the same one again is the same.
   */
  keep: oc
    .input(z.strictObject({ ...ofApplication, picture: z.file().max(CAPTURE_LIMITS.bytes) }))
    .output(z.strictObject({ captureId: captureHashSchema }))
    .errors({
      ...sessionErrors,
      /** Neither a whole JPEG nor a whole PNG. */
      NO_PICTURE: {},
      /** As many as an application may have: one has to be discarded first. */
      TOO_MANY: {},
      /** The application is another session's, or was applied for already. */
      NOT_OPEN: {},
      DISK_FULL: {},
      /** The terminal lacks what it needs to keep a picture safely (rescue key, set-up). */
      NOT_READY: {},
    }),
  /** It was taken anew, or isn't needed after all. A repeat is harmless. */
  discard: oc
    .input(z.strictObject({ ...ofApplication, captureId: captureHashSchema }))
    .output(z.void())
    .errors({ ...sessionErrors, NOT_OPEN: {} }),
};
