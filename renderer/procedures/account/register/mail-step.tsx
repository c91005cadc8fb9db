import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { CODE_DIGITS } from '../../../../shared/central-api/codes.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useMailWait } from '../../../app/mail-wait.ts';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, Card, FormColumns, KeyValueList, Notice, NoticeList, Section, TextField } from '../../../kit/index.ts';
import { Form } from './form.tsx';
import { OneTimeOffer } from './one-time-offer.tsx';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

/** Waits for the link to be opened on the customer's phone; the code from the mail is the other way. */
export function MailStep({ registration }: { registration: RegistrationState }) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { entries, enter, go, mail, prove, isPending, triesLeft, isMailLate } = registration;
  const [isChecked, setChecked] = useState(false);
  useMailWait();
  const code = entries.code.normalize('NFKC').replaceAll(/\D/g, '');
  const error = code.length === CODE_DIGITS ? undefined : t('register:mail.code-broken');
  const isUnreachable = status?.central === 'unreachable';
  const check = () => {
    setChecked(true);
    if (error === undefined && !isUnreachable) prove();
  };
  return (
    <RegisterScreen
      registration={registration}
      heading={t('register:mail.title')}
      lead={t('register:mail.lead')}
      onBack={() => go('account')}
      primary={
        <Button
          variant="primary"
          isDisabled={isUnreachable || triesLeft === 0}
          isPending={isPending}
          pendingLabel={t('register:mail.pending')}
          onPress={check}
        >
          {t('register:mail.submit')}
        </Button>
      }
    >
      <Card>
        <KeyValueList items={[{ label: t('register:mail.to'), value: entries.loginId }]} />
      </Card>
      <FormColumns
        aside={
          <Section title={t(isMailLate ? 'register:mail.late-title' : 'register:mail.missing-title')}>
            <NoticeList>
              <Notice tone={isMailLate ? 'attention' : 'info'}>
                <p>{t('register:mail.missing')}</p>
                <p>{t(isMailLate ? 'register:mail.late' : 'register:mail.wait')}</p>
              </Notice>
            </NoticeList>
            <div className="register__ways">
              <Button variant="secondary" size="small" isDisabled={isPending || isUnreachable} onPress={mail}>
                {t('register:mail.again')}
              </Button>
              <Button variant="secondary" size="small" isDisabled={isPending} onPress={() => go('account')}>
                {t('register:mail.other-address')}
              </Button>
            </div>
          </Section>
        }
      >
        <Notice tone="info" icon={<MailCheck />} title={t('register:mail.link-title')}>
          <p>{t('register:mail.link')}</p>
        </Notice>
        {triesLeft === 0 ? (
          <Notice tone="attention">
            <p>{t('register:mail.no-tries')}</p>
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
      <OneTimeOffer registration={registration} />
    </RegisterScreen>
  );
}
