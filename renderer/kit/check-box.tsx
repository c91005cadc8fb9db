import { Check } from 'lucide-react';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import './check-box.css';

export type CheckBoxProps = {
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  isDisabled?: boolean | undefined;
  description?: string | undefined;
  children: ReactNode;
};

export function CheckBox({ isSelected, onChange, isDisabled = false, description, children }: CheckBoxProps) {
  const id = useId();
  return (
    <CheckboxField
      className="kit-check-box-field"
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      {...(description ? { 'aria-describedby': id } : {})}
    >
      <CheckboxButton className="kit-check-box">
        <span className="kit-check-box__box" aria-hidden="true">
          <Check />
        </span>
        <span className="kit-check-box__text">
          <span className="kit-check-box__label">{children}</span>
          {description ? (
            <span className="kit-check-box__description" id={id}>
              {description}
            </span>
          ) : null}
        </span>
      </CheckboxButton>
    </CheckboxField>
  );
}
