import { z } from 'zod';
import { callIdSchema, callPlaceSchema } from '../domain/staff-call.ts';

/** A call of this terminal's customer, as it stands. */
export const ownCallSchema = z.discriminatedUnion('state', [
  /** Staff terminals of the shop show it. */
  z.strictObject({ callId: callIdSchema, state: z.literal('calling') }),
  /** Somebody comes. */
  z.strictObject({ callId: callIdSchema, state: z.literal('answered'), staffName: z.string().nullable() }),
  /** Nobody answered in time: this terminal makes itself seen and heard. */
  z.strictObject({ callId: callIdSchema, state: z.literal('escalated') }),
  /** Central is away, or no staff terminal listens: likewise, at once. */
  z.strictObject({ callId: callIdSchema, state: z.literal('unheard') }),
]);
export type OwnCall = z.infer<typeof ownCallSchema>;

/** A call somewhere in the shop that nobody has answered yet. */
export const shopCallSchema = z.strictObject({
  callId: callIdSchema,
  terminal: z.string(),
  place: callPlaceSchema,
  /** When it was said. */
  waitingSeconds: z.int().min(0),
  isEscalated: z.boolean(),
});
export type ShopCall = z.infer<typeof shopCallSchema>;

export const callsSchema = z.strictObject({
  /** null: nobody calls from here. */
  own: ownCallSchema.nullable(),
  /** Of the shop, on a staff terminal; those who wait longest first. */
  shop: z.array(shopCallSchema),
});
export type Calls = z.infer<typeof callsSchema>;
