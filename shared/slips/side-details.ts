import type { TFunction } from 'i18next';
import { groupLineNumber } from '../domain/mobile/line.ts';
import type { Provision } from '../domain/contract.ts';
import type { QuoteSide } from '../domain/quote.ts';

/** How it comes to the customer, and what else is settled of it; empty where there is nothing to say. */
export function sideDetails(
  { provision, characteristics }: Pick<QuoteSide, 'provision' | 'characteristics'>,
  t: TFunction,
): string {
  return [
    ...(provision === null ? [] : [t(`prices:provision.${provision}`)]),
    ...Object.entries(characteristics ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [characteristicText(name, value, t)],
    ),
  ].join(t('prices:separator'));
}

/** The value of a characteristic in words. */
export function characteristicText(name: string, value: string, t: TFunction): string {
  switch (name) {
    case 'lineNumber':
      return groupLineNumber(value);
    case 'iccid':
      return value;
    case 'portExpiresOn':
      return t('prices:characteristic.portExpiresOn', { date: value });
    case 'portReservation':
    case 'supportOn':
    case 'campaign':
      return t(`prices:characteristic.${name}`, { value });
    default:
      return t(`prices:characteristic.${name}.${value}`);
  }
}

/** What is bought is paid once; nothing comes each month. */
export function hasNoMonthlyFee(side: { readonly provision: Provision | null; readonly yen: number | null }): boolean {
  return side.provision === 'purchase' && side.yen === 0;
}
