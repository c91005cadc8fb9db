import { useState } from 'react';
import type { IdentityMethod } from '../../shared/domain/identity-check.ts';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';
import { Button, Card, KeyValueList, Notice, Section } from '../kit/index.ts';
import type { FoundCustomer } from './customer-desk.tsx';
import { IdentityChoice } from './identity-choice.tsx';
import { OpenProblem } from './open-problem.tsx';
import type { OpenAnswer } from './staff-terminal.ts';

/** Who was found, how their identity was checked, and into their contracts. */
export function OpenCustomer({ customer }: { customer: FoundCustomer | null }) {
  const { t } = useLanguage();
  if (customer === null) {
    return (
      <Section title={t('staff:customer.title')}>
        <Notice tone="info">{t('staff:customer.none')}</Notice>
      </Section>
    );
  }
  return <Chosen key={customer.number} customer={customer} />;
}

function Chosen({ customer }: { customer: FoundCustomer }) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const [method, setMethod] = useState<IdentityMethod | null>(null);
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [answer, setAnswer] = useState<OpenAnswer | null>(null);

  const open = async () => {
    setChecked(true);
    if (method === null || isPending) return;
    setPending(true);
    const next = await terminal.staff.open({ number: customer.number, identityMethod: method, unverified: false });
    setPending(false);
    setAnswer(next);
  };

  return (
    <Section title={t('staff:customer.title')}>
      <Card>
        <KeyValueList
          items={[
            { label: t('staff:customer.name'), value: customer.name },
            { label: t('staff:customer.kana'), value: customer.kana },
            { label: t('staff:customer.number'), value: customer.number },
          ]}
        />
      </Card>
      <IdentityChoice
        value={method}
        onChange={setMethod}
        error={isChecked && method === null ? t('staff:identity.missing') : undefined}
      />
      {answer === null ? null : <OpenProblem answer={answer} />}
      <Button variant="primary" onPress={() => void open()} isPending={isPending} pendingLabel={t('staff:checking')}>
        {t('staff:customer.open')}
      </Button>
    </Section>
  );
}
