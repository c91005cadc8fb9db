import { ArrowRight } from 'lucide-react';
import { Amount } from './amount.tsx';
import './price-strip.css';

export type PriceStripProps = {
  currentLabel: string;
  currentValue: string;
  newLabel: string;
  /** An amount, or a sentence when it is told later. */
  newValue: string;
  difference?: { label: string; value: string } | undefined;
};

export function PriceStrip({ currentLabel, currentValue, newLabel, newValue, difference }: PriceStripProps) {
  return (
    <dl className="kit-price-strip">
      <div className="kit-price-strip__item">
        <dt>{currentLabel}</dt>
        <dd>
          <Amount text={currentValue} />
        </dd>
      </div>
      <div className="kit-price-strip__item kit-price-strip__item--new">
        <dt>{newLabel}</dt>
        <dd>
          <ArrowRight aria-hidden="true" />
          <Amount text={newValue} />
        </dd>
      </div>
      {difference ? (
        <div className="kit-price-strip__item kit-price-strip__item--difference">
          <dt>{difference.label}</dt>
          <dd>
            <Amount text={difference.value} />
          </dd>
        </div>
      ) : null}
    </dl>
  );
}
