import { useState } from 'react';
import { brokenRules } from '../../../../shared/domain/password-rule.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, FormColumns, Notice, TextField } from '../../../kit/index.ts';
import { PasswordRules } from '../password-rules.tsx';
import { Form } from '../register/form.tsx';
import { ResetScreen } from './reset-screen.tsx';
import type { PasswordResetState } from './use-password-reset.ts';

/** The new password twice; each rule is ticked as it is met. */
export function PasswordStep({ reset }: { reset: PasswordResetState }) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { entries, enter, go, complete, isPending } = reset;
  const { password, again } = entries;
  const [isChecked, setChecked] = useState(false);
  const isUnreachable = status?.central === 'unreachable';
  const errors = {
    password: brokenRules('portal', password).length > 0 ? t('password-change:broken') : undefined,
    again: password === again ? undefined : t('password-change:differs'),
  };
  const check = () => {
    setChecked(true);
    if (errors.password === undefined && errors.again === undefined && !isUnreachable) complete();
  };
  const field = (name: 'password' | 'again') => ({
    label: t(name === 'password' ? 'password-change:next' : 'password-change:again'),
    value: entries[name],
    onChange: (value: string) => enter({ [name]: value }),
    type: 'password' as const,
    name,
    autoComplete: 'off',
    showPasswordLabel: t('sign-in:show-password'),
    error: isChecked ? errors[name] : undefined,
  });
  return (
    <ResetScreen
      reset={reset}
      heading={t('password-change:title')}
      lead={t('reset-password:password.lead')}
      onBack={() => go('id')}
      primary={
        <Button
          variant="primary"
          isDisabled={isUnreachable}
          isPending={isPending}
          pendingLabel={t('reset-password:password.pending')}
          onPress={check}
        >
          {t('reset-password:password.submit')}
        </Button>
      }
    >
      <FormColumns aside={<PasswordRules kind="portal" next={password} again={again} />}>
        <Form onSubmit={check}>
          <TextField {...field('password')} />
          <TextField {...field('again')} />
        </Form>
      </FormColumns>
      <Notice tone="info">
        <p>{t('password-change:mail')}</p>
      </Notice>
    </ResetScreen>
  );
}
