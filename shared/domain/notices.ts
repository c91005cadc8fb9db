import { z } from 'zod';
import { yenSchema } from './money.ts';

/** Something this customer must know before agreeing; its text is `notices.<id>` in the locales. */
export const noticeSchema = z.discriminatedUnion('id', [
  z.strictObject({ id: z.literal('bundle-recomposed') }),
  z.strictObject({ id: z.literal('bundle-penalty') }),
  z.strictObject({ id: z.literal('purchase-excludes-bundle') }),
  z.strictObject({ id: z.literal('two-year-enter'), yen: yenSchema }),
  z.strictObject({ id: z.literal('two-year-fee'), yen: yenSchema }),
  z.strictObject({ id: z.literal('two-year-restart') }),
  z.strictObject({ id: z.literal('smart-value-lost') }),
  z.strictObject({ id: z.literal('electricity-discount-may-change') }),
  z.strictObject({ id: z.literal('ip-type-kept') }),
]);
export type Notice = z.infer<typeof noticeSchema>;
export type NoticeId = Notice['id'];
