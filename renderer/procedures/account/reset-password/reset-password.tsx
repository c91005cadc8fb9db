import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import { useLanguage } from '../../../app/language.tsx';
import { Screen } from '../../../app/screen.tsx';
import { Card, KeyValueList, Notice } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { CodeStep } from './code-step.tsx';
import { EndOfReset } from './end-of-reset.tsx';
import { IdStep } from './id-step.tsx';
import { IssueStep } from './issue-step.tsx';
import { PasswordStep } from './password-step.tsx';
import { QuestionStep } from './question-step.tsx';
import { ResetScreen } from './reset-screen.tsx';
import { type PasswordResetState, type ResetStart, usePasswordReset } from './use-password-reset.ts';

export interface ResetPasswordProps {
  readonly start: ResetStart;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

/**
 * パスワードがわからなくなったとき: a code to the contact address, then a password of one's own; or a secret question, a
 * mail, the same question, then a password that central issues.
 */
export function ResetPassword({ start, onLeave, onEnd }: ResetPasswordProps) {
  const reset = usePasswordReset(start);
  const { step } = reset;
  switch (step) {
    case 'id':
      return <IdStep reset={reset} onLeave={onLeave} />;
    case 'code':
      return <CodeStep reset={reset} />;
    case 'password':
      return <PasswordStep reset={reset} />;
    case 'question':
      return <QuestionStep reset={reset} />;
    case 'issue':
      return <IssueStep reset={reset} onEnd={onEnd} />;
    case 'done':
      return <Done reset={reset} onEnd={onEnd} />;
    case 'over':
      return <Over reset={reset} />;
    default:
      return cantHappen(step);
  }
}

function Done({ reset, onEnd }: { reset: PasswordResetState; onEnd: () => void }) {
  const { t } = useLanguage();
  return (
    <Screen
      id="account.reset-password done"
      heading={t('reset-password:done.title')}
      lead={t('reset-password:done.lead')}
      actions={<EndOfReset isGuest={reset.start.kind === 'guest'} onEnd={onEnd} />}
    >
      <div className="register">
        <Card>
          <KeyValueList items={[{ label: t('sign-in:id'), value: reset.entries.loginId }]} />
        </Card>
        <Notice tone="info">
          <p>{t('register:done.keep')}</p>
          <p>{t('reset-password:done.mail')}</p>
          <p>{t('reset-password:done.elsewhere')}</p>
        </Notice>
      </div>
    </Screen>
  );
}

function Over({ reset }: { reset: PasswordResetState }) {
  const { t } = useLanguage();
  return (
    <ResetScreen
      reset={reset}
      heading={t('register:over.title')}
      lead={t(`reset-password:over.lead.${reset.way}`)}
      onBack={() => reset.go('id')}
      primary={
        <CentralAction
          isPending={reset.isPending}
          pendingLabel={t('reset-password:id.pending')}
          onPress={reset.beginAnew}
        >
          {t(`reset-password:over.anew.${reset.way}`)}
        </CentralAction>
      }
    />
  );
}
