import { useState } from 'react';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Notice } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { IssuedPassword } from '../issued-password.tsx';
import { TakenBack } from '../taken-back.tsx';
import { EndOfReset } from './end-of-reset.tsx';
import { HandOver } from './hand-over.tsx';
import { ResetScreen } from './reset-screen.tsx';
import { type SecretEntry, SecretQuestionFields, useSecretCheck } from './secret-question.tsx';
import { useIssuedReset } from './use-issued-reset.ts';
import type { PasswordResetState } from './use-password-reset.ts';

const NOTHING: SecretEntry = { question: null, answer: '' };

/** 合言葉入力: the same question and answer again, then the password, once. */
export function IssueStep({ reset, onEnd }: { reset: PasswordResetState; onEnd: () => void }) {
  const { t } = useLanguage();
  const { status, staff } = useTerminalState();
  const [entry, setEntry] = useState(NOTHING);
  const { phase, issue, print } = useIssuedReset(reset.visit, () => reset.go('over'));
  const isUnreachable = status?.central === 'unreachable';
  const { isChecked, check } = useSecretCheck(entry, (given) => {
    if (!isUnreachable) issue(given);
  });
  const { kind } = phase;

  if (phase.kind === 'taken-back') {
    return (
      <TakenBack
        screen="account.reset-password"
        lead={t('procedures:account.reset-password.title')}
        isRevoked={phase.isRevoked}
        onAnew={check}
        onEnd={onEnd}
      />
    );
  }
  if (staff?.presence === 'at-work') {
    // What is shown to the customer is shown nowhere else.
    return <HandOver reset={reset} onBack={kind === 'shown' ? null : () => reset.go('question')} />;
  }
  if (phase.kind === 'shown') {
    const { issued, paper } = phase;
    return (
      <IssuedPassword
        screen="account.reset-password issued"
        account={{ kind: 'portal', login: issued.loginId }}
        {...{ password: issued.password, issuedAt: issued.issuedAt, paper, onPrint: print, onEnd }}
        end={<EndOfReset isGuest={reset.start.kind === 'guest'} onEnd={onEnd} />}
      />
    );
  }
  return (
    <ResetScreen
      reset={{ ...reset, problem: phase.kind === 'asking' ? phase.problem : null, isPending: kind === 'issuing' }}
      heading={t('reset-password:answer.title')}
      lead={t('reset-password:answer.lead')}
      onBack={() => reset.go('question')}
      primary={
        <CentralAction isPending={kind === 'issuing'} pendingLabel={t('secrets:confirm.pending')} onPress={check}>
          {t('reset-password:answer.submit')}
        </CentralAction>
      }
    >
      <SecretQuestionFields
        entry={entry}
        onEntry={(changes) => setEntry((now) => ({ ...now, ...changes }))}
        isChecked={isChecked}
        onSubmit={check}
      />
      <Notice tone="attention">
        <p>{t('reset-password:answer.once')}</p>
      </Notice>
    </ResetScreen>
  );
}
