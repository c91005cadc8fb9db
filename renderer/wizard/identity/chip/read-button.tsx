import { Nfc } from 'lucide-react';
import { useLanguage } from '../../../app/language.tsx';
import { Button } from '../../../kit/index.ts';
import type { useChip } from './read-chip.tsx';

interface ReadButtonProps {
  readonly chip: ReturnType<typeof useChip>;
  readonly variant: 'primary' | 'secondary';
}

export function ReadButton({ chip, variant }: ReadButtonProps) {
  const { t } = useLanguage();
  return (
    <Button
      variant={variant}
      icon={<Nfc />}
      isPending={chip.isReading}
      pendingLabel={t('chip:reading')}
      onPress={() => void chip.read()}
    >
      {t('chip:read')}
    </Button>
  );
}
