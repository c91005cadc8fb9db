import { useState } from 'react';
import { customerNumberSchema } from '../../../shared/domain/contract.ts';
import type { IdentityMethod } from '../../../shared/domain/identity-check.ts';
import { useDrafts } from '../../app/drafts-context.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Button, Dialog, TextField } from '../../kit/index.ts';
import { IdentityChoice } from '../identity-choice.tsx';
import { beginCorrection } from './begin-correction.ts';
import type { QueueDialogProps } from './decision-dialog.tsx';

/** Who stands there, and into their procedure with what was answered before. */
export function CorrectDialog({ staffSessionId, detail, onClose, onAnswered }: QueueDialogProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const drafts = useDrafts();
  const { applicationId, receiptNumber, customerNumber } = detail.row;
  const [number, setNumber] = useState(customerNumber ?? '');
  const [method, setMethod] = useState<IdentityMethod | null>(null);
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const valid = customerNumberSchema.safeParse(number.replaceAll(/[\s-]/g, ''));
  const confirm = async () => {
    setChecked(true);
    if (!valid.success || method === null) return;
    setPending(true);
    const input = { staffSessionId, applicationId, customerNumber: valid.data, identityMethod: method };
    onAnswered(await beginCorrection(terminal, drafts, input));
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
        <TextField
          label={t('staff:search.field.number')}
          value={number}
          onChange={setNumber}
          type="text"
          name="customer"
          autoComplete="off"
          inputMode="numeric"
          error={isChecked && !valid.success ? t('staff:unverified.number-invalid') : undefined}
        />
        <IdentityChoice
          value={method}
          onChange={setMethod}
          error={isChecked && method === null ? t('staff:identity.missing') : undefined}
        />
      </div>
    </Dialog>
  );
}
