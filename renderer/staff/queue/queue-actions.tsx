import { useState } from 'react';
import type { QueueDetail } from '../../../shared/contract/queue.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { OBSTACLES, QUEUE_ACTIONS, type QueueAction } from '../../../shared/domain/queue-actions.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { useLanguage } from '../../app/language.tsx';
import { Button, type ButtonProps, Notice } from '../../kit/index.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import type { QueueAnswer } from './queue-terminal.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** What helps an application on, the likeliest first; the first that can be done is the screen's main action. */
const HELPING: readonly QueueAction[] = ['retry', 'release', 'correct'];

/** What can be done with the application, each behind a question that says what happens, and what is in the way of the rest. */
export function QueueActions({ staffSessionId, detail }: { staffSessionId: string; detail: QueueDetail }) {
  const { t, language } = useLanguage();
  const announce = useAnnounce();
  const [asked, setAsked] = useState<QueueAction | null>(null);
  const [answer, setAnswer] = useState<QueueAnswer | null>(null);
  const { actions } = detail;
  const free = QUEUE_ACTIONS.filter((action) => actions[action] === 'free');
  const main = HELPING.find((action) => free.includes(action));
  const obstructed = OBSTACLES.flatMap((obstacle) => {
    const names = QUEUE_ACTIONS.filter((action) => actions[action] === obstacle).map((action) =>
      t(`queue:action.${action}`),
    );
    const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
    return names.length === 0 ? [] : [{ obstacle, list }];
  });
  const variant = (action: QueueAction): ButtonProps['variant'] =>
    action === main ? 'primary' : action === 'reject' || action === 'withdraw' ? 'danger' : 'secondary';
  const close = () => setAsked(null);
  const answered = (next: QueueAnswer) => {
    setAsked(null);
    setAnswer(next.kind === 'done' ? null : next);
    if (next.kind === 'done' && asked !== null) announce(t(`queue:done.${asked}`));
  };
  const dialog = { staffSessionId, detail, onClose: close, onAnswered: answered };

  if (answer === null && free.length === 0 && obstructed.length === 0) return null;
  return (
    <div className="queue-actions">
      {answer === null ? null : <Answered answer={answer} />}
      {free.length === 0 ? null : (
        <div className="queue-actions__buttons">
          {free.map((action) => (
            <Button
              key={action}
              variant={variant(action)}
              size="small"
              onPress={() => {
                setAnswer(null);
                setAsked(action);
              }}
            >
              {t(`queue:action.${action}`)}
            </Button>
          ))}
        </div>
      )}
      {obstructed.length === 0 ? null : (
        <ul className="queue-actions__obstacles">
          {obstructed.map(({ obstacle, list }) => (
            <li key={obstacle}>{t('queue:obstacle.line', { action: list, why: t(`queue:obstacle.${obstacle}`) })}</li>
          ))}
        </ul>
      )}
      {asked === 'retry' || asked === 'release' || asked === 'reject' ? (
        <DecisionDialog key={asked} {...dialog} action={asked} />
      ) : null}
      {asked === 'withdraw' ? <WithdrawDialog {...dialog} /> : null}
      {asked === 'correct' ? <CorrectDialog {...dialog} /> : null}
    </div>
  );
}

function Answered({ answer }: { answer: QueueAnswer }) {
  const { t } = useLanguage();
  switch (answer.kind) {
    case 'done':
    case 'gone':
      return null;
    case 'stays-held':
      return (
        <Notice tone="error" title={t('queue:problem.stays-held')}>
          {t(`queue:reason.${answer.reason}.what`)}
        </Notice>
      );
    case 'not-now':
    case 'unreachable':
    case 'customer-unknown':
      return <Notice tone="error">{t(`queue:problem.${answer.kind}`)}</Notice>;
    case 'link-lost':
      return (
        <Notice tone="offline" title={t('link-lost.title')}>
          {t('link-lost.text')}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="error" title={t('unexpected.title')}>
          {answer.correlationId === null ? null : t('unexpected.id', { id: answer.correlationId })}
        </Notice>
      );
    default:
      return cantHappen(answer);
  }
}
