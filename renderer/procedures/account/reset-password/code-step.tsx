import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { CODE_DIGITS } from '../../../../shared/central-api/codes.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useMailWait } from '../../../app/mail-wait.ts';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, FormColumns, Notice, NoticeList, Section, TextField } from '../../../kit/index.ts';
import { Form } from '../register/form.tsx';
import { RegisterInstead } from './register-instead.tsx';
import { ResetScreen } from './reset-screen.tsx';
import type { PasswordResetState } from './use-password-reset.ts';

/** 認証コード入力: what was mailed to the contact address, if anybody has that ID; the screen doesn't know. */
export function CodeStep({ reset }: { reset: PasswordResetState }) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { entries, enter, go, begin, prove, isPending, triesLeft, isMailLate } = reset;
  const [isChecked, setChecked] = useState(false);
  useMailWait();
  const error = entries.code.length === CODE_DIGITS ? undefined : t('register:mail.code-broken');
  const isUnreachable = status?.central === 'unreachable';
  const check = () => {
    setChecked(true);
    if (error === undefined && !isUnreachable) prove();
  };
  return (
    <ResetScreen
      reset={reset}
      heading={t('reset-password:code.title')}
      lead={t('reset-password:code.lead')}
      onBack={() => go('id')}
      primary={
        <Button
          variant="primary"
          isDisabled={isUnreachable || triesLeft === 0}
          isPending={isPending}
          pendingLabel={t('register:mail.pending')}
          onPress={check}
        >
          {t('next')}
        </Button>
      }
    >
      <FormColumns
        aside={
          <Section title={t(isMailLate ? 'register:mail.late-title' : 'register:mail.missing-title')}>
            <NoticeList>
              <Notice tone={isMailLate ? 'attention' : 'info'}>
                <p>{t('reset-password:code.missing')}</p>
                <p>{t(isMailLate ? 'reset-password:code.late' : 'register:mail.wait')}</p>
              </Notice>
            </NoticeList>
            <div className="register__ways">
              <Button variant="secondary" size="small" isDisabled={isPending || isUnreachable} onPress={begin}>
                {t('register:mail.again')}
              </Button>
            </div>
            <RegisterInstead />
          </Section>
        }
      >
        <Notice tone="info" icon={<MailCheck />}>
          <p>{t('reset-password:code.sent')}</p>
        </Notice>
        {triesLeft === 0 ? (
          <Notice tone="attention">
            <p>{t('reset-password:code.no-tries')}</p>
          </Notice>
        ) : (
          <Form onSubmit={check}>
            <TextField
              label={t('register:mail.code')}
              description={t('register:mail.code-description')}
              value={entries.code}
              onChange={(value) => enter({ code: value.normalize('NFKC').replaceAll(/\D/g, '').slice(0, CODE_DIGITS) })}
              type="text"
              name="code"
              autoComplete="off"
              inputMode="numeric"
              error={isChecked ? error : undefined}
            />
          </Form>
        )}
      </FormColumns>
    </ResetScreen>
  );
}
