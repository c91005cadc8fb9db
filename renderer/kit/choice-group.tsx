import { FieldError, Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { ChoiceCard } from './choice-card.tsx';
import { ErrorText } from './error-text.tsx';
import './choice-group.css';

export type ChoiceOption = {
  value: string;
  name: string;
  /** Written out with its unit: 「7,700円」 */
  price?: string | undefined;
  /** Beneath the price: 「月額・税込」 */
  priceNote?: string | undefined;
  details?: readonly string[] | undefined;
  badge?: string | undefined;
  isDisabled?: boolean | undefined;
  disabledReason?: string | undefined;
};

export type ChoiceGroupProps = {
  label: string;
  /** `hidden` where the screen's heading already asks the question; screen readers hear the label in any case. */
  labelVisibility?: 'shown' | 'hidden' | undefined;
  value: string | null;
  onChange: (value: string) => void;
  options: readonly ChoiceOption[];
  /** `chips`: short words side by side, without prices. */
  layout?: 'cards' | 'compact' | 'chips' | undefined;
  /** The word on the chosen card: 「選択中」 */
  selectedLabel: string;
  error?: string | undefined;
};

export function ChoiceGroup({
  label,
  labelVisibility = 'shown',
  value,
  onChange,
  options,
  layout = 'cards',
  selectedLabel,
  error,
}: ChoiceGroupProps) {
  return (
    <RadioGroup
      // A made-up name would be a new one each time, and Chromium remembers every group's for the page's whole life.
      name={label}
      className={`kit-choice-group kit-choice-group--${layout}`}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={labelVisibility === 'hidden' ? 'kit-visually-hidden' : 'kit-choice-group__label'}>
        {label}
      </Label>
      <FieldError className="kit-choice-group__error">{error ? <ErrorText>{error}</ErrorText> : null}</FieldError>
      <div className="kit-choice-group__options">
        {options.map((option) => (
          <RadioCard key={option.value} option={option} selectedLabel={selectedLabel} />
        ))}
      </div>
    </RadioGroup>
  );
}

function RadioCard({ option, selectedLabel }: { option: ChoiceOption; selectedLabel: string }) {
  return (
    <RadioField className="kit-choice-field" value={option.value} isDisabled={option.isDisabled ?? false}>
      <RadioButton className="kit-choice">
        {({ isSelected }) => (
          <>
            <ChoiceCard option={option} isSelected={isSelected} />
            <span className="kit-choice__selected" aria-hidden="true">
              {isSelected ? selectedLabel : null}
            </span>
          </>
        )}
      </RadioButton>
    </RadioField>
  );
}
