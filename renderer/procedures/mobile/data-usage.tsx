import { useCallback, useEffect, useState } from 'react';
import type { UsageBucket } from '../../../shared/central-api/usage-consumption.ts';
import type { LineUsage } from '../../../shared/contract/usage.ts';
import { groupLineNumber } from '../../../shared/domain/mobile/line.ts';
import type { ProcedureContext } from '../../../shared/procedures/procedure.ts';
import { linesInUse } from '../../../shared/procedures/mobile/lines.ts';
import { formatDate, formatFigure, formatMoment } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { offeringName } from '../../app/offering-name.ts';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Button, Card, Meter, Notice, Section, Spinner } from '../../kit/index.ts';
import './data-usage.css';

/** What is left of each mobile line's data, by its last day (manual p.102); central is asked now. */
export function DataUsage({ context, sessionId }: { context: ProcedureContext; sessionId: string }) {
  const { t, language } = useLanguage();
  const { usage, isFailed, retry } = useUsage(sessionId);
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
          <Section key={contract.id} title={offeringName(plan, language)}>
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

function useUsage(sessionId: string): {
  usage: readonly LineUsage[] | null;
  isFailed: boolean;
  retry: () => void;
} {
  const { connection } = useTerminal();
  const [usage, setUsage] = useState<readonly LineUsage[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    let isWanted = true;
    setFailed(false);
    void connection
      .ask((client) => client.usage.get({ sessionId }))
      .then((answer) => {
        if (!isWanted) return;
        if (answer.kind === 'ok') setUsage(answer.value);
        else setFailed(true);
      });
    return () => {
      isWanted = false;
    };
  }, [connection, sessionId, attempt]);
  return { usage, isFailed, retry };
}
