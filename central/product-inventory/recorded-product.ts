import { z } from 'zod';
import { characteristicSchema, partiesIn, priceSchema, relatedPartySchema } from '../../shared/central-api/common.ts';
import { tmfProductSchema } from '../../shared/central-api/product-inventory.ts';
import type { Resource } from '../http/reply.ts';

/** TMF637's states and which may follow which. */
const STATUSES = [
  'created',
  'pendingActive',
  'active',
  'suspended',
  'pendingTerminate',
  'terminated',
  'cancelled',
  'aborted',
] as const;
export const PRODUCT_STATES: Readonly<Record<(typeof STATUSES)[number], readonly (typeof STATUSES)[number][]>> = {
  created: ['pendingActive', 'active', 'cancelled', 'aborted'],
  pendingActive: ['active', 'cancelled', 'aborted'],
  active: ['suspended', 'pendingTerminate', 'terminated'],
  suspended: ['active', 'pendingTerminate', 'terminated'],
  pendingTerminate: ['active', 'terminated'],
  terminated: [],
  cancelled: [],
  aborted: [],
};

/**
 * A product as an operator sends it. One of a known customer and offering becomes that customer's contract; any other
 * is recorded as it was sent, for operators only.
 */
export const recordedProductSchema = z.looseObject({
  name: z.string().min(1).max(200).optional(),
  status: z.enum(STATUSES),
  productOffering: z.looseObject({ id: z.string().min(1) }).optional(),
  billingAccount: z.looseObject({ id: z.string().min(1) }).optional(),
  productCharacteristic: z.array(characteristicSchema).optional(),
  productPrice: z.array(z.looseObject({ priceType: z.string(), price: priceSchema })).optional(),
  relatedParty: z.array(relatedPartySchema).optional(),
});
export type RecordedProduct = z.infer<typeof recordedProductSchema>;

/** Stands where a product that was sent without it must name one. */
const UNASSIGNED = { id: 'unassigned', name: 'Unassigned' } as const;

export function recordedToTmf(id: string, product: RecordedProduct, href: string): Resource {
  return {
    '@type': 'Product',
    isBundle: false,
    isCustomerVisible: false,
    productCharacteristic: [],
    productPrice: [],
    relatedParty: [],
    productOffering: UNASSIGNED,
    billingAccount: { ...UNASSIGNED, '@referredType': 'BillingAccount' },
    ...product,
    ...partiesIn(product),
    id,
    href,
  };
}

/** null: not a product that could be somebody's contract. */
export function asTmfProduct(id: string, product: RecordedProduct) {
  const parsed = tmfProductSchema.safeParse({ productCharacteristic: [], productPrice: [], ...product, id });
  return parsed.success ? parsed.data : null;
}
