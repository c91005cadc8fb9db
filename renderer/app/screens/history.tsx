import { useCallback } from 'react';
import type { HistoryEntry } from '../../../shared/contract/history.ts';
import { contractsKnown } from '../../../shared/domain/contract.ts';
import { isProcedureId } from '../../../shared/procedures/registry.ts';
import { ActionBar, Button, Card, KeyValueList, Notice, Section, Spinner } from '../../kit/index.ts';
import type { Client } from '../channel.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../language.tsx';
import type { LoadedSession } from '../loaded-session.ts';
import { nameById } from '../offering-name.ts';
import { CONTRACTS, go } from '../route.ts';
import { Screen } from '../screen.tsx';
import { useAnswer } from '../use-answer.ts';
import './contracts.css';

/** サービス加入・変更履歴 (manual p.109): central is asked now, nothing of it is kept here. */
export function History({ session }: { session: LoadedSession }) {
  const { t, language } = useLanguage();
  const { sessionId } = session;
  const {
    value: entries,
    isFailed,
    retry,
  } = useAnswer(useCallback((client: Client) => client.history.get({ sessionId }), [sessionId]));
  const { catalog } = session.catalog;
  const contracts = contractsKnown(session.view.facts);
  const changeText = ({ action, offeringId, count }: HistoryEntry['changes'][number]) => {
    const name = nameById(catalog, contracts, offeringId, language);
    return {
      label: t(`contracts:history.${action}`),
      value: count === 1 ? name : t('prices:several', { name, count }),
    };
  };
  return (
    <Screen
      id="history"
      heading={t('contracts:history.title')}
      lead={t('contracts:history.lead')}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={() => go(CONTRACTS)}>
              {t('back')}
            </Button>
          }
        />
      }
    >
      {isFailed ? (
        <Notice tone="offline" title={t('contracts:history.failed')}>
          <p>{t('unavailable:needs-central')}</p>
          <Button variant="secondary" size="small" onPress={retry}>
            {t('retry')}
          </Button>
        </Notice>
      ) : entries === null ? (
        <Spinner label={t('loading')} />
      ) : entries.length === 0 ? (
        <Notice tone="info">{t('contracts:history.empty')}</Notice>
      ) : (
        <div className="contracts">
          {entries.map((entry) => (
            <Section key={entry.orderId} title={formatDate(language, entry.completedOn)}>
              <Card>
                <h3 className="contracts__name">
                  {entry.procedureId !== null && isProcedureId(entry.procedureId)
                    ? t(`procedures:${entry.procedureId}.title`)
                    : t('contracts:history.elsewhere')}
                </h3>
                <KeyValueList items={entry.changes.map(changeText)} />
                {entry.receiptNumber === null ? null : (
                  <p className="contracts__note">{t('home:receipt', { number: entry.receiptNumber })}</p>
                )}
              </Card>
            </Section>
          ))}
        </div>
      )}
    </Screen>
  );
}
