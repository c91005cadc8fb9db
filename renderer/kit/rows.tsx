import { type ReactNode, useId } from 'react';
import { Amount } from './amount.tsx';
import { ErrorText } from './error-text.tsx';
import './choice-group.css';
import './rows.css';

export type RowsProps = {
  label: string;
  labelVisibility?: 'shown' | 'hidden' | undefined;
  error?: string | undefined;
  children: ReactNode;
};

/** A list in which each row has controls of its own. */
export function Rows({ label, labelVisibility = 'shown', error, children }: RowsProps) {
  const id = useId();
  return (
    <fieldset
      className="kit-choice-group kit-rows"
      aria-labelledby={id}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <p className={labelVisibility === 'hidden' ? 'kit-visually-hidden' : 'kit-choice-group__label'} id={id}>
        {label}
      </p>
      {error ? (
        <div id={`${id}-error`}>
          <ErrorText>{error}</ErrorText>
        </div>
      ) : null}
      <ul className="kit-rows__rows">{children}</ul>
    </fieldset>
  );
}

export type RowText = {
  name: string;
  price?: string | undefined;
  priceNote?: string | undefined;
  details?: readonly string[] | undefined;
};

/** What the row is about, and beside it its controls. */
export function Row({ text, children }: { text: RowText; children: ReactNode }) {
  const { name, price, priceNote, details = [] } = text;
  return (
    <li className="kit-rows__row">
      <span className="kit-rows__text">
        <span className="kit-choice__name">{name}</span>
        {price ? (
          <span>
            <Amount text={price} /> <span className="kit-choice__price-note">{priceNote}</span>
          </span>
        ) : null}
        {details.map((detail) => (
          <span className="kit-choice__detail" key={detail}>
            {detail}
          </span>
        ))}
      </span>
      {children}
    </li>
  );
}
