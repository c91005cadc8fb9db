import { z } from 'zod';
import { orderStateSchema } from '../../shared/central-api/product-order.ts';

/** What may be changed of an order that was sent. */
export const orderPatchSchema = z.strictObject({
  state: orderStateSchema.optional(),
  description: z.string().max(2000).nullable().optional(),
  note: z
    .array(z.looseObject({ text: z.string(), author: z.string().optional() }))
    .nullable()
    .optional(),
});
