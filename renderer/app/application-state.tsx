import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { ReceiptOutcome } from '../../shared/contract/events.ts';
import { StatusDot, type StatusDotProps } from '../kit/index.ts';
import { useLanguage } from './language.tsx';

/** Text key and tone of an application as it stands now. `completed` is central's own last word on an accepted one. */
export function standing(outcome: Pick<ReceiptOutcome, 'state' | 'progress'>): {
  key: 'queued' | 'sending' | 'accepted' | 'completed' | 'held' | 'rejected' | 'withdrawn';
  tone: StatusDotProps['tone'];
} {
  switch (outcome.state) {
    case 'queued':
    case 'sending':
      return { key: outcome.state, tone: 'waiting' };
    case 'accepted':
      return { key: outcome.progress === 'completed' ? 'completed' : 'accepted', tone: 'good' };
    case 'held':
      return { key: 'held', tone: 'waiting' };
    case 'rejected':
      return { key: 'rejected', tone: 'bad' };
    case 'withdrawn':
      return { key: 'withdrawn', tone: 'neutral' };
    default:
      return cantHappen(outcome.state);
  }
}

export function ApplicationState({ outcome }: { outcome: ReceiptOutcome }) {
  const { t } = useLanguage();
  const { key, tone } = standing(outcome);
  return <StatusDot tone={tone}>{t(`wizard:state.${key}`)}</StatusDot>;
}
