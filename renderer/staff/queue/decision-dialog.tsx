import { useState } from 'react';
import type { QueueDetail } from '../../../shared/contract/queue.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Button, Dialog } from '../../kit/index.ts';
import { act, type QueueAnswer } from './queue-terminal.ts';

export interface QueueDialogProps {
  readonly staffSessionId: string;
  readonly detail: QueueDetail;
  readonly onClose: () => void;
  readonly onAnswered: (answer: QueueAnswer) => void;
}

/** Says what happens, and does it. */
export function DecisionDialog(props: QueueDialogProps & { action: 'retry' | 'release' | 'reject' }) {
  const { staffSessionId, detail, action, onClose, onAnswered } = props;
  const { t } = useLanguage();
  const terminal = useTerminal();
  const [isPending, setPending] = useState(false);
  const { applicationId, receiptNumber } = detail.row;
  const isRefusal = action === 'reject';
  const confirm = async () => {
    setPending(true);
    onAnswered(await act(terminal, staffSessionId, applicationId, { kind: action }));
  };
  return (
    <Dialog
      title={t(`queue:confirm.${action}.title`)}
      isOpen
      onClose={onClose}
      closeLabel={t('back')}
      role={isRefusal ? 'alertdialog' : 'dialog'}
      actions={
        <Button
          variant={isRefusal ? 'danger' : 'primary'}
          onPress={() => void confirm()}
          isPending={isPending}
          pendingLabel={t('queue:working')}
        >
          {t(`queue:action.${action}`)}
        </Button>
      }
    >
      <p>{t('queue:confirm.which', { number: receiptNumber })}</p>
      <p>{t(`queue:confirm.${action}.text`)}</p>
    </Dialog>
  );
}
