import { z } from 'zod';
import { characteristicSchema } from './common.ts';

/** TMF681 v4 */
export const MESSAGE_STATES = ['initial', 'inProgress', 'completed', 'cancelled', 'failed'] as const;

export const tmfCommunicationMessageSchema = z.looseObject({
  id: z.string(),
  href: z.string(),
  state: z.enum(MESSAGE_STATES),
  messageType: z.string(),
  subject: z.string(),
  content: z.string(),
  /** When it was handed over; absent: not yet. */
  sendTimeComplete: z.string().optional(),
  /** No `email`: there is no address. */
  receiver: z.array(z.looseObject({ id: z.string(), email: z.string().optional() })),
  characteristic: z.array(characteristicSchema),
});
export type TmfCommunicationMessage = z.infer<typeof tmfCommunicationMessageSchema>;
