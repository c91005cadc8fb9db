import type { HistoryEntry, OrderChange } from '../../../shared/contract/history.ts';
import { isSettled } from '../../../shared/central-api/product-order.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { BusinessDate } from '../../../shared/domain/business-time.ts';
import { contractsKnown } from '../../../shared/domain/contract.ts';
import { volumeChangesOn } from '../../../shared/domain/mobile/volume-change-date.ts';
import type { FeeStart } from '../../../shared/domain/quote.ts';
import { isProcedureId } from '../../../shared/procedures/registry.ts';
import { Card, KeyValueList, StatusDot, type StatusDotProps } from '../../kit/index.ts';
import { formatDate, formatTimeOfDay } from '../format.ts';
import { useLanguage } from '../language.tsx';
import type { LoadedSession } from '../loaded-session.ts';
import { nameById } from '../offering-name.ts';
import './order-card.css';

interface OrderCardProps {
  readonly entry: HistoryEntry;
  readonly session: LoadedSession;
  /** null: its procedure isn't one of this terminal's. */
  readonly feeStart: FeeStart | null;
}

/** One order: how far it is, what happens next, what it changes and from when. */
export function OrderCard({ entry, session, feeStart }: OrderCardProps) {
  const { t, language } = useLanguage();
  const { state, reason, procedureId, receiptNumber } = entry;
  const dated = (label: string, date: BusinessDate | null) =>
    date === null ? [] : [{ label: t(`orders:${label}`), value: formatDate(language, date) }];
  const open = !isSettled(state);
  return (
    <Card>
      <div className="order-card__head">
        <h3 className="order-card__title">
          {procedureId !== null && isProcedureId(procedureId)
            ? t(`procedures:${procedureId}.title`)
            : t('orders:elsewhere')}
        </h3>
        <StatusDot tone={toneOf(state)}>{t(`orders:state.${state}`)}</StatusDot>
      </div>
      {receiptNumber === null ? null : (
        <p className="order-card__number">{t('home:receipt', { number: receiptNumber })}</p>
      )}
      <p className="order-card__next">{reason === null ? t(`orders:next.${state}`) : t(`outcome:${reason}`)}</p>
      <KeyValueList
        items={[
          ...dated('ordered', entry.orderedOn),
          ...dated('expected', entry.expectedOn),
          ...dated('completed', entry.completedOn),
          ...(open && feeStart !== null ? [feeStartItem(feeStart)] : []),
        ]}
      />
      <ul className="order-card__changes">
        {entry.changes.map((change) => (
          <li key={JSON.stringify(change)} className="order-card__change">
            <p className="order-card__offering">
              <span className="order-card__action">{t(`orders:${change.failed ? 'failed' : change.action}`)}</span>
              {nameOf(change)}
            </p>
            <KeyValueList
              items={[...starts(change), ...dated('fee-from', change.feeFrom), ...dated('ends', change.endsOn)]}
            />
          </li>
        ))}
      </ul>
    </Card>
  );

  function starts({ startsOn, startsAt }: OrderChange) {
    if (startsOn === null || startsAt === null) return dated('starts', startsOn);
    const [date, time] = [formatDate(language, startsOn), formatTimeOfDay(language, startsAt)];
    return [{ label: t('orders:starts'), value: t('orders:from-time', { date, time }) }];
  }

  function nameOf({ offeringId, count }: OrderChange): string {
    const contracts = contractsKnown(session.view.facts);
    const name = nameById(session.catalog.catalog, contracts, offeringId, language);
    return count === 1 ? name : t('prices:several', { name, count });
  }

  function feeStartItem(start: FeeStart) {
    return {
      label: t('prices:fee-start-label'),
      value:
        start === 'volume-change'
          ? formatDate(language, volumeChangesOn(entry.orderedOn))
          : t(`prices:fee-start.${start}`),
    };
  }
}

function toneOf(state: HistoryEntry['state']): StatusDotProps['tone'] {
  switch (state) {
    case 'completed':
      return 'good';
    case 'acknowledged':
    case 'pending':
    case 'inProgress':
    case 'held':
    case 'assessingCancellation':
    case 'pendingCancellation':
      return 'waiting';
    case 'partial':
    case 'failed':
    case 'rejected':
      return 'bad';
    case 'cancelled':
      return 'neutral';
    default:
      return cantHappen(state);
  }
}
