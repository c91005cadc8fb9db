import type { QueueRow } from '../../../shared/contract/queue.ts';
import { standing } from '../../app/application-state.tsx';
import { useLanguage } from '../../app/language.tsx';
import { StatusDot } from '../../kit/index.ts';

/** How an application stands, as staff call it: what waits for a person is theirs to do. */
export function EntryState({ row }: { row: QueueRow }) {
  const { t } = useLanguage();
  const { key, tone } = standing(row);
  return <StatusDot tone={row.state === 'held' ? 'bad' : tone}>{t(`queue:state.${key}`)}</StatusDot>;
}
