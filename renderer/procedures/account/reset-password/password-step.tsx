import { useState } from 'react';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Notice } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { isNewPassword, NewPasswordFields } from '../new-password.tsx';
import { Form } from '../register/form.tsx';
import { ResetScreen } from './reset-screen.tsx';
import type { PasswordResetState } from './use-password-reset.ts';

/** The new password twice; each rule is ticked as it is met. */
export function PasswordStep({ reset }: { reset: PasswordResetState }) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { entries, enter, go, complete, isPending } = reset;
  const [isChecked, setChecked] = useState(false);
  const isUnreachable = status?.central === 'unreachable';
  const check = () => {
    setChecked(true);
    if (isNewPassword(entries) && !isUnreachable) complete();
  };
  return (
    <ResetScreen
      reset={reset}
      heading={t('password-change:title')}
      lead={t('reset-password:password.lead')}
      onBack={() => go('id')}
      primary={
        <CentralAction isPending={isPending} pendingLabel={t('reset-password:password.pending')} onPress={check}>
          {t('reset-password:password.submit')}
        </CentralAction>
      }
    >
      <Form onSubmit={check}>
        <NewPasswordFields entry={entries} onEntry={enter} isChecked={isChecked} />
      </Form>
      <Notice tone="info">
        <p>{t('password-change:mail')}</p>
      </Notice>
    </ResetScreen>
  );
}
