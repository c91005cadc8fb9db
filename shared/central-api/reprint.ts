import { z } from 'zod';
import { quoteSchema } from '../domain/quote.ts';
import { staffNumberSchema } from '../domain/staff.ts';
import { applicationExtensionSchema } from './product-order.ts';

/**
 * GET `<staffOrders>/<application id>/slip` with staff's token: what a slip is made of, as central keeps it. For the shop
 * that took the application; a terminal has erased its own by then.
 */
export const staffSlipSchema = z.strictObject({ application: applicationExtensionSchema, quote: quoteSchema });

/** POST, a terminal's: a slip was printed again. A repeat with the same id is harmless. */
export const reprintSchema = z.strictObject({
  id: z.uuidv7(),
  applicationId: z.uuidv7(),
  /** How many times that slip was printed again by then. */
  number: z.int().min(1),
  at: z.iso.datetime(),
  staffNumber: staffNumberSchema,
});
export type Reprint = z.infer<typeof reprintSchema>;
