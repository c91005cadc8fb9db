import { z } from 'zod';
import { businessDateSchema } from '../domain/business-time.ts';

export const draftIdSchema = z.uuidv7();

/** 一時保存: one that the customer can go on with. */
export const draftEntrySchema = z.strictObject({
  draftId: draftIdSchema,
  procedureId: z.string(),
  /** Epoch ms, business clock. */
  keptAt: z.int(),
  /** The last day. */
  expiresOn: businessDateSchema,
  /** Still on this terminal, because central can't be reached. */
  isWaiting: z.boolean(),
});
export type DraftEntry = z.infer<typeof draftEntrySchema>;
