import { Check } from 'lucide-react';
import { CheckboxButton, CheckboxField, CheckboxGroup, Label } from 'react-aria-components';
import { Amount } from './amount.tsx';
import { Badge } from './badge.tsx';
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
      {error ? <ErrorText>{error}</ErrorText> : null}
      <div className="kit-choice-group__options">
        {options.map((option) => (
          <MultiChoiceCard key={option.value} option={option} />
        ))}
      </div>
    </CheckboxGroup>
  );
}

function MultiChoiceCard({ option }: { option: ChoiceOption }) {
  const { name, price, priceNote, details = [], badge, isDisabled = false, disabledReason } = option;
  return (
    <CheckboxField className="kit-choice-field" value={option.value} isDisabled={isDisabled}>
      <CheckboxButton className="kit-choice kit-choice--many">
        {({ isSelected }) => (
          <>
            <span className="kit-choice__mark" aria-hidden="true">
              {isSelected ? <Check /> : null}
            </span>
            <span className="kit-choice__body">
              <span className="kit-choice__name">
                {name}
                {badge ? <Badge tone="brand">{badge}</Badge> : null}
              </span>
              {details.map((detail) => (
                <span className="kit-choice__detail" key={detail}>
                  {detail}
                </span>
              ))}
              {isDisabled && disabledReason ? <span className="kit-choice__reason">{disabledReason}</span> : null}
            </span>
            <span className="kit-choice__side">
              {price ? (
                <span className="kit-choice__price">
                  <Amount text={price} />
                </span>
              ) : null}
              {priceNote ? <span className="kit-choice__price-note">{priceNote}</span> : null}
            </span>
          </>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}
