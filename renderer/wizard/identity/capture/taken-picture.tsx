import { useCallback, useEffect } from 'react';
import type { Taken } from '../../../../shared/contract/captures.ts';
import type { Client } from '../../../app/channel.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useAnswer } from '../../../app/use-answer.ts';
import { useAddressOf } from './use-address-of.ts';
import './capture.css';

interface TakenPictureProps {
  readonly sessionId: string;
  readonly applicationId: string;
  readonly taken: Taken;
  /** Whether it is there to be looked at. */
  readonly onSeen: (isThere: boolean) => void;
}

/** A picture that the terminal keeps, opened for as long as it is looked at. */
export function TakenPicture({ sessionId, applicationId, taken, onSeen }: TakenPictureProps) {
  const { t } = useLanguage();
  const { shows, captureId, byPhone, likeness, tilt } = taken;
  const ask = useCallback(
    (client: Client) => client.captures.show({ sessionId, applicationId, captureId }),
    [sessionId, applicationId, captureId],
  );
  const { value, isFailed } = useAnswer(ask);
  const address = useAddressOf(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is told when it is known, not when the listener is another
  useEffect(() => {
    if (isFailed) onSeen(false);
  }, [isFailed]);
  const name = t(`capture:side.${shows.side}`, { document: t(`identity:document.${shows.document}`) });
  return (
    <figure className="capture__taken">
      <div className="capture__taken-picture">
        {address === null || isFailed ? null : (
          <img src={address} alt={name} onLoad={() => onSeen(true)} onError={() => onSeen(false)} />
        )}
      </div>
      <figcaption>
        {byPhone ? t('phone:taken', { name }) : name}
        {likeness === null ? null : <p className="capture__likeness">{t(`capture:face.likeness.${likeness}`)}</p>}
        {tilt === null || tilt.isSeen === null ? null : (
          <p className="capture__likeness">{t(tilt.isSeen ? 'capture:tilt.seen' : 'capture:tilt.not-seen')}</p>
        )}
      </figcaption>
    </figure>
  );
}
