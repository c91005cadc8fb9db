import type { ReactNode } from 'react';
import { Button as AriaButton, ProgressBar } from 'react-aria-components';
import './button.css';

export type ButtonProps = {
  variant: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'normal' | 'small' | undefined;
  icon?: ReactNode;
  /** Not needed for `type="submit"`. */
  onPress?: (() => void) | undefined;
  isDisabled?: boolean | undefined;
  /** Keeps the width, shows progress and takes no presses. */
  isPending?: boolean | undefined;
  /** What a screen reader says while pending. */
  pendingLabel?: string | undefined;
  type?: 'button' | 'submit' | undefined;
  /** Read out in place of the words on it, which it must hold. */
  label?: string | undefined;
  /** Id of the text that says why the button is disabled. */
  describedBy?: string | undefined;
  children: ReactNode;
};

export function Button({
  variant,
  size = 'normal',
  icon,
  onPress,
  isDisabled = false,
  isPending = false,
  pendingLabel,
  type = 'button',
  label,
  describedBy,
  children,
}: ButtonProps) {
  return (
    <AriaButton
      className={`kit-button kit-button--${variant} kit-button--${size}`}
      type={type}
      isDisabled={isDisabled}
      isPending={isPending}
      {...(onPress ? { onPress } : {})}
      {...(label ? { 'aria-label': label } : {})}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
    >
      <span className="kit-button__content">
        {icon ? (
          <span className="kit-button__icon" aria-hidden="true">
            {icon}
          </span>
        ) : null}
        <span className="kit-button__label">{children}</span>
      </span>
      {isPending ? <Progress label={pendingLabel} /> : null}
    </AriaButton>
  );
}

function Progress({ label }: { label: string | undefined }) {
  const ring = <span className="kit-button__ring" aria-hidden="true" />;
  if (!label) return <span className="kit-button__progress">{ring}</span>;
  return (
    <ProgressBar className="kit-button__progress" isIndeterminate aria-label={label}>
      {ring}
    </ProgressBar>
  );
}
