import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import { formatYen, formatYenDifference } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { PriceStrip } from '../kit/index.ts';

export function PriceStripOf({ quote }: { quote: Quote }) {
  const { t, language } = useLanguage();
  const labels = { currentLabel: t('prices:current-total'), newLabel: t('prices:new-total') };
  switch (quote.kind) {
    case 'total':
      return (
        <PriceStrip
          {...labels}
          currentValue={formatYen(language, quote.currentTotalYen)}
          newValue={formatYen(language, quote.newTotalYen)}
          difference={{
            label: t('prices:difference-short'),
            value: formatYenDifference(language, quote.newTotalYen - quote.currentTotalYen),
          }}
        />
      );
    case 'later':
      return (
        <PriceStrip
          {...labels}
          currentValue={quote.currentTotalYen === null ? '–' : formatYen(language, quote.currentTotalYen)}
          newValue={t('prices:later')}
        />
      );
    default:
      return cantHappen(quote);
  }
}
