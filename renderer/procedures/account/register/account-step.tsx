import { Circle, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { brokenIdRules, PORTAL_ID_LENGTHS, PORTAL_ID_RULES } from '../../../../shared/domain/portal-id.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { FormColumns, Section, TextField } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { isNewPassword, NewPasswordFields } from '../new-password.tsx';
import { Form } from './form.tsx';
import { OneTimeOffer } from './one-time-offer.tsx';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

/** The ID, which is a mail address, and the password twice; each rule is ticked as it is met. */
export function AccountStep({ registration }: { registration: RegistrationState }) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { entries, enter, go, mail, isPending, isElsewhere } = registration;
  const { loginId } = entries;
  const [isChecked, setChecked] = useState(false);
  const isUnreachable = status?.central === 'unreachable';
  const error = brokenIdRules(loginId).length > 0 ? t('register:account.id-broken') : undefined;
  const check = () => {
    setChecked(true);
    if (error === undefined && isNewPassword(entries) && !isUnreachable) mail();
  };
  return (
    <RegisterScreen
      registration={registration}
      heading={t('register:account.title')}
      lead={t('register:account.lead')}
      onBack={isElsewhere ? null : () => go('terms')}
      primary={
        <CentralAction isPending={isPending} pendingLabel={t('register:account.pending')} onPress={check}>
          {t('next')}
        </CentralAction>
      }
    >
      <Form onSubmit={check}>
        <FormColumns aside={<IdRules id={loginId} />}>
          <TextField
            label={t('sign-in:id')}
            description={t('register:account.id-description')}
            value={loginId}
            onChange={(value) => enter({ loginId: value.trim() })}
            type="text"
            name="loginId"
            autoComplete="off"
            inputMode="email"
            error={isChecked ? error : undefined}
          />
        </FormColumns>
        <NewPasswordFields entry={entries} onEntry={enter} isChecked={isChecked} />
      </Form>
      {isElsewhere ? null : <OneTimeOffer registration={registration} />}
    </RegisterScreen>
  );
}

function IdRules({ id }: { id: string }) {
  const { t } = useLanguage();
  const broken = brokenIdRules(id);
  return (
    <Section title={t('register:account.id-rules')}>
      <ul className="password-rules">
        {PORTAL_ID_RULES.map((rule) => {
          const isMet = id !== '' && !broken.includes(rule);
          return (
            <li className={`password-rules__rule${isMet ? ' password-rules__rule--met' : ''}`} key={rule}>
              <span aria-hidden="true">{isMet ? <CircleCheck /> : <Circle />}</span>
              <span>{t(`register:account.rule.${rule}`, PORTAL_ID_LENGTHS)}</span>
              {isMet ? <strong>{t('password-change:met')}</strong> : null}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
