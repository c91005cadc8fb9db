import { useLanguage } from '../../../app/language.tsx';
import { Notice } from '../../../kit/index.ts';

/** The pictures come through central; without it staff look at the original. */
export function PhoneNotNow() {
  const { t } = useLanguage();
  return (
    <Notice tone="offline" title={t('phone:not-now.title')}>
      {t('phone:not-now.text')}
    </Notice>
  );
}
