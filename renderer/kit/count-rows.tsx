import { Minus, Plus } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { Row, Rows, type RowsProps, type RowText } from './rows.tsx';
import './count-rows.css';

export type CountRow = RowText & {
  value: string;
  count: number;
  /** 「2台」 */
  countText: string;
};

export type CountRowsProps = Omit<RowsProps, 'children'> & {
  rows: readonly CountRow[];
  atMost: number;
  onChange: (value: string, count: number) => void;
  /** 「減らす」 and 「増やす」: the row's name goes before them. */
  fewerLabel: string;
  moreLabel: string;
};

/** How many of each: one key less, one key more. */
export function CountRows({ rows, atMost, onChange, fewerLabel, moreLabel, ...around }: CountRowsProps) {
  return (
    <Rows {...around}>
      {rows.map((row) => (
        <Row key={row.value} text={row}>
          <span className="kit-count-rows__keys">
            <AriaButton
              className="kit-count-rows__key"
              aria-label={`${row.name} ${fewerLabel}`}
              isDisabled={row.count === 0}
              onPress={() => onChange(row.value, row.count - 1)}
            >
              <Minus aria-hidden="true" />
            </AriaButton>
            <output className="kit-count-rows__count" data-some={row.count > 0}>
              {row.countText}
            </output>
            <AriaButton
              className="kit-count-rows__key"
              aria-label={`${row.name} ${moreLabel}`}
              isDisabled={row.count >= atMost}
              onPress={() => onChange(row.value, row.count + 1)}
            >
              <Plus aria-hidden="true" />
            </AriaButton>
          </span>
        </Row>
      ))}
    </Rows>
  );
}
