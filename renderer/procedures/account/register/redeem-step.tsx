import { useState } from 'react';
import { ONE_TIME_DIGITS, oneTimeAsTyped, oneTimeGrouped } from '../../../../shared/domain/one-time-password.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { TextField } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { Form } from './form.tsx';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

/** The digits of the slip: the registration goes on here. */
export function RedeemStep({ registration, onLeave }: { registration: RegistrationState; onLeave: () => void }) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { entries, enter, redeem, isPending } = registration;
  const [isChecked, setChecked] = useState(false);
  const error = oneTimeAsTyped(entries.oneTime) === null ? t('one-time:broken') : undefined;
  const isUnreachable = status?.central === 'unreachable';
  const check = () => {
    setChecked(true);
    if (error === undefined && !isUnreachable) redeem();
  };
  return (
    <RegisterScreen
      registration={registration}
      heading={t('one-time:redeem.title')}
      lead={t('one-time:redeem.lead')}
      onBack={onLeave}
      primary={
        <CentralAction isPending={isPending} pendingLabel={t('one-time:redeem.pending')} onPress={check}>
          {t('next')}
        </CentralAction>
      }
    >
      <Form onSubmit={check}>
        <TextField
          label={t('one-time:password')}
          description={t('one-time:hint')}
          value={oneTimeGrouped(entries.oneTime)}
          onChange={(typed) =>
            enter({ oneTime: typed.normalize('NFKC').replaceAll(/\D/g, '').slice(0, ONE_TIME_DIGITS) })
          }
          type="text"
          name="one-time"
          autoComplete="off"
          inputMode="numeric"
          error={isChecked ? error : undefined}
        />
      </Form>
    </RegisterScreen>
  );
}
