import { useEffect, useRef, useState } from 'react';
import { FieldError, Input, Label, Text, TextField as AriaTextField } from 'react-aria-components';
import { CheckBox } from './check-box.tsx';
import { ErrorText } from './error-text.tsx';
import { useOnScreenKeyboard } from './keyboard-context.ts';
import type { KeyLayout } from './key-layouts.ts';
import './text-field.css';

export type TextFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type: 'text' | 'password';
  name: string;
  autoComplete: string;
  inputMode?: 'text' | 'email' | 'numeric' | 'tel' | undefined;
  /** Which keys the screen shows; without it those that go with the input mode. */
  keys?: KeyLayout | undefined;
  error?: string | undefined;
  description?: string | undefined;
  /** What the text is taken for, where it can be written in several ways. */
  understood?: string | undefined;
  isRequired?: boolean | undefined;
  isDisabled?: boolean | undefined;
  /** With a text, a password gets the box that shows what is typed. */
  showPasswordLabel?: string | undefined;
};

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, type, name, autoComplete, inputMode = 'text' } = props;
  const { keys = inputMode === 'numeric' || inputMode === 'tel' ? 'digits' : 'latin' } = props;
  const { error, description, understood, isRequired = false, isDisabled = false, showPasswordLabel } = props;
  const [isShown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const keyboard = useOnScreenKeyboard();
  const { detach } = keyboard;
  useEffect(() => {
    const own = input.current;
    // A field that goes away with the focus in it gets no blur.
    return () => (own ? detach(own) : undefined);
  }, [detach]);
  return (
    <div className="kit-text-field">
      <AriaTextField
        className="kit-text-field__field"
        value={value}
        onChange={onChange}
        type={type === 'password' && !isShown ? 'password' : 'text'}
        name={name}
        autoComplete={autoComplete}
        isRequired={isRequired}
        isDisabled={isDisabled}
        isInvalid={error !== undefined}
        validationBehavior="aria"
        onFocus={() => (input.current ? keyboard.attach(input.current) : undefined)}
        onBlur={() => (input.current ? keyboard.detach(input.current) : undefined)}
      >
        <Label className="kit-text-field__label">{label}</Label>
        {description ? (
          <Text className="kit-text-field__description" slot="description">
            {description}
          </Text>
        ) : null}
        <Input
          className="kit-text-field__input"
          ref={input}
          inputMode={keyboard.isEnabled ? 'none' : inputMode}
          data-keys={keys}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
        />
        {understood === undefined ? null : <output className="kit-text-field__understood">{understood}</output>}
        <FieldError className="kit-text-field__error">{error ? <ErrorText>{error}</ErrorText> : null}</FieldError>
      </AriaTextField>
      {type === 'password' && showPasswordLabel ? (
        <CheckBox isSelected={isShown} onChange={setShown}>
          {showPasswordLabel}
        </CheckBox>
      ) : null}
    </div>
  );
}
