import { z } from 'zod';

/** What a customer signs in with, besides the iTSCOM ID of the portal itself. */
export const ACCOUNT_KINDS = ['access-account', 'cable-id'] as const;
export const accountKindSchema = z.enum(ACCOUNT_KINDS);
export type AccountKind = z.infer<typeof accountKindSchema>;

/** アクセスアカウント of an internet contract, or the イッツコムケーブルID of みるプラス. Its password is nowhere but in the customer's hands. */
export const accountSchema = z.strictObject({
  id: z.string().min(1),
  kind: accountKindSchema,
  /** What the customer types beside the password. */
  login: z.string().min(1),
});
export type Account = z.infer<typeof accountSchema>;

/** イッツコムケーブルID of one customer; ours, the manual gives no number. */
export const CABLE_IDS_AT_MOST = 5;
