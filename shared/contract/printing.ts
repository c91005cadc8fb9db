import { z } from 'zod';

export const printOutcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('printed') }),
  /** Nothing was sent to the printer. */
  z.strictObject({ kind: z.literal('refused'), reason: z.enum(['paper-out', 'cover-open', 'offline', 'error']) }),
  /** Part of it may be on paper. */
  z.strictObject({ kind: z.literal('failed'), reason: z.enum(['paper-out', 'cover-open', 'offline', 'error']) }),
  /** The link dropped or hung in the middle of the job: nobody knows. */
  z.strictObject({ kind: z.literal('unknown') }),
  /** The printer never answers status requests; the bytes were taken. */
  z.strictObject({ kind: z.literal('no-status') }),
]);
export type PrintOutcome = z.infer<typeof printOutcomeSchema>;
