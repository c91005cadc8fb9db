import { useEffect, useState } from 'react';
import type { Taken } from '../../../../shared/contract/captures.ts';
import type { Looks, Wanted } from '../../../../shared/domain/frame/frame.ts';
import {
  type DocumentRule,
  type IdentifiedPerson,
  type Photographed,
  picturesOf,
} from '../../../../shared/domain/identity-policy.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import type { Shot } from '../../../devices/camera/watch-camera.ts';
import { Spinner } from '../../../kit/index.ts';
import { StepScreen } from '../../step-screen.tsx';
import type { StepProps } from '../../step-props.ts';
import { CapturedPicture } from './captured-picture.tsx';
import { ChooseDocument } from './choose-document.tsx';
import type { Restart } from './restart.tsx';
import type { FaceSkip } from './skip-face.tsx';
import { isPhotographed, withTaken } from './taken.ts';
import { UnlikeFace } from './unlike-face.tsx';
import { Viewfinder } from './viewfinder.tsx';

export interface CaptureProps extends StepProps {
  readonly persons: readonly IdentifiedPerson[];
  /** That may be photographed. */
  readonly documents: readonly DocumentRule[];
  readonly taken: readonly Taken[];
  readonly onTaken: (one: Taken) => void;
  readonly onDiscarded: (person: IdentifiedPerson) => void;
  readonly onFaceDiscarded: (person: IdentifiedPerson) => void;
  /** The customer's own phone takes them instead; null: the policy has none. */
  readonly onPhone: (() => void) | null;
  /** All is taken, or the customer doesn't want to. */
  readonly onDone: () => void;
}

const NO_CHOICE = { document: null, face: null } as const;

interface Begun {
  readonly person: IdentifiedPerson;
  readonly rule: DocumentRule;
}

/**
 * Every picture of one document of each person, one after the other, and its holder's face, then with the head tilted
 * (p.96), for whoever agrees to that.
 */
export function CaptureFlow(props: CaptureProps) {
  const { t } = useLanguage();
  const { sessionId, state, persons, documents, taken, onTaken, onDiscarded, onFaceDiscarded, onDone } = props;
  const { connection, sessionGone } = useTerminal();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [shot, setShot] = useState<Shot | null>(null);
  const [face, setFace] = useState<'unlike' | 'again' | 'tilt' | null>(null);
  const [isEraseFailed, setEraseFailed] = useState(false);
  const [isStartingAnew, setStartingAnew] = useState(false);
  // A camera above the desk sees no face, one above the screen no document.
  const [cameras, setCameras] = useState<{ readonly [kind in 'document' | 'face']: string | null }>(NO_CHOICE);
  useEffect(
    () => () => {
      void connection.ask((client) => client.captures.end({ sessionId }));
    },
    [connection, sessionId],
  );

  const person = persons.find((one) => !isPhotographed(one, documents, taken));
  if (begun === null) {
    const next = person ?? persons[0];
    if (next === undefined) return null;
    return (
      <ChooseDocument
        {...props}
        key={next}
        person={next}
        onBack={onDone}
        onBegin={(rule) => setBegun({ person: next, rule })}
      />
    );
  }
  const { rule } = begun;
  const own = taken.filter(({ shows }) => shows.person === begun.person && shows.document === rule.document);
  const leave = (all: readonly Taken[]): void => {
    setShot(null);
    setFace(null);
    setBegun(null);
    if (persons.every((each) => isPhotographed(each, documents, all))) onDone();
  };
  if (face === 'unlike') {
    return (
      <UnlikeFace
        {...props}
        onBack={() => setFace('again')}
        onAgain={() => setFace('again')}
        onGoOn={() => setFace('tilt')}
      />
    );
  }
  const all: readonly Photographed[] = [...picturesOf(rule), ...(rule.face ? (['face'] as const) : [])];
  const faceTaken = own.find(({ shows }) => shows.side === 'face');
  const tilted = face === 'tilt' && faceTaken?.tilt ? { captureId: faceTaken.captureId, to: faceTaken.tilt.to } : null;
  const isOfFace = face === 'again' || tilted !== null;
  const side = isOfFace ? 'face' : all.find((each) => !own.some(({ shows }) => shows.side === each));
  if (side === undefined) return null;
  const erase = async (what: 'discard' | 'discardFace'): Promise<boolean> => {
    setEraseFailed(false);
    const of = { sessionId, applicationId: state.applicationId, person: begun.person };
    const answer = await connection.ask((client) => client.captures[what](of));
    if (answer.kind === 'ok') return true;
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') sessionGone(sessionId);
    else setEraseFailed(true);
    return false;
  };
  const skipFace = async (): Promise<void> => {
    // Also where this page knows of none: one may be kept whose answer was lost.
    if (!(await erase('discardFace'))) return;
    onFaceDiscarded(begun.person);
    leave(taken);
  };
  const startAnew = async (): Promise<void> => {
    setStartingAnew(true);
    const isErased = await erase('discard');
    setStartingAnew(false);
    setShot(null);
    if (isErased) onDiscarded(begun.person);
  };
  const skip: FaceSkip | null =
    tilted !== null
      ? { of: 'tilt', onPress: () => leave(taken), isFailed: false }
      : side === 'face'
        ? { of: 'face', onPress: () => void skipFace(), isFailed: isEraseFailed }
        : null;
  const restart: Restart | null =
    side === 'face' || own.length === 0 ? null : { onPress: () => void startAnew(), isFailed: isEraseFailed };
  const usesOf = side === 'face' ? 'face' : 'document';
  const shows = { person: begun.person, document: rule.document, side };
  // The camera is off meanwhile: what it took would be kept beside what is erased.
  if (isStartingAnew) {
    return (
      <StepScreen
        props={props}
        heading={t('capture:title.front', { document: t(`identity:document.${rule.document}`) })}
        hasPriceStrip
        primary={null}
        isBackDisabled
      >
        <Spinner label={t('loading')} />
      </StepScreen>
    );
  }
  if (shot === null) {
    return (
      <Viewfinder
        {...props}
        key={tilted === null ? side : 'tilt'}
        shows={shows}
        wanted={wantedOf(side, own)}
        tilt={tilted?.to ?? null}
        camera={cameras[usesOf]}
        onCamera={(camera) => setCameras({ ...cameras, [usesOf]: camera })}
        skip={skip}
        restart={restart}
        onBack={() => {
          setEraseFailed(false);
          // The document is there already: to choose it again would erase it.
          if (side === 'face') {
            onDone();
            return;
          }
          setBegun(null);
        }}
        onShot={(taken) => {
          setEraseFailed(false);
          setShot(taken);
        }}
      />
    );
  }
  return (
    <CapturedPicture
      {...props}
      shows={shows}
      shot={shot}
      tilt={tilted}
      skip={skip}
      restart={restart}
      onBack={() => setShot(null)}
      onKept={(one) => {
        setShot(null);
        onTaken(one);
        if (tilted !== null) leave(withTaken(taken, one));
        else if (side === 'face') setFace(one.likeness === 'unlike' ? 'unlike' : 'tilt');
        else if (side === all.at(-1)) leave(withTaken(taken, one));
      }}
    />
  );
}

/** The front is there before the picture for which it is tilted. */
function wantedOf(side: Photographed, own: readonly Taken[]): Wanted {
  if (side === 'face') return { kind: side };
  const looksLike = (one: Photographed): Looks | null => own.find(({ shows }) => shows.side === one)?.looks ?? null;
  return side === 'thickness'
    ? { kind: side, front: looksLike('front') ?? [] }
    : { kind: 'side', otherSide: looksLike(side === 'front' ? 'back' : 'front') };
}
