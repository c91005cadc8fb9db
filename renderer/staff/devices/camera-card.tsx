import { useId } from 'react';
import { useLanguage } from '../../app/language.tsx';
import { StatusDot } from '../../kit/index.ts';

/** The terminal has no part that opens a camera yet. */
export function CameraCard() {
  const { t } = useLanguage();
  const nameId = useId();
  return (
    <section className="device-card" aria-labelledby={nameId}>
      <div className="device-card__head">
        <h2 className="device-card__name" id={nameId}>
          {t('devices:camera.title')}
        </h2>
        <StatusDot tone="neutral">{t('devices:camera.later')}</StatusDot>
      </div>
      <p className="device-card__note">{t('devices:camera.text')}</p>
    </section>
  );
}
