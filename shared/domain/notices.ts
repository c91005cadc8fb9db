import { z } from 'zod';
import { type BusinessDate, businessDateSchema } from './business-time.ts';
import { groupLineNumber, lineNumberSchema } from './mobile/line.ts';
import { yenSchema } from './money.ts';

/** Something this customer must know before agreeing; its text is `notices.<id>` in the locales. */
export const noticeSchema = z.discriminatedUnion('id', [
  z.strictObject({ id: z.literal('contract-meant'), date: businessDateSchema }),
  z.strictObject({ id: z.literal('bundle-recomposed') }),
  z.strictObject({ id: z.literal('bundle-penalty') }),
  z.strictObject({ id: z.literal('purchase-excludes-bundle') }),
  z.strictObject({ id: z.literal('two-year-enter'), yen: yenSchema }),
  z.strictObject({ id: z.literal('two-year-fee'), yen: yenSchema }),
  z.strictObject({ id: z.literal('two-year-restart') }),
  z.strictObject({ id: z.literal('smart-value-lost') }),
  z.strictObject({ id: z.literal('electricity-discount-may-change') }),
  z.strictObject({ id: z.literal('ip-type-kept') }),
  z.strictObject({ id: z.literal('ip-type-restart') }),
  z.strictObject({ id: z.literal('bundle-excludes-tv') }),
  z.strictObject({ id: z.literal('starts-next-day') }),
  z.strictObject({ id: z.literal('magazine-included') }),
  z.strictObject({ id: z.literal('viewing-from-six') }),
  z.strictObject({ id: z.literal('viewing-signal') }),
  z.strictObject({ id: z.literal('star-channel-fee') }),
  z.strictObject({ id: z.literal('age-limits') }),
  z.strictObject({ id: z.literal('forms-by-post') }),
  z.strictObject({ id: z.literal('return-old-box') }),
  z.strictObject({ id: z.literal('push-alone'), yen: yenSchema }),
  z.strictObject({ id: z.literal('staff-calls-back') }),
  z.strictObject({ id: z.literal('electricity-discount-may-come') }),
  z.strictObject({ id: z.literal('nhk-form') }),
  z.strictObject({ id: z.literal('nhk-satellite') }),
  z.strictObject({ id: z.literal('nhk-prepaid') }),
  z.strictObject({ id: z.literal('nhk-paid-period') }),
  z.strictObject({ id: z.literal('volume-line'), lineNumber: lineNumberSchema }),
  z.strictObject({ id: z.literal('volume-changes-on'), date: businessDateSchema }),
  z.strictObject({ id: z.literal('volume-change-final') }),
  z.strictObject({ id: z.literal('added-data-until'), date: businessDateSchema }),
  z.strictObject({ id: z.literal('sim-dispatch') }),
  z.strictObject({ id: z.literal('port-needs-activation') }),
  z.strictObject({ id: z.literal('port-line'), lineNumber: lineNumberSchema }),
  z.strictObject({ id: z.literal('port-on-same-day') }),
  z.strictObject({ id: z.literal('port-on-in-turn'), date: businessDateSchema }),
  z.strictObject({ id: z.literal('port-automatic'), date: businessDateSchema }),
  z.strictObject({ id: z.literal('old-sim-stops') }),
  z.strictObject({ id: z.literal('campaign-told-later') }),
  z.strictObject({ id: z.literal('contact-when-received') }),
  z.strictObject({ id: z.literal('contact-by-link') }),
]);
export type Notice = z.infer<typeof noticeSchema>;
export type NoticeId = Notice['id'];

/** What the text of a notice names, as whoever shows it writes amounts and days. */
export function noticeValues(
  notice: Notice,
  say: { readonly yen: (amount: number) => string; readonly date: (date: BusinessDate) => string },
): Readonly<Record<string, string>> {
  return {
    ...('yen' in notice ? { yen: say.yen(notice.yen) } : {}),
    ...('lineNumber' in notice ? { number: groupLineNumber(notice.lineNumber) } : {}),
    ...('date' in notice ? { date: say.date(notice.date) } : {}),
  };
}
