import { oc } from '@orpc/contract';
import { z } from 'zod';
import { businessDateSchema } from '../domain/business-time.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

/** What became of the customer's contracts by one order (manual p.109). */
export const historyEntrySchema = z.strictObject({
  orderId: z.string(),
  completedOn: businessDateSchema,
  /** null: ordered elsewhere than at a counter. */
  procedureId: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  changes: z.array(
    z.strictObject({ action: z.enum(['add', 'modify', 'delete']), offeringId: z.string(), count: z.int().min(1) }),
  ),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const historyContract = {
  /** The last 24 months, newest first; asks central now. */
  get: oc
    .input(z.strictObject({ sessionId: sessionIdSchema }))
    .output(z.array(historyEntrySchema))
    .errors({ ...sessionErrors, CENTRAL_UNREACHABLE: {} }),
};
