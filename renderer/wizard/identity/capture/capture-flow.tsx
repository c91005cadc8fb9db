import { useEffect, useState } from 'react';
import type { Taken } from '../../../../shared/contract/captures.ts';
import type { Looks, Wanted } from '../../../../shared/domain/frame/frame.ts';
import {
  type DocumentRule,
  type IdentifiedPerson,
  type PictureKind,
  picturesOf,
} from '../../../../shared/domain/identity-policy.ts';
import { useTerminal } from '../../../app/terminal-context.tsx';
import type { Shot } from '../../../devices/camera/watch-document.ts';
import type { StepProps } from '../../step-props.ts';
import { CapturedPicture } from './captured-picture.tsx';
import { ChooseDocument } from './choose-document.tsx';
import { isPhotographed, withTaken } from './taken.ts';
import { Viewfinder } from './viewfinder.tsx';

export interface CaptureProps extends StepProps {
  readonly persons: readonly IdentifiedPerson[];
  /** That may be photographed. */
  readonly documents: readonly DocumentRule[];
  readonly taken: readonly Taken[];
  readonly onTaken: (one: Taken) => void;
  readonly onDiscarded: (person: IdentifiedPerson) => void;
  /** The customer's own phone takes them instead; null: the policy has none. */
  readonly onPhone: (() => void) | null;
  /** All is taken, or the customer doesn't want to. */
  readonly onDone: () => void;
}

interface Begun {
  readonly person: IdentifiedPerson;
  readonly rule: DocumentRule;
}

/** Every picture of one document of each person, one after the other. */
export function CaptureFlow(props: CaptureProps) {
  const { sessionId, persons, documents, taken, onTaken, onDone } = props;
  const { connection } = useTerminal();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [shot, setShot] = useState<Shot | null>(null);
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
  const side = picturesOf(rule).find((each) => !own.some(({ shows }) => shows.side === each));
  if (side === undefined) return null;
  const shows = { person: begun.person, document: rule.document, side };
  if (shot === null) {
    return (
      <Viewfinder
        {...props}
        key={side}
        shows={shows}
        wanted={wantedOf(side, own)}
        onBack={() => setBegun(null)}
        onShot={setShot}
      />
    );
  }
  return (
    <CapturedPicture
      {...props}
      shows={shows}
      shot={shot}
      onBack={() => setShot(null)}
      onKept={(one) => {
        const all = withTaken(taken, one);
        setShot(null);
        onTaken(one);
        if (isPhotographed(begun.person, [rule], all)) setBegun(null);
        if (persons.every((each) => isPhotographed(each, documents, all))) onDone();
      }}
    />
  );
}

/** The front is there before the picture for which it is tilted. */
function wantedOf(side: PictureKind, own: readonly Taken[]): Wanted {
  const looksLike = (one: PictureKind): Looks | null => own.find(({ shows }) => shows.side === one)?.looks ?? null;
  return side === 'thickness'
    ? { kind: side, front: looksLike('front') ?? [] }
    : { kind: 'side', otherSide: looksLike(side === 'front' ? 'back' : 'front') };
}
