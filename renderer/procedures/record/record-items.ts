import type { RecordWish } from '../../../shared/central-api/record-changes.ts';
import { groupPhoneNumber } from '../../../shared/domain/phone-number.ts';
import type { Text } from '../../app/i18n.ts';

/** What will be, or is, on record. */
export function recordItems(t: Text, wish: RecordWish, contactEmail: string | null) {
  const email = { label: t('customer-record:email'), value: contactEmail ?? t('customer-record:missing') };
  if (wish.kind === 'id') return [{ label: t('secrets:account.portal'), value: wish.loginId }, email];
  return [
    { label: t('customer-record:daytime-phone'), value: groupPhoneNumber(wish.daytimePhone) },
    email,
    { label: t('customer-record:news'), value: t(`customer-record:news-${wish.wantsNews}`) },
  ];
}
