import { useState } from 'react';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';
import { Button, Notice } from '../kit/index.ts';
import { CustomerCheckFields, useCustomerCheck } from './customer-check.tsx';
import { OpenProblem } from './open-problem.tsx';
import type { OpenAnswer } from './staff-terminal.ts';

/** Without central: the number as the customer's papers give it, and central decides when the application arrives. */
export function UnverifiedCustomer() {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const { check, fields } = useCustomerCheck('');
  const [isPending, setPending] = useState(false);
  const [answer, setAnswer] = useState<OpenAnswer | null>(null);

  const open = async () => {
    const customer = check();
    if (customer === null || isPending) return;
    setPending(true);
    const { customerNumber: number, identityMethod } = customer;
    const next = await terminal.staff.open({ number, identityMethod, unverified: true });
    setPending(false);
    setAnswer(next);
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
      <CustomerCheckFields {...fields} description={t('staff:unverified.number-hint')} />
      {answer === null ? null : <OpenProblem answer={answer} />}
      <Button variant="primary" type="submit" isPending={isPending} pendingLabel={t('staff:checking')}>
        {t('staff:unverified.open')}
      </Button>
    </form>
  );
}
