import { useState } from 'react';
import { customerNumberSchema } from '../../shared/domain/contract.ts';
import type { IdentityMethod } from '../../shared/domain/identity-check.ts';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';
import { Button, Notice, TextField } from '../kit/index.ts';
import { IdentityChoice } from './identity-choice.tsx';
import { OpenProblem } from './open-problem.tsx';
import type { OpenAnswer } from './staff-terminal.ts';

/** Without central: the number as the customer's papers give it, and central decides when the application arrives. */
export function UnverifiedCustomer({ onOpened }: { onOpened: () => void }) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const [number, setNumber] = useState('');
  const [method, setMethod] = useState<IdentityMethod | null>(null);
  const [isChecked, setChecked] = useState(false);
  const [answer, setAnswer] = useState<OpenAnswer | null>(null);
  const valid = customerNumberSchema.safeParse(number.replaceAll(/[\s-]/g, ''));

  const open = async () => {
    setChecked(true);
    if (!valid.success || method === null) return;
    const next = await terminal.staff.open({ number: valid.data, identityMethod: method, unverified: true });
    setAnswer(next);
    if (next.kind === 'opened') onOpened();
  };

  return (
    <form
      className="staff-form staff-form--alone"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <Notice tone="offline" title={t('staff:unverified.title')}>
        {t('staff:unverified.text')}
      </Notice>
      <TextField
        label={t('staff:search.field.number')}
        description={t('staff:unverified.number-hint')}
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
      {answer === null ? null : <OpenProblem answer={answer} />}
      <Button variant="primary" type="submit">
        {t('staff:unverified.open')}
      </Button>
    </form>
  );
}
