import { useId, useState } from 'react';
import { formatFigure } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminalState } from '../../app/terminal-context.tsx';
import { useTouchFormat } from '../../app/use-touch-format.ts';
import { Button, KeyValueList } from '../../kit/index.ts';

/** No program can see how large a pixel is: somebody holds a card against the screen. */
export function ScreenCard() {
  const { t } = useLanguage();
  const nameId = useId();
  const isTouch = useTouchFormat();
  const pixelsPerMm = useTerminalState().status?.pixelsPerMm ?? 0;
  const [isMeasuring, setMeasuring] = useState(false);
  return (
    <section className="device-card" aria-labelledby={nameId}>
      <div className="device-card__head">
        <h2 className="device-card__name" id={nameId}>
          {t('devices:screen.title')}
        </h2>
        <Button variant="secondary" size="small" onPress={() => setMeasuring(true)}>
          {t('devices:test-name', { device: t('devices:screen.title') })}
        </Button>
      </div>
      <KeyValueList
        items={[
          {
            label: t('devices:screen.size'),
            value: t('devices:screen.pixels', { width: innerWidth, height: innerHeight }),
          },
          {
            label: t('devices:screen.scale'),
            value: t('devices:screen.scale-value', { number: formatFigure(pixelsPerMm) }),
          },
          {
            label: t('devices:screen.format'),
            value: t(isTouch ? 'devices:screen.touch' : 'devices:screen.keyboard'),
          },
        ]}
      />
      {isMeasuring ? (
        <div role="status">
          <p>{t('devices:screen.ruler')}</p>
          <div className="device-card__ruler" />
        </div>
      ) : null}
    </section>
  );
}
