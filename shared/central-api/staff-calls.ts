import { z } from 'zod';
import { callIdSchema, callPlaceSchema } from '../domain/staff-call.ts';
import { staffMemberSchema } from '../domain/staff.ts';
import { terminalCodeSchema } from './terminal-v1.ts';

/**
 * House API: customers call staff to a terminal. Nothing of a call is about a customer. Two of the questions wait for an
 * answer that differs from what the terminal has, with `?known=<version>`, for CALL_WAIT_MS at the longest.
 */

/** PUT `<calls>/<id>` with the terminal's token. One that the terminal raised before and left is over with it. */
export const raiseCallRequestSchema = z.strictObject({ place: callPlaceSchema });

/** What answers PUT, GET and DELETE of `<calls>/<id>`: a terminal's own call as it stands. */
export const ownCallAnswerSchema = z.strictObject({
  version: z.string().min(1).max(100),
  state: z.enum(['calling', 'escalated', 'answered', 'over']),
  /** Who answered. */
  staffName: z.string().min(1).nullable(),
  /** Whether a staff terminal of the shop listens: one asked lately. */
  isHeard: z.boolean(),
});
export type OwnCallAnswer = z.infer<typeof ownCallAnswerSchema>;

/** GET `<calls>` with the terminal's token: who waits in the shop, the longest first. Asking is what listening is. */
export const shopCallsAnswerSchema = z.strictObject({
  version: z.string().min(1).max(100),
  calls: z.array(
    z.strictObject({
      id: callIdSchema,
      terminal: terminalCodeSchema,
      place: callPlaceSchema,
      waitingSeconds: z.int().min(0),
      isEscalated: z.boolean(),
    }),
  ),
});
export type ShopCallsAnswer = z.infer<typeof shopCallsAnswerSchema>;

/** POST `<staffCalls>/<id>/answer` with staff's token. The first one answers; who comes later is told who did. */
export const answerCallResponseSchema = z.strictObject({
  terminal: terminalCodeSchema,
  answeredBy: staffMemberSchema.pick({ number: true, name: true }),
});

/** How long central keeps such a question at the most. A staff terminal counts as listening a little longer than that. */
export const CALL_WAIT_MS = 8_000;
export const CALL_LISTENS_MS = 12_000;
