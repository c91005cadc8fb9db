import { Minus, Plus } from 'lucide-react';
import { useId } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Amount } from './amount.tsx';
import { ErrorText } from './error-text.tsx';
import './choice-group.css';
import './count-rows.css';

export type CountRow = {
  value: string;
  name: string;
  price?: string | undefined;
  priceNote?: string | undefined;
  details?: readonly string[] | undefined;
  count: number;
  /** 「2台」 */
  countText: string;
};

export type CountRowsProps = {
  label: string;
  rows: readonly CountRow[];
  atMost: number;
  onChange: (value: string, count: number) => void;
  /** 「減らす」 and 「増やす」: the row's name goes before them. */
  fewerLabel: string;
  moreLabel: string;
  error?: string | undefined;
};

/** How many of each: one key less, one key more. */
export function CountRows({ label, rows, error, ...rest }: CountRowsProps) {
  const id = useId();
  return (
    <fieldset className="kit-choice-group kit-count-rows" aria-labelledby={id}>
      <p className="kit-choice-group__label" id={id}>
        {label}
      </p>
      {error ? <ErrorText>{error}</ErrorText> : null}
      <ul className="kit-count-rows__rows">
        {rows.map((row) => (
          <Row key={row.value} row={row} {...rest} />
        ))}
      </ul>
    </fieldset>
  );
}

type RowProps = Omit<CountRowsProps, 'label' | 'rows' | 'error'> & { row: CountRow };

function Row({ row, atMost, onChange, fewerLabel, moreLabel }: RowProps) {
  const { value, name, price, priceNote, details = [], count, countText } = row;
  return (
    <li className="kit-count-rows__row">
      <span className="kit-count-rows__text">
        <span className="kit-choice__name">{name}</span>
        {price ? (
          <span className="kit-count-rows__price">
            <Amount text={price} /> <span className="kit-choice__price-note">{priceNote}</span>
          </span>
        ) : null}
        {details.map((detail) => (
          <span className="kit-choice__detail" key={detail}>
            {detail}
          </span>
        ))}
      </span>
      <span className="kit-count-rows__keys">
        <AriaButton
          className="kit-count-rows__key"
          aria-label={`${name} ${fewerLabel}`}
          isDisabled={count === 0}
          onPress={() => onChange(value, count - 1)}
        >
          <Minus aria-hidden="true" />
        </AriaButton>
        <output className="kit-count-rows__count" data-some={count > 0}>
          {countText}
        </output>
        <AriaButton
          className="kit-count-rows__key"
          aria-label={`${name} ${moreLabel}`}
          isDisabled={count >= atMost}
          onPress={() => onChange(value, count + 1)}
        >
          <Plus aria-hidden="true" />
        </AriaButton>
      </span>
    </li>
  );
}
