import type { Contract } from '../../shared/domain/contract.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { groupPhoneNumber } from '../../shared/domain/phone-number.ts';
import { readDate } from '../../shared/domain/typed/typed-date.ts';
import { countsOf, manyOf, waysOf } from '../../shared/procedures/answers.ts';
import { answerTo, askedQuestions } from '../../shared/procedures/asked.ts';
import type {
  ChoiceOption,
  Draft,
  Procedure,
  ProcedureContext,
  Question,
  TextQuestion,
} from '../../shared/procedures/procedure.ts';
import { formatDate } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { nameById } from '../app/offering-name.ts';

/** How an option is called on its card and on the review. */
export function useOptionName(
  procedure: Procedure,
  context: ProcedureContext,
  contracts: readonly Contract[],
): (questionId: string, option: Pick<ChoiceOption, 'name' | 'value'>) => string {
  const { t, language } = useLanguage();
  return (questionId, { name, value }) => {
    switch (name.kind) {
      case 'offering':
        return nameById(context.catalog, contracts, name.offeringId, language);
      case 'text':
        return t(`procedures:${procedure.id}.${questionId}.${value}`);
      case 'value':
        return value;
      default:
        return cantHappen(name);
    }
  };
}

/** Every question that was asked, and its answer in words. */
export function useAnswered(
  procedure: Procedure,
  context: ProcedureContext,
  contracts: readonly Contract[],
): (draft: Draft) => { question: string; isTyped: boolean; label: string; value: string }[] {
  const { t } = useLanguage();
  const answerText = useAnswerText(procedure, context, contracts);
  return (draft) =>
    askedQuestions(procedure.steps, context, draft).map((question) => {
      const label = t(`procedures:${procedure.id}.labels.${question.id}`);
      const value = answerText(question, draft);
      const isTyped = question.kind === 'text';
      // 端末延長保証: 延長保証 would say the same twice.
      return {
        question: question.id,
        isTyped,
        label,
        value: !isTyped && isNamedBy(label, value) ? t('choice:taken') : value,
      };
    });
}

function isNamedBy(label: string, value: string): boolean {
  return value !== '' && label.toLowerCase().includes(value.toLowerCase());
}

/** An answer in words, as the review says it. */
export function useAnswerText(
  procedure: Procedure,
  context: ProcedureContext,
  contracts: readonly Contract[],
): (question: Question, draft: Draft) => string {
  const { t, language } = useLanguage();
  const optionName = useOptionName(procedure, context, contracts);
  const typedText = (question: TextQuestion, draft: Draft): string => {
    const text = answerTo(question, draft) ?? '';
    if (text === '') return t('typed:nothing');
    switch (question.format.kind) {
      case 'date':
        return readDate(text) === null ? text : formatDate(language, text);
      case 'phone':
        return groupPhoneNumber(text);
      case 'digits':
      case 'latin':
      case 'kana':
      case 'name':
      case 'email':
        return text;
      default:
        return cantHappen(question.format);
    }
  };
  return (question, draft) => {
    if (question.kind === 'text') return typedText(question, draft);
    const answer = draft[question.id];
    const options = question.options(context, draft);
    const named = (value: string): string => {
      const option = options.find((one) => one.value === value);
      return option === undefined ? '' : optionName(question.id, option);
    };
    const listed = (names: readonly string[]): string =>
      names.length === 0 ? t('wizard:nothing-chosen') : names.join(t('choice:separator'));
    switch (question.kind) {
      case 'one':
        return named(answer ?? '');
      case 'many':
        return listed(manyOf(answer).map(named));
      case 'counts':
        return listed(
          [...countsOf(answer)].map(([value, count]) => t('prices:several', { name: named(value), count })),
        );
      case 'each':
        return listed(
          [...waysOf(answer)].map(([value, way]) =>
            t('choice:each', { name: named(value), way: t(`procedures:${procedure.id}.${question.id}.${way}`) }),
          ),
        );
      default:
        return cantHappen(question);
    }
  };
}
