import type { TFunction } from 'i18next';
import type { QuoteSide } from '../domain/quote.ts';

/** How it comes to the customer, and what else is settled of it; empty where there is nothing to say. */
export function sideDetails(
  { provision, characteristics }: Pick<QuoteSide, 'provision' | 'characteristics'>,
  t: TFunction,
): string {
  return [
    ...(provision === null ? [] : [t(`prices:provision.${provision}`)]),
    ...Object.entries(characteristics ?? {}).map(([name, value]) => t(`prices:characteristic.${name}.${value}`)),
  ].join(t('prices:separator'));
}
