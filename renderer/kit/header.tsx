import type { ReactNode } from 'react';
import './header.css';

export type HeaderProps = {
  shopName: string;
  /** Language and 係員を呼ぶ. */
  actions?: ReactNode;
};

/** The mark is the operator's (brand.css). */
export function Header({ shopName, actions }: HeaderProps) {
  return (
    <div className="kit-header">
      <span className="kit-header__brand">
        <span className="kit-header__mark" aria-hidden="true" />
        <span className="kit-header__name">{shopName}</span>
      </span>
      <span className="kit-header__actions">{actions}</span>
    </div>
  );
}
