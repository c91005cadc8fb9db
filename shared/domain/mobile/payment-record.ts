import { z } from 'zod';

/** How the customer pays today; null: not at all yet. */
export const paymentRecordSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('card') }),
    z.strictObject({ kind: z.literal('bank-transfer'), monthsPaid: z.int().min(0) }),
  ])
  .nullable();
export type PaymentRecord = z.infer<typeof paymentRecordSchema>;

/** Months of transfers after which a line may be paid that way (p.95). */
export const MONTHS_OF_TRANSFERS = 6;

/** Whether a mobile line can be paid as the customer pays now; else a card is needed first. */
export function paysForLine(record: PaymentRecord): boolean {
  if (record === null) return false;
  return record.kind === 'card' || record.monthsPaid >= MONTHS_OF_TRANSFERS;
}
