import { z } from 'zod';
import type { PaymentRecord } from '../domain/mobile/payment-record.ts';
import { relatedPartySchema } from './common.ts';

/** TMF670's kinds, as far as central knows them: a card by its token only, never by its number. */
const CARD = 'TokenizedCard';
const BANK = 'BankAccountDebit';

/**
 * TMF670 v4, as far as a terminal reads it. `monthsPaid` goes beyond TMF: without it nobody knows of any month that was
 * paid by transfer.
 */
export const paymentMethodSchema = z.looseObject({
  id: z.string(),
  href: z.string().optional(),
  '@type': z.string(),
  monthsPaid: z.int().min(0).optional(),
  relatedParty: z.array(relatedPartySchema).optional(),
});
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

export const paymentMethodType = (kind: 'card' | 'bank-account'): string => (kind === 'card' ? CARD : BANK);

/** A card goes before a bank account: with it nothing else is asked. */
export function paymentRecordFrom(methods: readonly PaymentMethod[]): PaymentRecord {
  if (methods.some((method) => method['@type'] === CARD)) return { kind: 'card' };
  const bank = methods.find((method) => method['@type'] === BANK);
  return bank === undefined ? null : { kind: 'bank-transfer', monthsPaid: bank.monthsPaid ?? 0 };
}
