import { z } from 'zod';
import { businessDateSchema } from './business-time.ts';
import { priceGroupSchema } from './catalog.ts';
import { characteristicsSchema } from './characteristics.ts';
import { paymentRecordSchema } from './mobile/payment-record.ts';
import { yenSchema } from './money.ts';

/** States of TMF637 that a counter meets. */
export const CONTRACT_STATUSES = [
  'created',
  'pendingActive',
  'active',
  'suspended',
  'pendingTerminate',
  'terminated',
] as const;

/** How a device came to the customer. */
export const PROVISIONS = ['rental', 'purchase'] as const;
export const provisionSchema = z.enum(PROVISIONS);
export type Provision = z.infer<typeof provisionSchema>;

/** One product of a customer: a course, a device, an option, a bundle, a discount. */
export const contractSchema = z.strictObject({
  id: z.string().min(1),
  offeringId: z.string().min(1),
  /** As central calls it; the catalog's translated name goes before it where the offering is known. */
  name: z.string().min(1),
  group: priceGroupSchema,
  status: z.enum(CONTRACT_STATUSES),
  /** What this customer pays, tax included: may differ from today's list price. */
  monthlyYen: yenSchema,
  startedOn: businessDateSchema.nullable(),
  /** Of a terminated one; absent: not told. */
  endedOn: businessDateSchema.optional(),
  /** Term of a bundle or a 2-year course: first day and length in months. It renews itself. */
  term: z.strictObject({ startsOn: businessDateSchema, months: z.int().min(1) }).nullable(),
  provision: provisionSchema.nullable(),
  characteristics: characteristicsSchema.optional(),
  /** The fee given here holds from this day on; null: it holds already. */
  feeFrom: businessDateSchema.nullable(),
  /** An order that touches it is on its way; a second one would be held. */
  changePending: z.boolean(),
});
export type Contract = z.infer<typeof contractSchema>;

/** お客さま番号 */
export const customerNumberSchema = z.string().regex(/^\d{10}$/);

export const customerSchema = z.strictObject({
  number: customerNumberSchema,
  name: z.string().min(1),
  kana: z.string().min(1),
  dwelling: z.enum(['house', 'flat']),
  contactEmail: z.string().nullable(),
  /** The mailboxes that the operator keeps for the customer; without it central says nothing of any. */
  mailAddresses: z.array(z.string()).readonly().optional(),
});
export type Customer = z.infer<typeof customerSchema>;

/** What is known of the customer: staff offline knows nothing but the number. */
export const customerFactsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('known'),
    customer: customerSchema,
    contracts: z.array(contractSchema).readonly(),
    /** Offerings that can't be had where the customer lives (TMF679); without it nobody has looked. */
    notAtAddress: z.array(z.string()).readonly().optional(),
    /** 入荷待ち (TMF687); without it no stock is known of, and central finds out. */
    outOfStock: z.array(z.string()).readonly().optional(),
    /** How the customer pays (TMF670); without it nobody has looked. */
    payment: paymentRecordSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal('unknown'),
    customerNumber: customerNumberSchema,
    /** What waits in this terminal's queue; without it nothing does. */
    ordered: z.array(contractSchema).readonly().optional(),
  }),
]);
export type CustomerFacts = z.infer<typeof customerFactsSchema>;

export function contractsKnown(facts: CustomerFacts): readonly Contract[] {
  return facts.kind === 'known' ? facts.contracts : [];
}

/** Contracts that count in the monthly total. */
export function currentContracts(contracts: readonly Contract[]): Contract[] {
  return contracts.filter((contract) => contract.status !== 'terminated' && contract.status !== 'created');
}
