import type { ReactNode } from 'react';
import { useLanguage } from '../../../app/language.tsx';
import { Screen } from '../../../app/screen.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { ActionBar, Button, Notice, StepBar } from '../../../kit/index.ts';
import type { PasswordResetState, ResetProblem, ResetStep } from './use-password-reset.ts';
import '../register/register.css';

/** What the bar shows. */
const STEPS = {
  unknown: ['id', 'proof', 'password'],
  code: ['id', 'code', 'password'],
  'secret-question': ['id', 'question', 'code', 'issue'],
} as const;
const STEP_OF: Readonly<Record<ResetStep, number>> = {
  ...{ id: 0, code: 1, password: 2, question: 1, issue: 3, done: 3, over: 0 },
};

export interface ResetScreenProps {
  readonly reset: Pick<PasswordResetState, 'step' | 'way' | 'isPending'> & { readonly problem: ResetProblem | null };
  readonly heading: string;
  readonly lead?: string;
  /** null: there is none. */
  readonly onBack: (() => void) | null;
  readonly primary: ReactNode;
  readonly children?: ReactNode;
}

export function ResetScreen({ reset, heading, lead, onBack, primary, children }: ResetScreenProps) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { step, way, problem, isPending } = reset;
  const at = way === 'secret-question' && step === 'code' ? 2 : STEP_OF[step];
  return (
    <Screen
      id={`account.reset-password ${step}`}
      heading={heading}
      lead={lead}
      above={
        <StepBar
          label={t('reset-password:steps')}
          steps={STEPS[step === 'id' ? 'unknown' : way].map((id, index) => ({
            id,
            label: t(`reset-password:step.${id}`),
            state: index < at ? 'done' : index === at ? 'current' : 'todo',
          }))}
        />
      }
      actions={
        <ActionBar
          back={
            <Button variant="secondary" isDisabled={isPending || onBack === null} onPress={onBack ?? undefined}>
              {t('back')}
            </Button>
          }
          primary={primary}
        />
      }
    >
      <div className="register">
        {status?.central === 'unreachable' ? (
          <Notice tone="offline" title={t('reset-password:offline.title')}>
            <p>{t('reset-password:offline.text')}</p>
          </Notice>
        ) : (
          <Problem problem={problem} />
        )}
        {children}
      </div>
    </Screen>
  );
}

function Problem({ problem }: { problem: ResetProblem | null }) {
  const { t } = useLanguage();
  if (problem === null) return null;
  const minutes = problem.kind === 'throttled' ? { minutes: problem.minutes } : {};
  return (
    <Notice tone="error">
      <p>{t(`reset-password:problem.${problem.kind}`, minutes)}</p>
    </Notice>
  );
}
