import { useState } from 'react';
import { contractorKana, contractorPhone } from '../../../../shared/domain/contractor.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, FormColumns, Notice, TextField } from '../../../kit/index.ts';
import { Form } from './form.tsx';
import { kanaAsTyped, kanaWhenDone } from '../../../app/kana-input.ts';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

const MIN_PHONE_DIGITS = 10;

/** 契約者情報 認証: whose contract it is. */
export function ContractorStep({ registration, onLeave }: { registration: RegistrationState; onLeave: () => void }) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { entries, enter, go, start } = registration;
  const [isChecked, setChecked] = useState(false);
  const kana = kanaWhenDone(entries.kana);
  const phone = contractorPhone(entries.phone);
  const errors = {
    kana: contractorKana(kana) === null ? t('register:kana-broken') : undefined,
    phone: phone === null || phone.length < MIN_PHONE_DIGITS ? t('register:phone-broken') : undefined,
  };
  const check = () => {
    setChecked(true);
    enter({ kana });
    if (errors.kana === undefined && errors.phone === undefined) go('proof');
  };
  return (
    <RegisterScreen
      registration={registration}
      heading={t('register:contractor.title')}
      lead={t('register:contractor.lead')}
      onBack={onLeave}
      primary={
        <Button variant="primary" isDisabled={status?.central === 'unreachable'} onPress={check}>
          {t('next')}
        </Button>
      }
    >
      <FormColumns
        aside={
          <Notice tone="info">
            <p>{t('register:contractor.who')}</p>
          </Notice>
        }
      >
        {start.kind === 'contractor' && start.isRecovery ? (
          <Notice tone="attention">
            <p>{t('register:recovery')}</p>
          </Notice>
        ) : null}
        <Form onSubmit={check}>
          <TextField
            label={t('register:kana')}
            description={t('register:kana-description')}
            value={entries.kana}
            onChange={(typed) => enter({ kana: kanaAsTyped(typed) })}
            type="text"
            name="kana"
            autoComplete="off"
            keys="kana"
            error={isChecked ? errors.kana : undefined}
          />
          <TextField
            label={t('register:phone')}
            description={t('register:phone-description')}
            value={entries.phone}
            onChange={(value) => enter({ phone: value })}
            type="text"
            name="phone"
            autoComplete="off"
            inputMode="tel"
            error={isChecked ? errors.phone : undefined}
          />
        </Form>
      </FormColumns>
    </RegisterScreen>
  );
}
