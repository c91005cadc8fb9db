import { type ReactNode, useState } from 'react';
import { useLanguage } from '../app/language.tsx';
import { Button, Sheet } from '../kit/index.ts';
import './price-bar.css';

interface PriceBarProps {
  readonly price: ReactNode;
  readonly title: string;
  /** What stands behind it. */
  readonly children: ReactNode;
}

/** The price that is always in sight, and 明細 beside it (p.86). */
export function PriceBar({ price, title, children }: PriceBarProps) {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="wizard-price-bar">
      {price}
      <Button variant="secondary" size="small" onPress={() => setOpen(true)}>
        {t('prices:details')}
      </Button>
      {isOpen ? (
        <Sheet title={title} isOpen onClose={() => setOpen(false)} closeLabel={t('close')}>
          {children}
        </Sheet>
      ) : null}
    </div>
  );
}
