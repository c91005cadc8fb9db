import { z } from 'zod';

/** TMF622 v4: an order is to be cancelled. */
export const CANCELLATION_STATES = ['inProgress', 'done', 'terminatedWithError'] as const;

export const cancelProductOrderCreateSchema = z.looseObject({
  productOrder: z.looseObject({ id: z.string().min(1) }),
  cancellationReason: z.string().min(1).max(200).optional(),
  requestedCancellationDate: z.iso.datetime({ offset: true }).optional(),
});

export const cancelProductOrderSchema = z.looseObject({
  id: z.string(),
  href: z.string(),
  state: z.enum(CANCELLATION_STATES),
  productOrder: z.looseObject({ id: z.string(), href: z.string() }),
  cancellationReason: z.string().optional(),
  requestedCancellationDate: z.string().optional(),
  effectiveCancellationDate: z.string().optional(),
});
export type CancelProductOrder = z.infer<typeof cancelProductOrderSchema>;
