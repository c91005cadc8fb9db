import { RotateCcw } from 'lucide-react';
import { useLanguage } from '../../../app/language.tsx';
import { Button, Notice } from '../../../kit/index.ts';

/** From the front: every other picture is judged by it, and it may have been the back that was laid down. */
export interface Restart {
  readonly onPress: () => void;
  /** What was taken is there still. */
  readonly isFailed: boolean;
}

export function RestartButton({ restart }: { restart: Restart }) {
  const { t } = useLanguage();
  return (
    <Button variant="quiet" icon={<RotateCcw />} onPress={restart.onPress}>
      {t('capture:restart')}
    </Button>
  );
}

export function RestartFailed({ restart }: { restart: Restart | null }) {
  const { t } = useLanguage();
  return restart?.isFailed === true ? <Notice tone="error">{t('capture:not-erased')}</Notice> : null;
}
