import type { ReactNode } from 'react';
import { useLanguage } from '../../../app/language.tsx';
import { Screen } from '../../../app/screen.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { ActionBar, Button, Notice, StepBar } from '../../../kit/index.ts';
import type { RegistrationProblem, RegistrationState, RegistrationStep } from './use-registration.ts';
import './register.css';

/** What the bar shows; several screens may be one of them. */
const STEPS = ['contractor', 'terms', 'account', 'mail'] as const;
const STEP_OF: Readonly<Record<RegistrationStep, number>> = {
  ...{
    staff: 0,
    'hand-over': 0,
    redeem: 0,
    'one-time': 2,
    contractor: 0,
    proof: 0,
    additional: 0,
    terms: 1,
    account: 2,
    mail: 3,
    contact: 3,
    done: 4,
    over: 0,
  },
};

export interface RegisterScreenProps {
  readonly registration: RegistrationState;
  readonly heading: string;
  readonly lead?: string;
  /** null: there is none. */
  readonly onBack: (() => void) | null;
  readonly primary: ReactNode;
  readonly children?: ReactNode;
}

export function RegisterScreen({ registration, heading, lead, onBack, primary, children }: RegisterScreenProps) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { step, problem, isPending } = registration;
  const at = STEP_OF[step];
  return (
    <Screen
      id={`account.register ${step}`}
      heading={heading}
      lead={lead}
      above={
        <StepBar
          label={t('register:steps')}
          steps={STEPS.map((id, index) => ({
            id,
            label: t(`register:step.${id}`),
            state: index < at ? 'done' : index === at ? 'current' : 'todo',
          }))}
        />
      }
      actions={
        <ActionBar
          back={
            onBack === null ? undefined : (
              <Button variant="secondary" isDisabled={isPending} onPress={onBack}>
                {t('back')}
              </Button>
            )
          }
          primary={primary}
        />
      }
    >
      <div className="register">
        {status?.central === 'unreachable' && step !== 'done' ? (
          <Notice tone="offline" title={t('register:offline.title')}>
            <p>{t('register:offline.text')}</p>
          </Notice>
        ) : (
          <Problem problem={problem} />
        )}
        {children}
      </div>
    </Screen>
  );
}

function Problem({ problem }: { problem: RegistrationProblem | null }) {
  const { t } = useLanguage();
  if (problem === null) return null;
  const minutes = problem.kind === 'throttled' ? { minutes: problem.minutes } : {};
  return (
    <Notice tone="error">
      <p>{t(`register:problem.${problem.kind}`, minutes)}</p>
    </Notice>
  );
}
