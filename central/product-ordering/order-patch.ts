import { z } from 'zod';
import { orderStateSchema } from '../../shared/central-api/product-order.ts';

/** What may be changed of an order that was sent. */
export const orderPatchSchema = z.strictObject({
  state: orderStateSchema.optional(),
  /** With `partial`: which items were carried out, each of them. */
  productOrderItem: z
    .array(z.strictObject({ id: z.string(), state: z.enum(['completed', 'failed']) }))
    .min(1)
    .optional(),
  expectedCompletionDate: z.iso.datetime({ offset: true }).nullable().optional(),
  description: z.string().max(2000).nullable().optional(),
  note: z
    .array(z.looseObject({ text: z.string(), author: z.string().optional() }))
    .nullable()
    .optional(),
});
export type OrderPatch = z.infer<typeof orderPatchSchema>;
