import type { TFunction } from 'i18next';
import { DAY_STANDINGS, type DayReport } from '../../../shared/contract/close-day.ts';
import { businessDate, businessTimeOfDay } from '../../../shared/domain/business-time.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import { personText, receiptsText, standingText, takerText } from '../../../shared/slips/day-texts.ts';
import type { A4Block, TableColumn } from '../pdf/a4-blocks.ts';

const PROCEDURE_SHARE = 0.34;
const FIGURE_SHARE = (1 - PROCEDURE_SHARE) / (DAY_STANDINGS.length + 1);

/** The same as on the slip, and besides it each procedure by state. */
export function dayBlocks(report: DayReport, madeBy: StaffMember, t: TFunction): A4Block[] {
  const count = (number: number): string => t('close-day:count', { number });
  const figure = (head: string): TableColumn => ({ head, share: FIGURE_SHARE, align: 'right' });
  const figures = ({ total, counts }: Pick<DayReport, 'total' | 'counts'>): string[] =>
    [total, ...DAY_STANDINGS.map((one) => counts[one])].map(String);
  return [
    { kind: 'title', text: t('close-day:report') },
    {
      kind: 'facts',
      rows: [
        [t('close-day:fact.day'), report.day],
        ...(report.shopName === null ? [] : [[t('close-day:fact.shop'), report.shopName] as const]),
        [t('close-day:fact.terminal'), report.terminalCode],
        [t('close-day:fact.made-at'), `${businessDate(report.madeAt)} ${businessTimeOfDay(report.madeAt)}`],
        [t('close-day:fact.made-by'), personText(t, madeBy)],
        [t('close-day:fact.total'), count(report.total)],
        [t('close-day:fact.receipts'), receiptsText(t, report)],
      ],
    },
    { kind: 'heading', text: t('close-day:procedures') },
    {
      kind: 'table',
      columns: [
        { head: t('close-day:column.procedure'), share: PROCEDURE_SHARE, align: 'left' },
        figure(t('close-day:column.total')),
        ...DAY_STANDINGS.map((one) => figure(t(`close-day:standing.${one}`))),
      ],
      rows: [
        ...report.procedures.map((one) => [t(`procedures:${one.procedureId}.title`), ...figures(one)]),
        [t('close-day:column.total'), ...figures(report)],
      ],
    },
    { kind: 'heading', text: t('close-day:takers') },
    {
      kind: 'table',
      columns: [
        { head: t('close-day:column.taker'), share: PROCEDURE_SHARE, align: 'left' },
        figure(t('close-day:column.total')),
      ],
      rows: report.takers.map(({ taker, total }) => [takerText(t, taker), String(total)]),
    },
    { kind: 'heading', text: t('close-day:open') },
    ...(report.open.length === 0
      ? [{ kind: 'text', text: t('close-day:open-none') } as const]
      : [
          {
            kind: 'table',
            columns: [
              { head: t('close-day:column.receipt'), share: 0.24, align: 'left' },
              { head: t('close-day:column.time'), share: 0.1, align: 'left' },
              { head: t('close-day:column.procedure'), share: 0.33, align: 'left' },
              { head: t('close-day:column.standing'), share: 0.33, align: 'left' },
            ],
            rows: report.open.map((entry) => [
              entry.receiptNumber,
              businessTimeOfDay(entry.capturedAt),
              t(`procedures:${entry.procedureId}.title`),
              standingText(t, entry),
            ]),
          } as const,
        ]),
    ...(report.earlierUndecided === 0
      ? []
      : [{ kind: 'text', text: t('close-day:earlier', { number: report.earlierUndecided }) } as const]),
  ];
}
