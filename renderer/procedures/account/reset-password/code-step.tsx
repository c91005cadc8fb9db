import { useLanguage } from '../../../app/language.tsx';
import { CentralAction } from '../../central-action.tsx';
import { MailedCode, useCodeEntry } from '../mailed-code.tsx';
import { RegisterInstead } from './register-instead.tsx';
import { ResetScreen } from './reset-screen.tsx';
import type { PasswordResetState } from './use-password-reset.ts';

/** 認証コード入力: what was mailed to the contact address, if anybody has that ID; the screen doesn't know. */
export function CodeStep({ reset }: { reset: PasswordResetState }) {
  const { t } = useLanguage();
  const { way, entries, enter, go, mailAgain, prove, isPending, triesLeft, isMailLate } = reset;
  const entry = useCodeEntry(entries.code, prove);
  return (
    <ResetScreen
      reset={reset}
      heading={t('reset-password:code.title')}
      lead={t('reset-password:code.lead')}
      onBack={() => go(way === 'code' ? 'id' : 'question')}
      primary={
        <CentralAction
          isDisabled={triesLeft === 0}
          isPending={isPending}
          pendingLabel={t('register:mail.pending')}
          onPress={entry.check}
        >
          {t('next')}
        </CentralAction>
      }
    >
      <MailedCode
        code={entries.code}
        onCode={(code) => enter({ code })}
        {...{ entry, isPending, triesLeft, onAgain: mailAgain, isLate: isMailLate }}
        sent={{ text: t('reset-password:code.sent') }}
        texts={{
          noTries: t('reset-password:code.no-tries'),
          missing: t('reset-password:code.missing'),
          late: t('reset-password:code.late'),
        }}
        ways={<RegisterInstead />}
      />
    </ResetScreen>
  );
}
