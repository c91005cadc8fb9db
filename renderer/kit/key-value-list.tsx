import { Button } from './button.tsx';
import './key-value-list.css';

export type KeyValueItem = {
  label: string;
  value: string;
  /** 変更; its accessible name is the row's label and its own. */
  action?: { label: string; onPress: () => void } | undefined;
};
export type KeyValueListProps = { items: readonly KeyValueItem[] };

export function KeyValueList({ items }: KeyValueListProps) {
  return (
    <dl className="kit-key-values">
      {items.map((item) => (
        <div className="kit-key-values__row" key={item.label}>
          <dt className="kit-key-values__label">{item.label}</dt>
          <dd className="kit-key-values__value">
            {item.value}
            {item.action === undefined ? null : (
              <Button
                variant="secondary"
                size="small"
                label={`${item.label} ${item.action.label}`}
                onPress={item.action.onPress}
              >
                {item.action.label}
              </Button>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
