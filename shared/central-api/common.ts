import { z } from 'zod';
import { PORTAL_ID_LENGTHS } from '../domain/portal-id.ts';
import { yenSchema } from '../domain/money.ts';

/** An iTSCOM ID as it is kept and looked for: a mail address means the same in whatever case its domain is written. */
export const portalIdSchema = z
  .string()
  .min(1)
  .max(PORTAL_ID_LENGTHS.max)
  .overwrite((id) => id.replace(/@.*$/, (domain) => domain.toLowerCase()));

/** TMF630 error body. */
export const tmfErrorSchema = z.looseObject({
  code: z.string(),
  reason: z.string(),
  message: z.string().optional(),
  status: z.string().optional(),
  referenceError: z.string().optional(),
  '@type': z.string().optional(),
});
export type TmfError = z.infer<typeof tmfErrorSchema>;

export const moneySchema = z.looseObject({ unit: z.literal('JPY'), value: yenSchema });

export const priceSchema = z.looseObject({ taxIncludedAmount: moneySchema });

export const yen = (value: number): { unit: 'JPY'; value: number } => ({ unit: 'JPY', value });

export const characteristicSchema = z.looseObject({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
});
export type Characteristic = z.infer<typeof characteristicSchema>;

export const relatedPartySchema = z.looseObject({
  id: z.string(),
  role: z.string().optional(),
  '@referredType': z.string().optional(),
});

const partiesSchema = z.array(relatedPartySchema);

/** TM Forum wants each party's type told, also where whoever named it didn't. */
export function partiesIn(resource: { readonly relatedParty?: unknown }): {
  relatedParty?: z.infer<typeof partiesSchema>;
} {
  const parties = partiesSchema.safeParse(resource.relatedParty);
  return parties.success ? { relatedParty: parties.data.map((one) => ({ '@referredType': 'Party', ...one })) } : {};
}

export const customerParty = (customerNumber: string): { id: string; role: string; '@referredType': string } => ({
  id: customerNumber,
  role: 'customer',
  '@referredType': 'Customer',
});
