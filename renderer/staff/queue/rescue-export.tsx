import { useState } from 'react';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Button, Dialog, Notice } from '../../kit/index.ts';

type Outcome =
  | { readonly kind: 'saved'; readonly file: string; readonly applications: number }
  | { readonly kind: 'disk-full' | 'not-writable' | 'failed' };

/** For an operator who has to take over what this terminal can't send. */
export function RescueExport({ staffSessionId }: { staffSessionId: string }) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const [isAsked, setAsked] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const save = async () => {
    const next = await ask();
    setAsked(false);
    setOutcome(next);
  };
  return (
    <>
      <div>
        <Button
          variant="secondary"
          size="small"
          onPress={() => {
            setOutcome(null);
            setAsked(true);
          }}
        >
          {t('queue:rescue.action')}
        </Button>
      </div>
      {outcome === null ? null : <Done outcome={outcome} />}
      <Dialog
        title={t('queue:rescue.title')}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        closeLabel={t('back')}
        actions={
          <Button variant="primary" onPress={() => void save()}>
            {t('queue:rescue.submit')}
          </Button>
        }
      >
        <p>{t('queue:rescue.text')}</p>
      </Dialog>
    </>
  );

  async function ask(): Promise<Outcome | null> {
    const answer = await terminal.connection.askOnce((client) => client.queue.exportRescue({ staffSessionId }));
    if (answer.kind === 'ok') return { kind: 'saved', ...answer.value };
    if (answer.kind !== 'refused') return { kind: 'failed' };
    switch (answer.error.code) {
      case 'DISK_FULL':
        return { kind: 'disk-full' };
      case 'NOT_WRITABLE':
        return { kind: 'not-writable' };
      case 'STAFF_GONE':
      case 'STAFF_AWAY':
        terminal.staff.gone(staffSessionId);
        return null;
      default:
        return cantHappen(answer.error);
    }
  }
}

function Done({ outcome }: { outcome: Outcome }) {
  const { t } = useLanguage();
  switch (outcome.kind) {
    case 'saved':
      return (
        <Notice tone="info" title={t('queue:rescue.saved', { count: outcome.applications })}>
          {t('queue:rescue.where', { file: outcome.file })}
        </Notice>
      );
    case 'disk-full':
    case 'not-writable':
      return <Notice tone="error">{t(`queue:rescue.${outcome.kind}`)}</Notice>;
    case 'failed':
      return (
        <Notice tone="error" title={t('unexpected.title')}>
          {t('unexpected.text')}
        </Notice>
      );
    default:
      return cantHappen(outcome);
  }
}
