import { useState } from 'react';
import type { QueueDetail } from '../../../shared/contract/queue.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Button, Notice } from '../../kit/index.ts';

interface LookUpProps {
  readonly staffSessionId: string;
  readonly applicationId: string;
  readonly onFound: (content: QueueDetail['content']) => void;
}

/** Only on a press: central writes down whose application staff looked at. */
export function LookUp({ staffSessionId, applicationId, onFound }: LookUpProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<'unreachable' | 'not-there' | 'failed' | null>(null);
  const look = async () => {
    setPending(true);
    setProblem(null);
    setProblem(await ask());
    setPending(false);
  };
  return (
    <>
      <div>
        <Button
          variant="secondary"
          size="small"
          onPress={() => void look()}
          isPending={isPending}
          pendingLabel={t('queue:working')}
        >
          {t('queue:content.look-up')}
        </Button>
      </div>
      {problem === null ? null : <Notice tone="error">{t(`queue:content.${problem}`)}</Notice>}
    </>
  );

  async function ask(): Promise<typeof problem> {
    const answer = await terminal.connection.ask((client) => client.queue.content({ staffSessionId, applicationId }));
    if (answer.kind === 'ok') {
      onFound(answer.value);
      return null;
    }
    if (answer.kind !== 'refused') return 'failed';
    switch (answer.error.code) {
      case 'CENTRAL_UNREACHABLE':
        return 'unreachable';
      case 'NOT_THERE':
      case 'UNKNOWN_APPLICATION':
      case 'NOT_NOW':
        return 'not-there';
      case 'STAFF_GONE':
      case 'STAFF_AWAY':
        terminal.staff.gone(staffSessionId);
        return null;
      default:
        return cantHappen(answer.error);
    }
  }
}
