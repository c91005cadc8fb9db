import './receipt-number.css';

export type ReceiptNumberProps = { label: string; value: string };

export function ReceiptNumber({ label, value }: ReceiptNumberProps) {
  return (
    <dl className="kit-receipt-number">
      <dt className="kit-receipt-number__label">{label}</dt>
      <dd className="kit-receipt-number__value">{value}</dd>
    </dl>
  );
}
