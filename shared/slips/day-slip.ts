import type { TFunction } from 'i18next';
import { DAY_STANDINGS, type DayReport } from '../contract/close-day.ts';
import { businessDate, businessTimeOfDay } from '../domain/business-time.ts';
import type { StaffMember } from '../domain/staff.ts';
import { personText, receiptsText, standingText, takerText } from './day-texts.ts';
import type { Slip, SlipBlock } from './slip.ts';

/** A day's applications for the shop's own file, on the receipt printer. */
export function daySlip(report: DayReport, madeBy: StaffMember, t: TFunction): Slip {
  const row = (label: string, value: string, strong = false): SlipBlock => ({ kind: 'row', label, value, strong });
  const heading = (key: string): SlipBlock => ({ kind: 'heading', text: t(`close-day:${key}`) });
  const count = (number: number): string => t('close-day:count', { number });
  return {
    blocks: [
      { kind: 'title', text: t('close-day:report') },
      row(t('close-day:fact.day'), report.day, true),
      ...(report.shopName === null ? [] : [row(t('close-day:fact.shop'), report.shopName)]),
      row(t('close-day:fact.terminal'), report.terminalCode),
      row(t('close-day:fact.made-at'), `${businessDate(report.madeAt)} ${businessTimeOfDay(report.madeAt)}`),
      row(t('close-day:fact.made-by'), personText(t, madeBy)),
      { kind: 'rule' },
      row(t('close-day:fact.total'), count(report.total), true),
      row(t('close-day:fact.receipts'), receiptsText(t, report)),
      heading('standings'),
      ...DAY_STANDINGS.map((one) => row(t(`close-day:standing.${one}`), count(report.counts[one]))),
      ...(report.total === 0 ? [] : [heading('procedures')]),
      ...report.procedures.map(({ procedureId, total }) => row(t(`procedures:${procedureId}.title`), count(total))),
      ...(report.total === 0 ? [] : [heading('takers')]),
      ...report.takers.map(({ taker, total }) => row(takerText(t, taker), count(total))),
      heading('open'),
      ...(report.open.length === 0 ? [{ kind: 'text', text: t('close-day:open-none') } as const] : []),
      ...report.open.flatMap((entry): SlipBlock[] => [
        row(entry.receiptNumber, businessTimeOfDay(entry.capturedAt), true),
        { kind: 'text', text: t(`procedures:${entry.procedureId}.title`) },
        { kind: 'text', text: standingText(t, entry) },
      ]),
      ...(report.earlierUndecided === 0
        ? []
        : [
            { kind: 'space' } as const,
            { kind: 'text', text: t('close-day:earlier', { number: report.earlierUndecided }) } as const,
          ]),
    ],
  };
}
