import type { TFunction } from 'i18next';
import type { BusinessDate } from '../domain/business-time.ts';
import { cantHappen } from '../domain/cant-happen.ts';
import { CHARACTERISTICS, type Characteristics } from '../domain/characteristics.ts';
import { groupLineNumber } from '../domain/mobile/line.ts';
import type { Provision } from '../domain/contract.ts';
import type { QuoteSide } from '../domain/quote.ts';

/** How it comes to the customer, and what else is settled of it; empty where there is nothing to say. */
export function sideDetails(
  { provision, characteristics }: Pick<QuoteSide, 'provision' | 'characteristics'>,
  t: TFunction,
  date: (date: BusinessDate) => string,
): string {
  return [
    ...(provision === null ? [] : [t(`prices:provision.${provision}`)]),
    ...CHARACTERISTICS.flatMap((name) => {
      const text = characteristicText(characteristics ?? {}, name, t, date);
      return text === null ? [] : [text];
    }),
  ].join(t('prices:separator'));
}

/** A characteristic in words; null: there is none, or none that is told beside the others. */
export function characteristicText(
  characteristics: Characteristics,
  name: keyof Characteristics,
  t: TFunction,
  date: (date: BusinessDate) => string,
): string | null {
  const value = characteristics[name];
  if (value === undefined) return null;
  switch (name) {
    case 'lineNumber':
      return groupLineNumber(value);
    case 'iccid':
      return value;
    case 'portExpiresOn':
      return t('prices:characteristic.portExpiresOn', { date: date(value) });
    case 'supportOn':
      return t('prices:characteristic.supportOn', { value: date(value) });
    case 'portReservation':
    case 'campaign':
      return t(`prices:characteristic.${name}`, { value });
    case 'ipType':
    case 'start':
    case 'contractType':
    case 'line':
    case 'simSize':
    case 'fiveG':
      return t(`prices:characteristic.${name}.${value}`);
    // Its fee says from when it holds.
    case 'volumeChangesOn':
    case 'volumeBefore':
      return null;
    default:
      return cantHappen(name);
  }
}

/** What is bought is paid once; nothing comes each month. */
export function hasNoMonthlyFee(side: { readonly provision: Provision | null; readonly yen: number | null }): boolean {
  return side.provision === 'purchase' && side.yen === 0;
}
