import { z } from 'zod';

/** Why an application is taken back at the shop; chosen by staff, logged here and at central. */
export const WITHDRAWAL_REASONS = ['customer-wish', 'entered-wrongly', 'entered-twice', 'cannot-be-done'] as const;
export const withdrawalReasonSchema = z.enum(WITHDRAWAL_REASONS);
export type WithdrawalReason = z.infer<typeof withdrawalReasonSchema>;
