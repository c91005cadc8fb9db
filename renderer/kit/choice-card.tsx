import { Check } from 'lucide-react';
import { Amount } from './amount.tsx';
import { Badge } from './badge.tsx';
import type { ChoiceOption } from './choice-group.tsx';

/** What stands on a card, whether one of them is taken or any number. */
export function ChoiceCard({ option, isSelected }: { option: ChoiceOption; isSelected: boolean }) {
  const { name, price, priceNote, details = [], badge, isDisabled = false, disabledReason } = option;
  return (
    <>
      <span className="kit-choice__mark" aria-hidden="true">
        {isSelected ? <Check /> : null}
      </span>
      <span className="kit-choice__body">
        <span className="kit-choice__name">
          {name}
          {badge ? <Badge tone="brand">{badge}</Badge> : null}
        </span>
        {details.map((detail) => (
          <span className="kit-choice__detail" key={detail}>
            {detail}
          </span>
        ))}
        {isDisabled && disabledReason ? <span className="kit-choice__reason">{disabledReason}</span> : null}
      </span>
      <span className="kit-choice__side">
        {price ? (
          <span className="kit-choice__price">
            <Amount text={price} />
          </span>
        ) : null}
        {priceNote ? <span className="kit-choice__price-note">{priceNote}</span> : null}
      </span>
    </>
  );
}
