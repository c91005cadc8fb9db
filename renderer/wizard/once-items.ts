import type { TFunction } from 'i18next';
import type { OnceLine } from '../../shared/domain/quote.ts';
import { formatYen } from '../app/format.ts';
import type { KeyValueItem } from '../kit/index.ts';

/** What is paid once; the operator's page names no price of a sample. */
export function onceItems(t: TFunction, once: readonly OnceLine[]): KeyValueItem[] {
  return once.map(({ id, yen, sample }) => {
    const label = t(`prices:once.${id}`);
    return { label: sample ? t('prices:sample', { text: label }) : label, value: formatYen(t, yen) };
  });
}
