import type { ContactChoice } from '../../../../shared/central-api/registration.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import { EndBar } from '../../../app/end-bar.tsx';
import { useLanguage } from '../../../app/language.tsx';
import { go as goTo, SIGN_IN } from '../../../app/route.ts';
import { Screen } from '../../../app/screen.tsx';
import { ActionBar, Button, Card, ChoiceGroup, KeyValueList, Notice } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { OneTimePassword } from '../one-time/one-time-password.tsx';
import { AcceptStep } from './accept-step.tsx';
import { AccountStep } from './account-step.tsx';
import { ContractorStep } from './contractor-step.tsx';
import { HandOverStep } from './hand-over-step.tsx';
import { MailStep } from './mail-step.tsx';
import { ProofStep } from './proof-step.tsx';
import { RedeemStep } from './redeem-step.tsx';
import { RegisterScreen } from './register-screen.tsx';
import { StaffStep } from './staff-step.tsx';
import { type RegistrationStart, type RegistrationState, useRegistration } from './use-registration.ts';

export interface RegisterProps {
  readonly start: RegistrationStart;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

/** はじめてのログイン: from whose contract it is to the new iTSCOM ID, for someone who isn't signed in, or with staff. */
export function Register({ start, onLeave, onEnd }: RegisterProps) {
  const registration = useRegistration(start);
  const { step, terms, visit, go, isElsewhere, drop } = registration;
  const left = () => {
    drop();
    onLeave();
  };
  switch (step) {
    case 'staff':
      return <StaffStep registration={registration} onLeave={left} />;
    case 'hand-over':
      return <HandOverStep registration={registration} />;
    case 'redeem':
      return <RedeemStep registration={registration} onLeave={onLeave} />;
    case 'contractor':
      return <ContractorStep registration={registration} onLeave={onLeave} />;
    case 'proof':
      return <ProofStep key={step} registration={registration} isAdditional={false} />;
    case 'additional':
      return <ProofStep key={step} registration={registration} isAdditional />;
    case 'terms':
      return <AcceptStep registration={registration} />;
    case 'account':
      return <AccountStep registration={registration} />;
    case 'mail':
      return <MailStep registration={registration} />;
    case 'one-time':
      return (
        <OneTimePassword
          // What goes on at this terminal already goes on elsewhere from where it is.
          owner={
            start.kind === 'staff' && !isElsewhere
              ? { kind: 'session', sessionId: start.sessionId }
              : { kind: 'visit', ...visit }
          }
          terms={terms ?? []}
          onBack={() => go(start.kind === 'staff' && !isElsewhere ? 'terms' : 'account')}
          onEnd={onEnd}
        />
      );
    case 'contact':
      return <ContactStep registration={registration} />;
    case 'done':
      return (
        <Done loginId={registration.entries.loginId} onAgain={start.kind === 'staff' ? left : null} onEnd={onEnd} />
      );
    case 'over':
      return <Over registration={registration} onEnd={onEnd} />;
    default:
      return cantHappen(step);
  }
}

/** Asked only where there is a choice (p.16). */
function ContactStep({ registration }: { registration: RegistrationState }) {
  const { t } = useLanguage();
  const { entries, enter, complete, beside, isPending } = registration;
  const choices: readonly { readonly value: ContactChoice; readonly name: string; readonly detail: string }[] = [
    { value: 'id', name: entries.loginId, detail: 'id' },
    ...(beside.presentContact === null
      ? []
      : [{ value: 'present' as const, name: beside.presentContact, detail: 'present' }]),
    ...beside.mailAddresses.map((address) => ({ value: address, name: address, detail: 'mail-address' })),
  ];
  return (
    <RegisterScreen
      registration={registration}
      heading={t('register:contact.title')}
      lead={t('register:contact.lead')}
      onBack={null}
      primary={
        <CentralAction isPending={isPending} pendingLabel={t('register:contact.pending')} onPress={complete}>
          {t('next')}
        </CentralAction>
      }
    >
      <ChoiceGroup
        label={t('register:contact.title')}
        labelVisibility="hidden"
        value={entries.contact}
        onChange={(value) => enter({ contact: choices.find((one) => one.value === value)?.value ?? 'id' })}
        options={choices.map(({ value, name, detail }) => ({
          value,
          name,
          details: [t(`register:contact.${detail}`)],
        }))}
        selectedLabel={t('choice:selected')}
      />
    </RegisterScreen>
  );
}

interface DoneProps {
  readonly loginId: string;
  /** null: a guest may sign in with it. */
  readonly onAgain: (() => void) | null;
  readonly onEnd: () => void;
}

function Done({ loginId, onAgain, onEnd }: DoneProps) {
  const { t } = useLanguage();
  return (
    <Screen
      id="account.register done"
      heading={t('register:done.title')}
      lead={t('register:done.lead')}
      actions={
        onAgain === null ? (
          <ActionBar
            back={
              <Button variant="secondary" onPress={onEnd}>
                {t('finish')}
              </Button>
            }
            primary={
              <Button variant="primary" onPress={() => goTo(SIGN_IN)}>
                {t('register:done.sign-in')}
              </Button>
            }
          />
        ) : (
          <EndBar {...{ onAgain, onEnd }} />
        )
      }
    >
      <div className="register">
        <Card>
          <KeyValueList items={[{ label: t('sign-in:id'), value: loginId }]} />
        </Card>
        <Notice tone="info">
          <p>{t('register:done.keep')}</p>
          <p>{t('register:done.mail')}</p>
        </Notice>
      </div>
    </Screen>
  );
}

function Over({ registration, onEnd }: { registration: RegistrationState; onEnd: () => void }) {
  const { t } = useLanguage();
  const { beginAnew, isPending, isElsewhere } = registration;
  return (
    <RegisterScreen
      registration={registration}
      heading={t('register:over.title')}
      lead={t('register:over.lead')}
      onBack={onEnd}
      primary={
        <CentralAction isPending={isPending} pendingLabel={t('register:proof.pending')} onPress={beginAnew}>
          {t('register:over.anew')}
        </CentralAction>
      }
    >
      {isElsewhere ? null : (
        <Notice tone="info">
          <p>{t('register:over.kept')}</p>
        </Notice>
      )}
    </RegisterScreen>
  );
}
