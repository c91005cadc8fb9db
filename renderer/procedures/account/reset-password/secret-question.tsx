import { useState } from 'react';
import { SECRET_QUESTIONS, secretAnswer, type SecretQuestion } from '../../../../shared/domain/secret-question.ts';
import { useLanguage } from '../../../app/language.tsx';
import { ChoiceGroup, FormColumns, TextField } from '../../../kit/index.ts';
import { Form } from '../register/form.tsx';

export interface SecretEntry {
  /** null: none is chosen yet. */
  readonly question: SecretQuestion | null;
  readonly answer: string;
}

/** 秘密の質問 and 答え, of which neither may be missing; that is said once somebody went on. */
export function SecretQuestionFields({
  entry,
  onEntry,
  isChecked,
  onSubmit,
}: {
  entry: SecretEntry;
  onEntry: (changes: Partial<SecretEntry>) => void;
  isChecked: boolean;
  onSubmit: () => void;
}) {
  const { t, language } = useLanguage();
  const { question, answer } = entry;
  return (
    <Form onSubmit={onSubmit}>
      <FormColumns
        aside={
          <TextField
            label={t('reset-password:question.answer')}
            description={t('reset-password:question.answer-description')}
            value={answer}
            onChange={(value) => onEntry({ answer: value })}
            type="text"
            name="answer"
            autoComplete="off"
            keys={language === 'ja' ? 'kana' : 'latin'}
            error={isChecked && secretAnswer(answer) === null ? t('reset-password:question.broken') : undefined}
          />
        }
      >
        <ChoiceGroup
          label={t('reset-password:question.label')}
          value={question}
          onChange={(value) => onEntry({ question: SECRET_QUESTIONS.find((one) => one === value) ?? null })}
          options={SECRET_QUESTIONS.map((one) => ({ value: one, name: t(`reset-password:question.of.${one}`) }))}
          selectedLabel={t('choice:selected')}
          error={isChecked && question === null ? t('reset-password:question.unchosen') : undefined}
        />
      </FormColumns>
    </Form>
  );
}

/** Whether both are there. @param onGiven with what is */
export function useSecretCheck(
  { question, answer }: SecretEntry,
  onGiven: (given: { question: SecretQuestion; answer: string }) => void,
): { readonly isChecked: boolean; readonly check: () => void } {
  const [isChecked, setChecked] = useState(false);
  return {
    isChecked,
    check: () => {
      setChecked(true);
      if (question !== null && secretAnswer(answer) !== null) onGiven({ question, answer });
    },
  };
}
