import { useState } from 'react';
import { useUnderWay } from '../../app/under-way-context.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Button, Dialog } from '../../kit/index.ts';
import { CustomerCheckFields, useCustomerCheck } from '../customer-check.tsx';
import { beginCorrection } from './begin-correction.ts';
import type { QueueDialogProps } from './decision-dialog.tsx';

/** Who stands there, and into their procedure with what was answered before. */
export function CorrectDialog({ staffSessionId, detail, onClose, onAnswered }: QueueDialogProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const underWay = useUnderWay();
  const { applicationId, receiptNumber, customerNumber } = detail.row;
  const { check, fields } = useCustomerCheck(customerNumber ?? '');
  const [isPending, setPending] = useState(false);
  const confirm = async () => {
    const customer = check();
    if (customer === null) return;
    setPending(true);
    onAnswered(await beginCorrection(terminal, underWay, { staffSessionId, applicationId, ...customer }));
  };
  return (
    <Dialog
      title={t('queue:confirm.correct.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('back')}
      actions={
        <Button
          variant="primary"
          onPress={() => void confirm()}
          isPending={isPending}
          pendingLabel={t('queue:working')}
        >
          {t('queue:confirm.correct.submit')}
        </Button>
      }
    >
      <div className="queue-dialog">
        <p>{t('queue:confirm.which', { number: receiptNumber })}</p>
        <p>{t('queue:confirm.correct.text')}</p>
        <CustomerCheckFields {...fields} />
      </div>
    </Dialog>
  );
}
