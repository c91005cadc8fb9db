import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Button } from '../../../kit/index.ts';
import { MailedCode, useCodeEntry } from '../mailed-code.tsx';
import { RegisterInstead } from './register-instead.tsx';
import { ResetScreen } from './reset-screen.tsx';
import type { PasswordResetState } from './use-password-reset.ts';

/** Waits for the link to be opened on the customer's phone; the code from the mail is the other way. */
export function MailStep({ reset }: { reset: PasswordResetState }) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { entries, enter, go, mailAgain, prove, isPending, triesLeft, isMailLate } = reset;
  const entry = useCodeEntry(entries.code, prove);
  return (
    <ResetScreen
      reset={reset}
      heading={t('reset-password:mail.title')}
      lead={t('register:mail.lead')}
      onBack={() => go('question')}
      primary={
        <Button
          variant="primary"
          isDisabled={status?.central === 'unreachable' || triesLeft === 0}
          isPending={isPending}
          pendingLabel={t('register:mail.pending')}
          onPress={entry.check}
        >
          {t('next')}
        </Button>
      }
    >
      <MailedCode
        code={entries.code}
        onCode={(code) => enter({ code })}
        {...{ entry, isPending, triesLeft, onAgain: mailAgain, isLate: isMailLate }}
        sent={{ title: t('register:mail.link-title'), text: t('reset-password:mail.sent') }}
        texts={{
          noTries: t('register:mail.no-tries'),
          missing: t('reset-password:code.missing'),
          late: t('reset-password:code.late'),
        }}
        ways={<RegisterInstead />}
      />
    </ResetScreen>
  );
}
