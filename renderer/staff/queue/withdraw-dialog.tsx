import { useState } from 'react';
import type { QueueDetail } from '../../../shared/contract/queue.ts';
import { WITHDRAWAL_REASONS, type WithdrawalReason } from '../../../shared/domain/withdrawal.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Button, ChoiceGroup, Dialog } from '../../kit/index.ts';
import type { QueueDialogProps } from './decision-dialog.tsx';
import { act } from './queue-terminal.ts';

/** Why it is taken back, and what comes of that. */
export function WithdrawDialog({ staffSessionId, detail, onClose, onAnswered }: QueueDialogProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const [reason, setReason] = useState<WithdrawalReason | null>(null);
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const { applicationId, receiptNumber } = detail.row;
  const confirm = async () => {
    setChecked(true);
    if (reason === null) return;
    setPending(true);
    onAnswered(await act(terminal, staffSessionId, applicationId, { kind: 'withdraw', reason }));
  };
  return (
    <Dialog
      title={t('queue:confirm.withdraw.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('back')}
      role="alertdialog"
      actions={
        <Button variant="danger" onPress={() => void confirm()} isPending={isPending} pendingLabel={t('queue:working')}>
          {t('queue:action.withdraw')}
        </Button>
      }
    >
      <div className="queue-dialog">
        <p>{t('queue:confirm.which', { number: receiptNumber })}</p>
        <p>{t(`queue:confirm.withdraw.text-${whereItIs(detail)}`)}</p>
        <ChoiceGroup
          label={t('queue:withdrawal.label')}
          layout="compact"
          value={reason}
          onChange={(next) => setReason(WITHDRAWAL_REASONS.find((one) => one === next) ?? null)}
          selectedLabel={t('display.selected')}
          error={isChecked && reason === null ? t('queue:withdrawal.missing') : undefined}
          options={WITHDRAWAL_REASONS.map((one) => ({ value: one, name: t(`queue:withdrawal.${one}`) }))}
        />
      </div>
    </Dialog>
  );
}

/** Where it is besides here, and so who has to know. */
function whereItIs({ orderId, exportedAt }: QueueDetail): 'here' | 'exported' | 'central' {
  if (orderId !== null) return 'central';
  return exportedAt === null ? 'here' : 'exported';
}
