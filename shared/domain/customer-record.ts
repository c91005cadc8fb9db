import { z } from 'zod';

/** What central has on record of how to reach a customer (p.25), beside name and contracts. null: it says nothing of it. */
export const customerRecordSchema = z.strictObject({
  address: z.string().nullable(),
  /** The one of the contract, digits only. */
  phone: z.string().nullable(),
  /** 電話番号2, by day. */
  daytimePhone: z.string().nullable(),
  /** お得なお知らせ by mail. */
  wantsNews: z.boolean().nullable(),
  /** iTSCOM ID; null: none is registered, or central doesn't say. */
  loginId: z.string().nullable(),
});
export type CustomerRecord = z.infer<typeof customerRecordSchema>;
