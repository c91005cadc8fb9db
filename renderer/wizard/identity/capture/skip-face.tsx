import { useLanguage } from '../../../app/language.tsx';
import { Button } from '../../../kit/index.ts';

/** Nobody has to be photographed. */
export function SkipFace({ onSkip, variant = 'secondary' }: { onSkip: () => void; variant?: 'primary' | 'secondary' }) {
  const { t } = useLanguage();
  return (
    <Button variant={variant} onPress={onSkip}>
      {t('capture:face.skip')}
    </Button>
  );
}
