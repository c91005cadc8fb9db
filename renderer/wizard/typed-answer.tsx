import { DRAFT_LIMITS } from '../../shared/central-api/drafts.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Language } from '../../shared/domain/language.ts';
import { readDate } from '../../shared/domain/typed/typed-date.ts';
import type { TextFormat } from '../../shared/domain/typed/typed-text.ts';
import type { TextQuestion } from '../../shared/procedures/procedure.ts';
import { kanaAsTyped } from '../app/kana-input.ts';
import { formatDate } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { TextField, type TextFieldProps } from '../kit/index.ts';
import type { StepProps } from './step-props.ts';
import { useAnswerError } from './use-answer-error.ts';

/** A question whose answer is typed. */
export function TypedAnswer({ question, props }: { question: TextQuestion; props: StepProps }) {
  const { t, language } = useLanguage();
  const { procedure, state, send } = props;
  const value = state.draft[question.id] ?? '';
  const label = t(`procedures:${procedure.id}.labels.${question.id}`);
  // Whoever counts by eras, or the other way round, sees that the same day is meant.
  const day = question.format.kind === 'date' ? readDate(value) : null;
  return (
    <TextField
      label={question.isOptional === true ? t('typed:optional', { label }) : label}
      description={t(`procedures:${procedure.id}.hints.${question.id}`)}
      understood={day === null ? undefined : t('typed:understood', { date: formatDate(language, day) })}
      value={value}
      onChange={(text) =>
        send({
          type: 'answered',
          question: question.id,
          value: (question.format.kind === 'kana' ? kanaAsTyped(text) : text).slice(0, DRAFT_LIMITS.answerLength),
        })
      }
      type="text"
      name={question.id}
      autoComplete="off"
      keys={keysFor(question.format, language)}
      isRequired={question.isOptional !== true}
      error={useAnswerError(question, props)}
    />
  );
}

function keysFor(format: TextFormat, language: Language): NonNullable<TextFieldProps['keys']> {
  switch (format.kind) {
    case 'digits':
    case 'phone':
      return 'digits';
    case 'date':
      return language === 'ja' ? 'date' : 'western-date';
    case 'kana':
      return 'kana';
    case 'latin':
    case 'name':
    case 'email':
      return 'latin';
    default:
      return cantHappen(format);
  }
}
