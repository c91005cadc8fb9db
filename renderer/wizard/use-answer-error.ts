import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Question } from '../../shared/procedures/procedure.ts';
import { useLanguage } from '../app/language.tsx';
import type { StepProps } from './step-props.ts';

/** What stands in red at a question, once the customer wanted to go on. */
export function useAnswerError(question: Question, { procedure, context, state }: StepProps): string | undefined {
  const { t } = useLanguage();
  if (!state.isChecked) return undefined;
  const found = procedure.problems(context, state.draft).find((one) => one.question === question.id);
  if (found === undefined) return undefined;
  switch (found.problem) {
    case 'missing':
      return t(question.kind === 'text' ? 'typed:missing' : 'wizard:missing');
    case 'not-offered':
    case 'malformed':
      return t('wizard:missing');
    case 'unfit':
      return t(`typed:${found.reason}`, question.kind === 'text' ? { ...question.format } : {});
    case 'forbidden':
      return t(`rules:${found.rule}`);
    default:
      return cantHappen(found);
  }
}
