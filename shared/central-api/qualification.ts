import { z } from 'zod';
import type { Catalog, Offering } from '../domain/catalog.ts';
import { customerParty, relatedPartySchema } from './common.ts';

/** TMF679 v4: what a customer may take where they live, answered at once. */
export const qualificationRequestSchema = z.looseObject({
  relatedParty: z.array(relatedPartySchema).min(1),
  productOfferingQualificationItem: z
    .array(z.looseObject({ id: z.string(), productOffering: z.looseObject({ id: z.string() }) }))
    .min(1)
    .max(500),
});
export type QualificationRequest = z.infer<typeof qualificationRequestSchema>;

export const qualificationSchema = z.looseObject({
  state: z.string(),
  productOfferingQualificationItem: z.array(
    z.looseObject({
      productOffering: z.looseObject({ id: z.string() }),
      qualificationItemResult: z.enum(['qualified', 'unqualified', 'conditional']).optional(),
    }),
  ),
});
export type Qualification = z.infer<typeof qualificationSchema>;

/** What needs a line into the home; everything else comes with what is there or is held in the hand. */
const NEEDS_A_LINE: ReadonlySet<Offering['type']> = new Set([
  'internet-course',
  'modem',
  'tv-course',
  'phone',
  'home',
  'push',
]);

export function needsALine({ type, sellable }: Offering): boolean {
  return sellable && NEEDS_A_LINE.has(type);
}

export function qualificationRequest(catalog: Catalog, customerNumber: string): QualificationRequest {
  return {
    instantSyncQualification: true,
    relatedParty: [customerParty(customerNumber)],
    productOfferingQualificationItem: catalog.offerings
      .filter(needsALine)
      .map(({ id }, index) => ({ id: String(index + 1), productOffering: { id } })),
  };
}

export function notServed({ productOfferingQualificationItem: items }: Qualification): string[] {
  return items
    .filter(({ qualificationItemResult: result }) => result === 'unqualified')
    .map(({ productOffering }) => productOffering.id);
}
