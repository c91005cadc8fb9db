import { oc } from '@orpc/contract';
import { z } from 'zod';
import { callIdSchema, callPlaceSchema } from '../domain/staff-call.ts';
import { staffSessionIdSchema } from './staff.ts';

export const callsContract = {
  /** 係員を呼ぶ, pressed by a customer. The page makes the id; what becomes of it comes as events. */
  raise: oc
    .input(
      z.strictObject({
        callId: callIdSchema,
        place: callPlaceSchema,
        /** Whose call it is, and with whose session it ends; null: nobody has signed in. */
        sessionId: z.uuid().nullable(),
      }),
    )
    .output(z.void()),
  /** Withdrawn, or done with; one that is over already is fine. */
  end: oc.input(z.strictObject({ callId: callIdSchema })).output(z.void()),
  /** 応対する. The first one answers; who comes later is told who did. */
  answer: oc
    .input(z.strictObject({ staffSessionId: staffSessionIdSchema, callId: callIdSchema }))
    .output(z.strictObject({ terminal: z.string(), staffName: z.string(), isYou: z.boolean() }))
    .errors({
      STAFF_GONE: {},
      STAFF_AWAY: {},
      CENTRAL_UNREACHABLE: {},
      /** Withdrawn, or too old. */
      CALL_OVER: {},
    }),
};
