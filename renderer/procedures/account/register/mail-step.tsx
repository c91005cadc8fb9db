import { useLanguage } from '../../../app/language.tsx';
import { Button, Card, KeyValueList } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { MailedCode, useCodeEntry } from '../mailed-code.tsx';
import { OneTimeOffer } from './one-time-offer.tsx';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

/** Waits for the link to be opened on the customer's phone; the code from the mail is the other way. */
export function MailStep({ registration }: { registration: RegistrationState }) {
  const { t } = useLanguage();
  const { entries, enter, go, mail, prove, isPending, triesLeft, isMailLate } = registration;
  const entry = useCodeEntry(entries.code, prove);
  return (
    <RegisterScreen
      registration={registration}
      heading={t('register:mail.title')}
      lead={t('register:mail.lead')}
      onBack={() => go('account')}
      primary={
        <CentralAction
          isDisabled={triesLeft === 0}
          isPending={isPending}
          pendingLabel={t('register:mail.pending')}
          onPress={entry.check}
        >
          {t('register:mail.submit')}
        </CentralAction>
      }
    >
      <Card>
        <KeyValueList items={[{ label: t('register:mail.to'), value: entries.loginId }]} />
      </Card>
      <MailedCode
        code={entries.code}
        onCode={(code) => enter({ code })}
        {...{ entry, isPending, triesLeft, onAgain: mail, isLate: isMailLate }}
        sent={{ title: t('register:mail.link-title'), text: t('register:mail.link') }}
        texts={{
          noTries: t('register:mail.no-tries'),
          missing: t('register:mail.missing'),
          late: t('register:mail.late'),
        }}
        ways={
          <Button variant="secondary" size="small" isDisabled={isPending} onPress={() => go('account')}>
            {t('register:mail.other-address')}
          </Button>
        }
      />
      <OneTimeOffer registration={registration} />
    </RegisterScreen>
  );
}
