import { CheckboxButton, CheckboxField, CheckboxGroup, FieldError, Label } from 'react-aria-components';
import { ChoiceCard } from './choice-card.tsx';
import type { ChoiceOption } from './choice-group.tsx';
import { ErrorText } from './error-text.tsx';
import './choice-group.css';
import './multi-choice.css';

export type MultiChoiceProps = {
  label: string;
  labelVisibility?: 'shown' | 'hidden' | undefined;
  /** Under the label: that none is an answer too. */
  hint?: string | undefined;
  values: readonly string[];
  onChange: (values: readonly string[]) => void;
  options: readonly ChoiceOption[];
  error?: string | undefined;
};

/** Cards of which any number may be chosen. */
export function MultiChoice(props: MultiChoiceProps) {
  const { label, labelVisibility = 'shown', hint, values, onChange, options, error } = props;
  return (
    <CheckboxGroup
      className="kit-choice-group kit-multi-choice"
      value={[...values]}
      onChange={onChange}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={labelVisibility === 'hidden' ? 'kit-visually-hidden' : 'kit-choice-group__label'}>
        {label}
      </Label>
      {hint ? <p className="kit-multi-choice__hint">{hint}</p> : null}
      <FieldError className="kit-choice-group__error">{error ? <ErrorText>{error}</ErrorText> : null}</FieldError>
      <div className="kit-choice-group__options">
        {options.map((option) => (
          <CheckCard key={option.value} option={option} />
        ))}
      </div>
    </CheckboxGroup>
  );
}

function CheckCard({ option }: { option: ChoiceOption }) {
  return (
    <CheckboxField className="kit-choice-field" value={option.value} isDisabled={option.isDisabled ?? false}>
      <CheckboxButton className="kit-choice kit-choice--many">
        {({ isSelected }) => <ChoiceCard option={option} isSelected={isSelected} />}
      </CheckboxButton>
    </CheckboxField>
  );
}
