import { z } from 'zod';

/** Why a terminal is not in service. */
export const enrolmentCauseSchema = z.enum([
  /** It was never bound to a shop. */
  'new',
  /** Somebody took it out of service at central. */
  'revoked',
  /** Central does not know it any more. */
  'unknown',
  /** Who it was is lost with a part of its disk. */
  'lost',
]);
export type EnrolmentCause = z.infer<typeof enrolmentCauseSchema>;

/** How far this terminal is with becoming one of a shop's. Until then it does nothing else. */
export const enrolmentSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('enrolled') }),
  /** It has no code to show: central cannot be reached. */
  z.strictObject({ state: z.literal('seeking'), cause: enrolmentCauseSchema }),
  z.strictObject({
    state: z.literal('waiting'),
    cause: enrolmentCauseSchema,
    /** What a manager compares, in letters that are hard to mix up. */
    code: z.string().min(1),
    /** Where the manager approves it. */
    page: z.url(),
    /** false: central is away, the code is still good. */
    isReachable: z.boolean(),
  }),
  /** Approved; its key is being registered. */
  z.strictObject({ state: z.literal('approved'), cause: enrolmentCauseSchema }),
]);
export type Enrolment = z.infer<typeof enrolmentSchema>;
