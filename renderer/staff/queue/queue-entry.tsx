import { useEffect, useState } from 'react';
import type { QueueDetail } from '../../../shared/contract/queue.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import { formatMoment } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Card, KeyValueList, Notice, Section, Spinner } from '../../kit/index.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import { QuoteFigures } from '../../wizard/quote-figures.tsx';
import { ReprintSlip } from '../reprint/reprint-slip.tsx';
import { EntryState } from './entry-state.tsx';
import { LookUp } from './look-up.tsx';
import { QueueActions } from './queue-actions.tsx';
import { useQueueDetail } from './use-queue.ts';

/** One application: how it stands and why, what to do, what was applied for. */
export function QueueEntry({ staffSessionId, applicationId }: { staffSessionId: string; applicationId: string }) {
  const { t } = useLanguage();
  const detail = useQueueDetail(staffSessionId, applicationId);
  if (detail === null) return <Spinner label={t('loading')} />;
  const { row } = detail;
  return (
    <>
      <div className="queue-entry__head">
        <h2 className="queue-entry__title">{t(`procedures:${row.procedureId}.title`)}</h2>
        <EntryState row={row} />
      </div>
      {row.reason === null || (row.state !== 'held' && row.state !== 'rejected') ? null : (
        <Notice tone="attention" title={t(`queue:reason.${row.reason}.what`)}>
          {row.reason === 'terminal-revoked' && detail.exportedAt !== null
            ? t('queue:reason.terminal-revoked.do-exported')
            : t(`queue:reason.${row.reason}.do`)}
        </Notice>
      )}
      <QueueActions staffSessionId={staffSessionId} detail={detail} />
      <ReprintSlip key={applicationId} applicationId={applicationId} />
      <Facts detail={detail} />
      <Content key={`${applicationId} ${detail.content.kind}`} staffSessionId={staffSessionId} detail={detail} />
      <Acts detail={detail} />
    </>
  );
}

function Facts({ detail: { row, orderId, correctedBy, exportedAt, content } }: { detail: QueueDetail }) {
  const { t, language } = useLanguage();
  const items = [
    { label: t('queue:fact.receipt'), value: row.receiptNumber },
    { label: t('queue:fact.customer'), value: row.customerNumber ?? t('queue:fact.unreadable') },
    { label: t('queue:fact.captured'), value: formatMoment(language, row.capturedAt) },
    { label: t('queue:fact.changed'), value: formatMoment(language, row.changedAt) },
    ...(content.kind === 'readable' ? [{ label: t('queue:fact.taken-by'), value: takenBy(content.attribution) }] : []),
    ...(orderId === null ? [] : [{ label: t('queue:fact.order'), value: orderId }]),
    ...(correctedBy === null ? [] : [{ label: t('queue:fact.corrected-by'), value: correctedBy }]),
    ...(exportedAt === null ? [] : [{ label: t('queue:fact.exported'), value: formatMoment(language, exportedAt) }]),
  ];
  return (
    <Card>
      <KeyValueList items={items} />
    </Card>
  );

  function takenBy(attribution: Extract<QueueDetail['content'], { kind: 'readable' }>['attribution']): string {
    switch (attribution.kind) {
      case 'customer':
        return t('queue:taken-by.customer');
      case 'staff':
        return t('queue:taken-by.staff', {
          number: attribution.staffNumber,
          method: t(`staff:identity.method.${attribution.identityMethod}`),
        });
      default:
        return cantHappen(attribution);
    }
  }
}

function Content({ staffSessionId, detail: { row, content } }: { staffSessionId: string; detail: QueueDetail }) {
  const { t } = useLanguage();
  const [looked, setLooked] = useState<QueueDetail['content'] | null>(null);
  const shown = looked ?? content;
  switch (shown.kind) {
    case 'readable':
      return <AppliedFor quote={shown.quote} />;
    case 'erased':
      return (
        <>
          <Notice tone="info">{t('queue:content.erased')}</Notice>
          <LookUp staffSessionId={staffSessionId} applicationId={row.applicationId} onFound={setLooked} />
        </>
      );
    case 'sealed':
      return <Notice tone="info">{t('queue:content.sealed')}</Notice>;
    default:
      return cantHappen(shown);
  }
}

function AppliedFor({ quote }: { quote: Quote }) {
  const { t } = useLanguage();
  const catalog = useCatalog();
  return (
    <Section title={t('queue:content.title')}>
      {catalog === null ? (
        <Spinner label={t('loading')} />
      ) : (
        <QuoteFigures quote={quote} catalog={catalog} contracts={[]} />
      )}
    </Section>
  );
}

/** What staff did with it since it was taken. */
function Acts({ detail: { acts } }: { detail: QueueDetail }) {
  const { t, language } = useLanguage();
  if (acts.length === 0) return null;
  return (
    <Section title={t('queue:acts')}>
      <ol className="queue-entry__acts">
        {acts.map(({ at, staffNumber, kind }) => (
          <li key={`${at} ${kind}`}>
            {t('queue:act.line', { at: formatMoment(language, at), number: staffNumber, what: t(`queue:act.${kind}`) })}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function useCatalog(): Catalog | null {
  const terminal = useTerminal();
  const [catalog, setCatalog] = useState<Catalog | null>(null);
  useEffect(() => {
    let isWanted = true;
    void terminal.connection
      .ask((client) => client.catalog.get())
      .then((answer) => {
        if (answer.kind === 'ok' && isWanted) setCatalog(answer.value.catalog);
      });
    return () => {
      isWanted = false;
    };
  }, [terminal]);
  return catalog;
}
