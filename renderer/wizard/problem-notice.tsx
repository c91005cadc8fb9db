import { useLanguage } from '../app/language.tsx';
import { Notice } from '../kit/index.ts';
import type { SubmitProblem } from './wizard-state.ts';

/** Why the application didn't go through, and what to do. */
export function ProblemNotice({ problem }: { problem: SubmitProblem }) {
  const { t } = useLanguage();
  return (
    <Notice tone="error" title={t(`wizard:problem.${problem.kind}.title`)}>
      <p>{t(`wizard:problem.${problem.kind}.text`)}</p>
      {problem.kind === 'unexpected' && problem.correlationId !== null ? (
        <p>{t('unexpected.id', { id: problem.correlationId })}</p>
      ) : null}
    </Notice>
  );
}
