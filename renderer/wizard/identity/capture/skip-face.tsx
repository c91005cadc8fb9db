import { useLanguage } from '../../../app/language.tsx';
import { Button, Notice } from '../../../kit/index.ts';

/** Goes on without the face, where one that was kept is erased first, or without its tilt. */
export interface FaceSkip {
  readonly of: 'face' | 'tilt';
  readonly onPress: () => void;
  /** What was kept is there still. */
  readonly isFailed: boolean;
}

/** Nobody has to be photographed. */
export function SkipFace({ skip, variant = 'secondary' }: { skip: FaceSkip; variant?: 'primary' | 'secondary' }) {
  const { t } = useLanguage();
  return (
    <Button variant={variant} onPress={skip.onPress}>
      {t(`capture:${skip.of}.skip`)}
    </Button>
  );
}

export function SkipFailed({ skip }: { skip: FaceSkip | null }) {
  const { t } = useLanguage();
  return skip?.isFailed === true ? <Notice tone="error">{t('capture:face.not-erased')}</Notice> : null;
}
