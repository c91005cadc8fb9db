import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import { formatYen, formatYenDifference } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { PriceStrip } from '../kit/index.ts';

export function PriceStripOf({ quote }: { quote: Quote }) {
  const { t } = useLanguage();
  const labels = { currentLabel: t('prices:current-total'), newLabel: t('prices:new-total') };
  switch (quote.kind) {
    case 'total':
      return (
        <PriceStrip
          {...labels}
          currentValue={formatYen(t, quote.currentTotalYen)}
          newValue={formatYen(t, quote.newTotalYen)}
          difference={{
            label: t('prices:difference-short'),
            value: formatYenDifference(t, quote.newTotalYen - quote.currentTotalYen),
          }}
        />
      );
    case 'later':
      return (
        <PriceStrip
          {...labels}
          currentValue={quote.currentTotalYen === null ? '–' : formatYen(t, quote.currentTotalYen)}
          newValue={t('prices:later')}
        />
      );
    default:
      return cantHappen(quote);
  }
}
