import { useCallback } from 'react';
import { isSettled } from '../../../shared/central-api/product-order.ts';
import type { HistoryEntry } from '../../../shared/contract/history.ts';
import { findOffering } from '../../../shared/domain/catalog.ts';
import { ActionBar, Button, Notice, Section, Spinner } from '../../kit/index.ts';
import type { Client } from '../channel.ts';
import { useLanguage } from '../language.tsx';
import { type LoadedSession, useProcedureContext } from '../loaded-session.ts';
import { CONTRACTS, go } from '../route.ts';
import { Screen } from '../screen.tsx';
import { useAnswer } from '../use-answer.ts';
import { useProcedures } from '../use-procedures.ts';
import { OrderCard } from './order-card.tsx';
import './contracts.css';

/**
 * What is on its way, and サービス加入・変更履歴 (manual p.109): central is asked now, and again when an application of this
 * session has moved; nothing of it is kept here.
 */
export function History({ session }: { session: LoadedSession }) {
  const { t } = useLanguage();
  const { sessionId } = session;
  const procedures = useProcedures(useProcedureContext(session));
  const moves = JSON.stringify(session.applications.map(({ state, progress }) => [state, progress]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another move asks again
  const question = useCallback((client: Client) => client.history.get({ sessionId }), [sessionId, moves]);
  const { value: entries, isFailed, retry } = useAnswer(question);
  // Option channels start when their customer wanted, each its own.
  const hasChannel = ({ changes }: HistoryEntry) =>
    changes.some(({ offeringId }) => findOffering(session.catalog.catalog, offeringId)?.type === 'tv-channel');
  const feeStartOf = (entry: HistoryEntry) =>
    hasChannel(entry) ? null : (procedures.find(({ id }) => id === entry.procedureId)?.procedure.feeStart ?? null);
  const groups =
    entries === null
      ? []
      : [
          { id: 'open', own: entries.filter(({ state }) => !isSettled(state)) },
          { id: 'settled', own: entries.filter(({ state }) => isSettled(state)) },
        ].filter(({ own }) => own.length > 0);
  return (
    <Screen
      id="history"
      heading={t('orders:title')}
      lead={t('orders:lead')}
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
        <Notice tone="offline" title={t('orders:unread')}>
          <p>{t('unavailable:needs-central')}</p>
          <Button variant="secondary" size="small" onPress={retry}>
            {t('retry')}
          </Button>
        </Notice>
      ) : entries === null ? (
        <Spinner label={t('loading')} />
      ) : groups.length === 0 ? (
        <Notice tone="info">{t('orders:empty')}</Notice>
      ) : (
        <div className="contracts">
          {groups.map(({ id, own }) => (
            <Section key={id} title={t(`orders:${id}`)}>
              {own.map((entry) => (
                <OrderCard key={entry.orderId} entry={entry} session={session} feeStart={feeStartOf(entry)} />
              ))}
            </Section>
          ))}
        </div>
      )}
    </Screen>
  );
}
