import { oc } from '@orpc/contract';
import { z } from 'zod';
import { orderStateSchema } from '../central-api/product-order.ts';
import { businessDateSchema } from '../domain/business-time.ts';
import { stateReasonSchema } from './events.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

const orderChangeSchema = z.strictObject({
  action: z.enum(['add', 'modify', 'delete']),
  offeringId: z.string(),
  count: z.int().min(1),
  /** In an order that was carried out in part: this was not. */
  failed: z.boolean(),
  /** Central tells these once it is carried out; null: not told. */
  startsOn: businessDateSchema.nullable(),
  /** Of that day, `HH:MM`; null: from its beginning. */
  startsAt: z.iso.time({ precision: -1 }).nullable(),
  feeFrom: businessDateSchema.nullable(),
  endsOn: businessDateSchema.nullable(),
});
export type OrderChange = z.infer<typeof orderChangeSchema>;

/** One order of the customer: how far it is, and what it does to the contracts (manual p.109). */
export const historyEntrySchema = z.strictObject({
  orderId: z.string(),
  state: orderStateSchema,
  /** Why a person has to decide, or decided against it; null: central gives none. */
  reason: stateReasonSchema.nullable(),
  orderedOn: businessDateSchema,
  /** null: not carried out. */
  completedOn: businessDateSchema.nullable(),
  /** null: central doesn't say. */
  expectedOn: businessDateSchema.nullable(),
  /** null: ordered elsewhere than at a counter. */
  procedureId: z.string().nullable(),
  receiptNumber: z.string().nullable(),
  changes: z.array(orderChangeSchema),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const historyContract = {
  /** Orders that aren't settled, and those of the last 24 months; each newest first. Asks central now. */
  get: oc
    .input(z.strictObject({ sessionId: sessionIdSchema }))
    .output(z.array(historyEntrySchema))
    .errors({ ...sessionErrors, CENTRAL_UNREACHABLE: {} }),
};
