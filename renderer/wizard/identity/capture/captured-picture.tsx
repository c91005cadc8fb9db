import { Check, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Taken } from '../../../../shared/contract/captures.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { TiltSide } from '../../../../shared/domain/face.ts';
import type { PictureSubject } from '../../../../shared/domain/identity-policy.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import type { Shot } from '../../../devices/camera/watch-camera.ts';
import { Button, Notice } from '../../../kit/index.ts';
import { StepScreen } from '../../step-screen.tsx';
import type { CaptureProps } from './capture-flow.tsx';
import { guidanceKey } from './guidance-key.ts';
import { type Restart, RestartButton, RestartFailed } from './restart.tsx';
import { type FaceSkip, SkipFace, SkipFailed } from './skip-face.tsx';
import { useAddressOf } from './use-address-of.ts';
import './capture.css';

/** Longer than the backend takes for it: 30 s to look at it, 15 s to compare a face, or 30 s for its tilt. */
const KEEP_DEADLINE_MS = 60_000;

interface CapturedPictureProps extends CaptureProps {
  readonly shows: PictureSubject;
  readonly shot: Shot;
  /** The face whose head is to be tilted, and to which side; null: it is a picture that is kept. */
  readonly tilt: { readonly captureId: string; readonly to: TiltSide } | null;
  /** Goes on without this picture; null: it is wanted. */
  readonly skip: FaceSkip | null;
  /** Begins this document anew; null: it has hardly begun. */
  readonly restart: Restart | null;
  readonly onKept: (one: Taken) => void;
}

/** このままでよいか: what nobody could read can only be taken anew. */
export function CapturedPicture(props: CapturedPictureProps) {
  const { t } = useLanguage();
  const { sessionId, state, shows, shot, tilt, onBack, skip, restart, onKept } = props;
  const { connection, sessionGone } = useTerminal();
  const { guidance } = shot.judgement;
  const kind = tilt === null ? shows.side : 'tilt';
  /** Key of its text: the language may be another before it is read. */
  const [problem, setProblem] = useState(
    guidance === 'found' || guidance === 'ready' ? null : guidanceKey(kind, guidance),
  );
  const [isKeeping, setKeeping] = useState(false);
  const isFace = shows.side === 'face';
  const address = useAddressOf(shot.picture);

  const keep = async (): Promise<void> => {
    setKeeping(true);
    const picture = new File([shot.picture], 'picture');
    const { applicationId } = state;
    const of = { sessionId, applicationId, picture };
    const answer =
      tilt === null
        ? await connection.ask((client) => client.captures.keep({ ...of, shows }), KEEP_DEADLINE_MS)
        : await connection.ask(
            (client) => client.captures.tilt({ ...of, captureId: tilt.captureId }),
            KEEP_DEADLINE_MS,
          );
    setKeeping(false);
    switch (answer.kind) {
      case 'ok':
        onKept(answer.value);
        return;
      case 'link-lost':
        setProblem('link-lost.text');
        return;
      case 'failed':
        setProblem('unexpected.title');
        return;
      case 'refused':
        break;
      default:
        cantHappen(answer);
    }
    switch (answer.error.code) {
      case 'SESSION_GONE':
        sessionGone(sessionId);
        return;
      case 'NOT_LEGIBLE':
      case 'NO_GOOD_FACE':
      case 'NOT_TILTED':
        setProblem(guidanceKey(kind, answer.error.data.flaw));
        return;
      case 'NOT_SEEN':
        setProblem('capture:tilt.not-told');
        return;
      case 'NO_PICTURE':
        setProblem('capture:refused.torn');
        return;
      case 'DISK_FULL':
      case 'NOT_READY':
      case 'TOO_MANY':
      case 'NOT_WANTED':
      case 'NOT_AGREED':
      case 'NOT_OPEN':
        setProblem(tilt === null ? 'capture:refused.other' : 'capture:tilt.not-told');
        return;
      default:
        cantHappen(answer.error);
    }
  };

  const again = (
    <Button
      variant={problem === null ? 'secondary' : 'primary'}
      icon={<RotateCcw />}
      isDisabled={isKeeping}
      onPress={onBack}
    >
      {t('capture:again')}
    </Button>
  );
  return (
    <StepScreen
      props={props}
      heading={t(problem === null ? 'capture:review.title' : 'capture:review.refused')}
      lead={
        tilt === null
          ? t(`capture:side.${shows.side}`, { document: t(`identity:document.${shows.document}`) })
          : t('capture:tilt.title')
      }
      hasPriceStrip
      // Its answer belongs to this picture: the next one would be taken while this one is kept.
      isBackDisabled={isKeeping}
      primary={
        problem === null ? (
          <Button
            variant="primary"
            icon={<Check />}
            isPending={isKeeping}
            pendingLabel={t(isFace ? 'capture:face.keeping' : 'capture:keeping')}
            onPress={() => void keep()}
          >
            {t(tilt === null ? 'capture:use' : 'capture:tilt.use')}
          </Button>
        ) : (
          again
        )
      }
    >
      {problem === null ? null : <Notice tone="error">{t(problem)}</Notice>}
      <SkipFailed skip={skip} />
      <RestartFailed restart={restart} />
      <div className="capture">
        {problem === null || skip === null ? null : <SkipFace skip={skip} />}
        {problem === null || restart === null ? null : <RestartButton restart={restart} />}
        <div className="capture__picture">
          {address === null ? null : (
            <img src={address} alt={t(isFace ? 'capture:face.picture' : 'capture:review.picture')} />
          )}
        </div>
        {problem === null ? (
          <>
            <p className="capture__said">
              {t(tilt !== null ? 'capture:tilt.look' : isFace ? 'capture:face.look' : 'capture:review.look')}
            </p>
            <div>{again}</div>
          </>
        ) : null}
      </div>
    </StepScreen>
  );
}
