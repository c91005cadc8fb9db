import { DAY_STANDINGS, type DayReport } from '../../../shared/contract/close-day.ts';
import { businessTimeOfDay } from '../../../shared/domain/business-time.ts';
import { receiptsText, standingText, takerText } from '../../../shared/slips/day-texts.ts';
import { useLanguage } from '../../app/language.tsx';
import { KeyValueList, Notice, Section } from '../../kit/index.ts';

/** The same figures as on paper. */
export function DayReportView({ report }: { report: DayReport }) {
  const { t } = useLanguage();
  const count = (number: number): string => t('close-day:count', { number });
  return (
    <>
      <div className="close-day__pair">
        <Section title={t('close-day:summary')}>
          <div className="close-day__paper">
            <KeyValueList
              items={[
                { label: t('close-day:fact.total'), value: count(report.total) },
                { label: t('close-day:fact.receipts'), value: receiptsText(t, report) },
              ]}
            />
          </div>
        </Section>
        <Section title={t('close-day:takers')}>
          <div className="close-day__paper">
            {report.takers.length === 0 ? (
              <p>{t('close-day:none')}</p>
            ) : (
              <KeyValueList
                items={report.takers.map(({ taker, total }) => ({ label: takerText(t, taker), value: count(total) }))}
              />
            )}
          </div>
        </Section>
      </div>
      <Section title={t('close-day:procedures')}>
        <Procedures report={report} />
      </Section>
      <Section title={t('close-day:open')}>
        {report.open.length === 0 ? (
          <div className="close-day__paper">
            <p>{t('close-day:open-none')}</p>
          </div>
        ) : (
          <Open report={report} />
        )}
      </Section>
      {report.earlierUndecided === 0 ? null : (
        <Notice tone="attention">{t('close-day:earlier', { number: report.earlierUndecided })}</Notice>
      )}
    </>
  );
}

function Procedures({ report }: { report: DayReport }) {
  const { t } = useLanguage();
  return (
    <table className="close-day__table">
      <thead>
        <tr>
          <th scope="col">{t('close-day:column.procedure')}</th>
          <th scope="col" className="close-day__figure">
            {t('close-day:column.total')}
          </th>
          {DAY_STANDINGS.map((one) => (
            <th scope="col" className="close-day__figure" key={one}>
              {t(`close-day:standing.${one}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.procedures.map(({ procedureId, total, counts }) => (
          <tr key={procedureId}>
            <th scope="row">{t(`procedures:${procedureId}.title`)}</th>
            <td className="close-day__figure">{total}</td>
            {DAY_STANDINGS.map((one) => (
              <td className="close-day__figure" key={one}>
                {counts[one]}
              </td>
            ))}
          </tr>
        ))}
        <tr className="close-day__sum">
          <th scope="row">{t('close-day:column.total')}</th>
          <td className="close-day__figure">{report.total}</td>
          {DAY_STANDINGS.map((one) => (
            <td className="close-day__figure" key={one}>
              {report.counts[one]}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function Open({ report }: { report: DayReport }) {
  const { t } = useLanguage();
  return (
    <table className="close-day__table">
      <thead>
        <tr>
          {['receipt', 'time', 'procedure', 'standing'].map((column) => (
            <th scope="col" key={column}>
              {t(`close-day:column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {report.open.map((entry) => (
          <tr key={entry.receiptNumber}>
            <th scope="row" className="close-day__number">
              {entry.receiptNumber}
            </th>
            <td className="close-day__number">{businessTimeOfDay(entry.capturedAt)}</td>
            <td>{t(`procedures:${entry.procedureId}.title`)}</td>
            <td>{standingText(t, entry)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
