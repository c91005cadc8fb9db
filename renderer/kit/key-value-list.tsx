import './key-value-list.css';

export type KeyValueItem = { label: string; value: string };
export type KeyValueListProps = { items: readonly KeyValueItem[] };

export function KeyValueList({ items }: KeyValueListProps) {
  return (
    <dl className="kit-key-values">
      {items.map((item) => (
        <div className="kit-key-values__row" key={item.label}>
          <dt className="kit-key-values__label">{item.label}</dt>
          <dd className="kit-key-values__value">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
