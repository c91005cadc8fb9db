import { Aperture, CircleCheck, Hand, MoveRight, Smartphone, SwitchCamera, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { TiltSide } from '../../../../shared/domain/face.ts';
import type { Wanted } from '../../../../shared/domain/frame/frame.ts';
import type { PictureSubject } from '../../../../shared/domain/identity-policy.ts';
import { useAnnounce } from '../../../app/announcer.tsx';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../../app/terminal-context.tsx';
import type { CameraProblem } from '../../../devices/camera/open-camera.ts';
import { type Guidance, type Shot, watchCamera } from '../../../devices/camera/watch-camera.ts';
import { Button, Notice } from '../../../kit/index.ts';
import { StepScreen } from '../../step-screen.tsx';
import { PhoneNotNow } from '../phone/phone-not-now.tsx';
import type { CaptureProps } from './capture-flow.tsx';
import { guidanceKey } from './guidance-key.ts';
import { type Restart, RestartButton, RestartFailed } from './restart.tsx';
import { type FaceSkip, SkipFace, SkipFailed } from './skip-face.tsx';
import './capture.css';

interface ViewfinderProps extends CaptureProps {
  readonly shows: PictureSubject;
  readonly wanted: Wanted;
  /** To which side the head is to be tilted; null: it is a picture that is kept. */
  readonly tilt: TiltSide | null;
  /** null: whichever the browser takes. */
  readonly camera: string | null;
  readonly onCamera: (camera: string | null) => void;
  /** Goes on without this picture; null: it is wanted. */
  readonly skip: FaceSkip | null;
  /** Begins this document anew; null: it has hardly begun. */
  readonly restart: Restart | null;
  readonly onShot: (shot: Shot) => void;
}

const LEADS = { side: 'capture:lead', thickness: 'capture:lead-tilted', face: 'capture:lead-face' } as const;

/** What goes again at once is said aloud to nobody. */
const STANDS_MS = 700;

/** The camera's picture, what it lacks in words, and a button for whoever doesn't want to wait. */
export function Viewfinder(props: ViewfinderProps) {
  const { t } = useLanguage();
  const { sessionId, state, shows, wanted, tilt, camera, onCamera, skip, restart, onShot } = props;
  const { applicationId } = state;
  const { connection, sessionGone } = useTerminal();
  // The same for as long as this screen stands, though it is made anew each time it is drawn.
  const aim = useRef(wanted);
  const video = useRef<HTMLVideoElement>(null);
  const isAsked = useRef(false);
  const [isTaking, setTaking] = useState(false);
  const [guidance, setGuidance] = useState<Guidance | null>(null);
  const [problem, setProblem] = useState<CameraProblem | null>(null);
  const [nextCamera, setNextCamera] = useState<string | null>(null);
  const shoot = useRef(onShot);
  shoot.current = onShot;
  useEffect(() => {
    const shown = video.current;
    if (shown === null || problem !== null) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const open = async (): Promise<void> => {
      // Each time: the terminal lets nobody photograph any more once staff were at it, and the customer is back.
      const begun = await connection.ask((client) => client.captures.begin({ sessionId, applicationId }));
      if (signal.aborted) return;
      if (begun.kind === 'refused' && begun.error.code === 'SESSION_GONE') {
        sessionGone(sessionId);
        return;
      }
      if (begun.kind !== 'ok') {
        setProblem('denied');
        return;
      }
      await watchCamera({
        ...{ video: shown, wanted: aim.current, camera, signal },
        isAsked: () => isAsked.current,
        onGuidance: setGuidance,
        onShot: (shot) => shoot.current(shot),
        onNextCamera: setNextCamera,
        onProblem: setProblem,
      });
    };
    void open();
    return () => leaving.abort();
  }, [connection, sessionGone, sessionId, applicationId, problem, camera]);
  const announce = useAnnounce();
  const said = t(guidance === null ? 'capture:opening' : guidanceKey(tilt === null ? shows.side : 'tilt', guidance));
  const isShown = problem === null;
  useEffect(() => {
    if (!isShown) return undefined;
    const standing = setTimeout(() => announce(said), STANDS_MS);
    return () => clearTimeout(standing);
  }, [announce, said, isShown]);

  if (problem !== null) {
    const again = (): void => {
      isAsked.current = false;
      setTaking(false);
      setGuidance(null);
      setProblem(null);
      // The one that was chosen may be the one that is gone.
      onCamera(null);
    };
    return <NoCamera {...props} problem={problem} onAgain={again} />;
  }
  const isGood = guidance === 'found' || guidance === 'ready';
  return (
    <StepScreen
      props={props}
      heading={
        tilt === null
          ? t(`capture:title.${shows.side}`, { document: t(`identity:document.${shows.document}`) })
          : t(`capture:tilt.title-${tilt}`)
      }
      lead={t(tilt === null ? LEADS[wanted.kind] : `capture:tilt.lead-${tilt}`)}
      hasPriceStrip
      primary={
        <Button
          variant="primary"
          icon={<Aperture />}
          isDisabled={guidance === null}
          isPending={isTaking}
          pendingLabel={t('capture:taking')}
          onPress={() => {
            isAsked.current = true;
            setTaking(true);
          }}
        >
          {t(wanted.kind === 'face' ? 'capture:face.take' : 'capture:take')}
        </Button>
      }
    >
      <SkipFailed skip={skip} />
      <RestartFailed restart={restart} />
      <div className={`capture capture--${isGood ? 'found' : 'lacking'}`}>
        <div className={`capture__picture capture__picture--${wanted.kind}`}>
          <video ref={video} muted playsInline aria-label={t('capture:video')} />
          {wanted.kind === 'thickness' ? <TiltedFrame /> : <div className="capture__frame" aria-hidden="true" />}
        </div>
        <p className="capture__said">
          <span aria-hidden="true">
            {isGood ? <CircleCheck /> : guidance === null ? <MoveRight /> : <TriangleAlert />}
          </span>
          {said}
        </p>
        {skip === null && restart === null && nextCamera === null ? null : (
          <div className="capture__more">
            {skip === null ? null : <SkipFace skip={skip} />}
            {restart === null ? null : <RestartButton restart={restart} />}
            {nextCamera === null ? null : (
              <Button
                variant="quiet"
                icon={<SwitchCamera />}
                onPress={() => {
                  setGuidance(null);
                  onCamera(nextCamera);
                }}
              >
                {t('capture:switch-camera')}
              </Button>
            )}
          </div>
        )}
      </div>
    </StepScreen>
  );
}

/** A card as it is seen when its near side is lifted. */
function TiltedFrame() {
  return (
    <svg className="capture__tilted-frame" viewBox="0 0 160 90" aria-hidden="true">
      <path className="capture__around" fillRule="evenodd" d="M0 0H160V90H0ZM40 22H120L136 68H24Z" />
      <path d="M40 22H120L136 68H24ZM24 68V71H136V68" />
    </svg>
  );
}

/** It is no dead end: staff look at the document themselves. */
function NoCamera(props: ViewfinderProps & { readonly problem: CameraProblem; readonly onAgain: () => void }) {
  const { t } = useLanguage();
  const { procedure, problem, onAgain, onPhone, skip } = props;
  const { calls } = useTerminal();
  const { status } = useTerminalState();
  const isAway = status?.central === 'unreachable';
  if (skip !== null) {
    return (
      <StepScreen
        props={props}
        heading={t('capture:no-camera.title')}
        hasPriceStrip
        primary={<SkipFace skip={skip} variant="primary" />}
      >
        <SkipFailed skip={skip} />
        <Notice tone="attention" title={t(`capture:no-camera.${problem}`)}>
          {t(`capture:${skip.of}.no-camera`)}
        </Notice>
        <div className="wizard-identity__more">
          <Button variant="secondary" onPress={onAgain}>
            {t('capture:no-camera.again')}
          </Button>
        </div>
      </StepScreen>
    );
  }
  return (
    <StepScreen
      props={props}
      heading={t('capture:no-camera.title')}
      hasPriceStrip
      primary={
        <Button variant="primary" icon={<Hand />} onPress={() => calls.raise(procedure.id)}>
          {t('call-staff')}
        </Button>
      }
    >
      <Notice tone="attention" title={t(`capture:no-camera.${problem}`)}>
        {t('capture:no-camera.otherwise')}
      </Notice>
      {onPhone !== null && isAway ? <PhoneNotNow /> : null}
      <div className="wizard-identity__more">
        {onPhone === null || isAway ? null : (
          <Button variant="secondary" icon={<Smartphone />} onPress={onPhone}>
            {t('phone:begin')}
          </Button>
        )}
        <Button variant="secondary" onPress={onAgain}>
          {t('capture:no-camera.again')}
        </Button>
      </div>
    </StepScreen>
  );
}
