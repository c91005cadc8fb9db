import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { contractsKnown } from '../../shared/domain/contract.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import type { ProcedureContext } from '../../shared/procedures/procedure.ts';
import { formatYen, formatYenDifference } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { PriceStrip } from '../kit/index.ts';
import { PriceBar } from './price-bar.tsx';
import { QuoteFigures } from './quote-figures.tsx';

interface QuoteStripProps {
  readonly quote: Quote;
  readonly context: ProcedureContext;
}

/** Old and new monthly total, and every line behind them. */
export function QuoteStrip({ quote, context: { catalog, facts } }: QuoteStripProps) {
  const { t } = useLanguage();
  return (
    <PriceBar title={t('prices:details-title')} price={<Totals quote={quote} />}>
      <div className="wizard-price-bar__details">
        <QuoteFigures quote={quote} catalog={catalog} contracts={contractsKnown(facts)} />
      </div>
    </PriceBar>
  );
}

function Totals({ quote }: { quote: Quote }) {
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
