import { useCallback } from 'react';
import type { UsageBucket } from '../../../shared/central-api/usage-consumption.ts';
import { groupLineNumber } from '../../../shared/domain/mobile/line.ts';
import type { ProcedureContext } from '../../../shared/procedures/procedure.ts';
import { linesInUse, volumeUntilChange } from '../../../shared/procedures/mobile/lines.ts';
import type { Client } from '../../app/channel.ts';
import { formatDate, formatFigure, formatMoment } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { offeringName } from '../../app/offering-name.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Button, Card, Meter, Notice, Section, Spinner } from '../../kit/index.ts';
import './data-usage.css';

/** What is left of each mobile line's data, by its last day (manual p.102); central is asked now. */
export function DataUsage({ context, sessionId }: { context: ProcedureContext; sessionId: string }) {
  const { t, language } = useLanguage();
  const {
    value: usage,
    isFailed,
    retry,
  } = useAnswer(useCallback((client: Client) => client.usage.get({ sessionId }), [sessionId]));
  if (isFailed) {
    return (
      <Notice tone="offline" title={t('usage:failed')}>
        <p>{t('unavailable:needs-central')}</p>
        <Button variant="secondary" size="small" onPress={retry}>
          {t('retry')}
        </Button>
      </Notice>
    );
  }
  if (usage === null) return <Spinner label={t('loading')} />;
  return (
    <div className="data-usage">
      {linesInUse(context).map(({ contract, plan }) => {
        const own = usage.find(({ contractId }) => contractId === contract.id);
        const buckets = own?.buckets.filter(({ expiresOn }) => expiresOn >= context.today) ?? [];
        const number = contract.characteristics?.lineNumber;
        return (
          <Section key={contract.id} title={offeringName(volumeUntilChange(context, contract)?.plan ?? plan, language)}>
            <Card>
              <div className="data-usage__line">
                {number === undefined ? null : <p>{t('choice:line-number', { number: groupLineNumber(number) })}</p>}
                {own === undefined || buckets.length === 0 ? (
                  <p>{t('usage:nothing')}</p>
                ) : (
                  <>
                    {buckets.map((bucket, index) => (
                      <Bucket key={`${bucket.kind} ${bucket.expiresOn} ${index}`} bucket={bucket} />
                    ))}
                    <p className="data-usage__note">{t('usage:as-of', { time: formatMoment(language, own.asOf) })}</p>
                  </>
                )}
              </div>
            </Card>
          </Section>
        );
      })}
      <p className="data-usage__note">{t('usage:note')}</p>
    </div>
  );
}

function Bucket({ bucket: { kind, expiresOn, grantedMb, usedMb } }: { bucket: UsageBucket }) {
  const { t, language } = useLanguage();
  const left = grantedMb - usedMb;
  return (
    <Meter
      label={t(`usage:until.${kind}`, { date: formatDate(language, expiresOn) })}
      valueText={t('usage:megabytes', { amount: formatFigure(left) })}
      value={left}
      most={grantedMb}
    />
  );
}
