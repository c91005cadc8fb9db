import { oc } from '@orpc/contract';
import { z } from 'zod';
import { applicationIdSchema } from './application-id.ts';
import { printOutcomeSchema } from './printing.ts';
import { staffSessionIdSchema } from './staff.ts';

export const reprintContract = {
  /**
   * Prints an application's slip again, marked as such and written down. Once central has accepted it, what is on the
   * slip comes from there. `number`: how many times this slip has been printed again; it stays where nothing was sent.
   */
  print: oc
    .input(z.strictObject({ staffSessionId: staffSessionIdSchema, applicationId: applicationIdSchema }))
    .output(z.strictObject({ outcome: printOutcomeSchema, number: z.int().min(1) }))
    .errors({
      STAFF_GONE: {},
      STAFF_AWAY: {},
      UNKNOWN_APPLICATION: {},
      /** Its content was erased here, and central can't be asked now. */
      NEEDS_CENTRAL: {},
      /** Neither the terminal nor central can say any more what was on it. */
      NOT_READABLE: {},
    }),
};
