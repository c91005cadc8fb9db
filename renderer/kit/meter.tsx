import { Label, Meter as AriaMeter } from 'react-aria-components';
import './meter.css';

export type MeterProps = {
  label: string;
  /** The figure in words; the bar only repeats it. */
  valueText: string;
  value: number;
  most: number;
};

/** How much of something is left. */
export function Meter({ label, valueText, value, most }: MeterProps) {
  return (
    <AriaMeter className="kit-meter" value={value} maxValue={Math.max(most, 1)} valueLabel={valueText}>
      {({ percentage }) => (
        <>
          <Label className="kit-meter__label">{label}</Label>
          <span className="kit-meter__value">{valueText}</span>
          <div className="kit-meter__track">
            <div className="kit-meter__fill" style={{ inlineSize: `${percentage}%` }} />
          </div>
        </>
      )}
    </AriaMeter>
  );
}
