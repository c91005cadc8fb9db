import { z } from 'zod';

/** Documents that a customer opens and accepts (manual: 約款). Texts are operator data under resources/terms. */
export const TERMS_IDS = [
  'common',
  'cable-internet',
  'cable-tv',
  'hikari-tv',
  'milplus',
  'b-cas',
  'home',
  'phone',
  'mobile',
  'mobile-service',
  'mobile-data',
  'mobile-device',
  'mobile-contract',
  'mobile-volume-change',
  'mobile-activation',
  'price-list',
  'my-page',
] as const;
export const termsIdSchema = z.enum(TERMS_IDS);
export type TermsId = z.infer<typeof termsIdSchema>;
/** Nobody gets an iTSCOM ID without them. */
export const PORTAL_TERMS = 'my-page' satisfies TermsId;

export const acceptedTermsSchema = z.strictObject({ id: termsIdSchema, version: z.string().min(1) });
export type AcceptedTerms = z.infer<typeof acceptedTermsSchema>;

export const termsDocumentSchema = z.strictObject({
  id: termsIdSchema,
  version: z.string().min(1),
  title: z.string().min(1),
  /** true: a text of ours that the operator replaces. */
  sample: z.boolean(),
  paragraphs: z.array(z.strictObject({ heading: z.string(), body: z.string().min(1) })).min(1),
});
export type TermsDocument = z.infer<typeof termsDocumentSchema>;
