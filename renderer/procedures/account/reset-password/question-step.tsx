import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Notice } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { HandOver } from './hand-over.tsx';
import { ResetScreen } from './reset-screen.tsx';
import { SecretQuestionFields, useSecretCheck } from './secret-question.tsx';
import type { PasswordResetState } from './use-password-reset.ts';

/** 合言葉登録: a question and its answer, which are asked for again after the mail. */
export function QuestionStep({ reset }: { reset: PasswordResetState }) {
  const { t } = useLanguage();
  const { status, staff } = useTerminalState();
  const { entries, enter, go, remember, isPending } = reset;
  const isUnreachable = status?.central === 'unreachable';
  const { isChecked, check } = useSecretCheck(entries, (given) => {
    if (!isUnreachable) remember(given);
  });
  if (staff?.presence === 'at-work') return <HandOver reset={reset} onBack={() => go('id')} />;
  return (
    <ResetScreen
      reset={reset}
      heading={t('reset-password:question.title')}
      lead={t('reset-password:question.lead')}
      onBack={() => go('id')}
      primary={
        <CentralAction isPending={isPending} pendingLabel={t('reset-password:question.pending')} onPress={check}>
          {t('next')}
        </CentralAction>
      }
    >
      <SecretQuestionFields entry={entries} onEntry={enter} isChecked={isChecked} onSubmit={check} />
      <Notice tone="info">
        <p>{t('reset-password:question.keep')}</p>
      </Notice>
    </ResetScreen>
  );
}
