import { useId } from 'react';
import { useLanguage } from '../../app/language.tsx';
import { StatusDot } from '../../kit/index.ts';

/** Of a device that a terminal may well do without: whether it is there. */
export function PresenceCard({ device, isHere }: { device: 'camera' | 'id-reader'; isHere: boolean }) {
  const { t } = useLanguage();
  const nameId = useId();
  return (
    <section className="device-card" aria-labelledby={nameId}>
      <div className="device-card__head">
        <h2 className="device-card__name" id={nameId}>
          {t(`devices:${device}.title`)}
        </h2>
        <StatusDot tone={isHere ? 'good' : 'neutral'}>{t(`devices:${device}.${isHere ? 'here' : 'none'}`)}</StatusDot>
      </div>
      <p className="device-card__note">{t(`devices:${device}.text`)}</p>
    </section>
  );
}
