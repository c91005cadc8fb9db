import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import './link-row.css';

export type LinkRowProps = {
  title: string;
  description?: string | undefined;
  icon?: ReactNode;
  /** A price, a state or a badge before the arrow. */
  trailing?: ReactNode;
  isDisabled?: boolean | undefined;
  /** Why it can't be chosen, and what can be done instead. */
  reason?: string | undefined;
  onPress: () => void;
};

export function LinkRow({ title, description, icon, trailing, isDisabled = false, reason, onPress }: LinkRowProps) {
  return (
    <AriaButton className="kit-link-row" isDisabled={isDisabled} onPress={onPress}>
      {icon ? (
        <span className="kit-link-row__icon" aria-hidden="true">
          {icon}
        </span>
      ) : null}
      <span className="kit-link-row__text">
        <span className="kit-link-row__title">{title}</span>
        {description ? <span className="kit-link-row__description">{description}</span> : null}
        {isDisabled && reason ? <span className="kit-link-row__reason">{reason}</span> : null}
      </span>
      {trailing ? <span className="kit-link-row__trailing">{trailing}</span> : null}
      <ChevronRight className="kit-link-row__arrow" aria-hidden="true" />
    </AriaButton>
  );
}

/** Rows under one another on one card. */
export function LinkRows({ children }: { children: ReactNode }) {
  return <div className="kit-link-rows">{children}</div>;
}
