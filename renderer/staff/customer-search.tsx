import { useState } from 'react';
import {
  CUSTOMER_SEARCH_FIELDS,
  CUSTOMER_SEARCH_MOST,
  type CustomerSearchField,
} from '../../shared/central-api/staff.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { useAnnounce } from '../app/announcer.tsx';
import type { Text } from '../app/i18n.ts';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';
import { Button, ChoiceGroup, Notice, Section, TextField } from '../kit/index.ts';
import type { FoundCustomer } from './customer-desk.tsx';
import type { FindAnswer } from './staff-terminal.ts';

interface CustomerSearchProps {
  readonly chosen: FoundCustomer | null;
  readonly onChoose: (customer: FoundCustomer | null) => void;
}

export function CustomerSearch({ chosen, onChoose }: CustomerSearchProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const announce = useAnnounce();
  const [field, setField] = useState<CustomerSearchField>('number');
  const [value, setValue] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [answer, setAnswer] = useState<FindAnswer | null>(null);
  const isMissing = value.trim() === '';

  const search = async () => {
    setChecked(true);
    if (isMissing || isPending) return;
    setPending(true);
    onChoose(null);
    const next = await terminal.staff.find(field, value.trim());
    setPending(false);
    setAnswer(next);
    if (next.kind !== 'found') return;
    announce(t('staff:search.count', { count: next.found.customers.length }));
    const [only, ...others] = next.found.customers;
    if (only !== undefined && others.length === 0) onChoose(only);
  };
  const chooseField = (next: string) => {
    const known = CUSTOMER_SEARCH_FIELDS.find((one) => one === next);
    if (known !== undefined) setField(known);
  };

  return (
    <Section title={t('staff:search.title')}>
      <form
        className="staff-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void search();
        }}
      >
        <ChoiceGroup
          label={t('staff:search.by')}
          layout="compact"
          value={field}
          onChange={chooseField}
          selectedLabel={t('display.selected')}
          options={CUSTOMER_SEARCH_FIELDS.map((one) => ({ value: one, name: t(`staff:search.field.${one}`) }))}
        />
        <TextField
          label={t(`staff:search.field.${field}`)}
          description={t(`staff:search.hint.${field}`)}
          value={value}
          onChange={(typed) => setValue(typed.slice(0, CUSTOMER_SEARCH_MOST))}
          type="text"
          name="customer"
          autoComplete="off"
          inputMode={field === 'number' || field === 'phone' ? 'numeric' : 'text'}
          error={isChecked && isMissing ? t('staff:search.missing') : undefined}
        />
        <Button variant="secondary" type="submit" isPending={isPending} pendingLabel={t('staff:search.pending')}>
          {t('staff:search.submit')}
        </Button>
      </form>
      {answer === null ? null : <Found answer={answer} chosen={chosen} onChoose={onChoose} t={t} />}
    </Section>
  );
}

function Found({ answer, chosen, onChoose, t }: CustomerSearchProps & { answer: FindAnswer; t: Text }) {
  switch (answer.kind) {
    case 'found': {
      const { customers, hasMore } = answer.found;
      if (customers.length === 0) return <Notice tone="attention">{t('staff:search.none')}</Notice>;
      return (
        <>
          <ChoiceGroup
            label={t('staff:search.results')}
            value={chosen?.number ?? null}
            onChange={(number) => onChoose(customers.find((one) => one.number === number) ?? null)}
            selectedLabel={t('display.selected')}
            options={customers.map((one) => ({
              value: one.number,
              name: t('staff:search.name', { name: one.name }),
              details: [one.kana, one.address, t('staff:search.phone-ending', { digits: one.phoneEnding })],
            }))}
          />
          {hasMore ? <Notice tone="info">{t('staff:search.more')}</Notice> : null}
        </>
      );
    }
    case 'unreachable':
    case 'link-lost':
      return <Notice tone="offline">{t('staff:search.unreachable')}</Notice>;
    case 'gone':
      return null;
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
