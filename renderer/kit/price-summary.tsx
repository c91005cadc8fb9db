import { ArrowRight } from 'lucide-react';
import { Amount } from './amount.tsx';
import { KeyValueList } from './key-value-list.tsx';
import type { KeyValueItem } from './key-value-list.tsx';
import './price-summary.css';

export type PriceSummaryProps = {
  currentLabel: string;
  currentValue: string;
  newLabel: string;
  /** An amount, or a sentence when it is told later. */
  newValue: string;
  rows: readonly KeyValueItem[];
};

export function PriceSummary({ currentLabel, currentValue, newLabel, newValue, rows }: PriceSummaryProps) {
  return (
    <div className="kit-price-summary">
      <dl className="kit-price-summary__change">
        <div className="kit-price-summary__current">
          <dt>{currentLabel}</dt>
          <dd>
            <Amount text={currentValue} />
          </dd>
        </div>
        <div className="kit-price-summary__new">
          <dt>{newLabel}</dt>
          <dd>
            <ArrowRight aria-hidden="true" />
            <Amount text={newValue} />
          </dd>
        </div>
      </dl>
      {rows.length > 0 ? <KeyValueList items={rows} /> : null}
    </div>
  );
}
