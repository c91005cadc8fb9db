import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import type { Contract } from '../../shared/domain/contract.ts';
import { chargesNothing, countAlike, isChanged, type Quote, type QuoteSide } from '../../shared/domain/quote.ts';
import { hasNoMonthlyFee, sideDetails } from '../../shared/slips/side-details.ts';
import { formatDate, formatYen, formatYenDifference } from '../app/format.ts';
import type { Text } from '../app/i18n.ts';
import { useLanguage } from '../app/language.tsx';
import { nameById } from '../app/offering-name.ts';
import { Notice, PriceSummary, PriceTable, Section } from '../kit/index.ts';
import { OnceFees } from './once-fees.tsx';

interface QuoteFiguresProps {
  readonly quote: Quote;
  readonly catalog: Catalog;
  readonly contracts: readonly Contract[];
}

const UNKNOWN = '–';

/** Old and new monthly total with every line behind them, or what is known where the total is told later. */
export function QuoteFigures({ quote, catalog, contracts }: QuoteFiguresProps) {
  const { t, language } = useLanguage();
  if (chargesNothing(quote)) return null;
  const start = { label: t('prices:fee-start-label'), value: t(`prices:fee-start.${quote.feeStart}`) };
  const labels = { currentLabel: t('prices:current-total'), newLabel: t('prices:new-total') };
  const name = (offeringId: string) => nameById(catalog, contracts, offeringId, language);
  const isByUse = (offeringId: string) => findOffering(catalog, offeringId)?.type === 'energy';
  const details = (side: QuoteSide) => sideDetails(side, t, (date) => formatDate(language, date));
  const row = (counted: CountedLine) => lineRow(t, counted, quote.currentTotalYen !== null, { name, details, isByUse });
  const table = {
    columns: [t('prices:breakdown'), t('prices:before'), t('prices:after')],
    expandLabel: t('prices:expand'),
    collapseLabel: t('prices:collapse'),
  } satisfies Pick<Parameters<typeof PriceTable>[0], 'columns' | 'expandLabel' | 'collapseLabel'>;
  switch (quote.kind) {
    case 'total':
      return (
        <>
          <PriceSummary
            {...labels}
            currentValue={formatYen(t, quote.currentTotalYen)}
            newValue={formatYen(t, quote.newTotalYen)}
            rows={[
              {
                label: t('prices:difference'),
                value: formatYenDifference(t, quote.newTotalYen - quote.currentTotalYen),
              },
              start,
            ]}
          />
          <PriceTable
            {...table}
            caption={t('prices:breakdown')}
            groups={quote.groups.map((group) => ({
              id: group.group,
              label: t(`prices:group.${group.group}`),
              before: formatYen(t, group.beforeYen),
              after: formatYen(t, group.afterYen),
              isChanged: group.lines.some(isChanged),
              changedLabel: t('prices:changed'),
              lines: countAlike(group.lines).map(row),
            }))}
          />
          <OnceFees once={quote.once} />
        </>
      );
    case 'later':
      return (
        <>
          <PriceSummary
            {...labels}
            currentValue={quote.currentTotalYen === null ? UNKNOWN : formatYen(t, quote.currentTotalYen)}
            newValue={t('prices:later')}
            rows={[start]}
          />
          <Notice tone="attention" title={t('prices:later-title')}>
            {t(`prices:later-reason.${quote.reason}`)}
          </Notice>
          {quote.knownLines.length === 0 ? null : (
            <Section title={t('prices:known-lines')}>
              <PriceTable
                {...table}
                caption={t('prices:known-lines')}
                groups={countAlike(quote.knownLines).map((counted) => ({
                  ...row(counted),
                  changedLabel: t('prices:changed'),
                  lines: [],
                }))}
              />
            </Section>
          )}
          <OnceFees once={quote.once} />
        </>
      );
    default:
      return cantHappen(quote);
  }
}

type CountedLine = ReturnType<typeof countAlike>[number];

interface SideTexts {
  readonly name: (offeringId: string) => string;
  readonly details: (side: QuoteSide) => string;
  readonly isByUse: (offeringId: string) => boolean;
}

function lineRow(t: Text, { line, count }: CountedLine, isBeforeKnown: boolean, { name, details, isByUse }: SideTexts) {
  const { before, after } = line;
  const nothing = isBeforeKnown ? t('prices:none') : UNKNOWN;
  const called = (side: QuoteSide): string => {
    const plain = name(side.offeringId);
    const provision = details(side);
    return provision === '' ? plain : t('prices:with-provision', { name: plain, provision });
  };
  const amount = (side: QuoteSide): string => {
    const { offeringId, yen, period } = side;
    if (isByUse(offeringId)) return t('prices:by-use');
    if (hasNoMonthlyFee(side)) return t('prices:no-monthly');
    return period === undefined
      ? formatYen(t, yen * count)
      : t('prices:per-period', { amount: formatYen(t, period.yen), months: period.months });
  };
  const names = [...new Set([before, after].flatMap((side) => (side === null ? [] : [called(side)])))];
  return {
    id: line.key,
    label: count === 1 ? names.join(' → ') : t('prices:several', { name: names.join(' → '), count }),
    before: before === null ? nothing : amount(before),
    after: after === null ? t('prices:none') : amount(after),
    isChanged: isChanged(line),
  };
}
