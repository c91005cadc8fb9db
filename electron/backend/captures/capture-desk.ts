import { type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import type { Taken } from '../../../shared/contract/captures.ts';
import type { FaceFlaw, Likeness, TiltFlaw, TiltSide } from '../../../shared/domain/face.ts';
import type { Flaw } from '../../../shared/domain/frame/frame.ts';
import { isSameCard, isSameSide } from '../../../shared/domain/frame/looks.ts';
import {
  documentsOn,
  type IdentifiedPerson,
  isComparedWithFront,
  type IdentityPolicy,
  type PictureKind,
  picturesOf,
  type PictureSubject,
} from '../../../shared/domain/identity-policy.ts';
import { type Picture, stripMetadata } from '../../../shared/domain/picture/strip-metadata.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Draw } from '../drawing/drawing-job.ts';
import type { Logger } from '../log/logger.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Random } from '../ports.ts';
import type { Session } from '../sessions/sessions.ts';
import type { CaptureStore } from './capture-store.ts';
import { judgeFacePicture, judgePicture, judgeTilt } from './judge-picture.ts';

export type CaptureError =
  | { readonly code: 'NO_PICTURE' | 'NOT_WANTED' | 'NOT_AGREED' | 'TOO_MANY' | 'NOT_OPEN' | 'DISK_FULL' | 'NOT_READY' }
  | { readonly code: 'NOT_LEGIBLE'; readonly flaw: Flaw }
  | { readonly code: 'NO_GOOD_FACE'; readonly flaw: FaceFlaw };

export type TiltError =
  | { readonly code: 'NO_PICTURE' | 'NOT_SEEN' | 'NOT_WANTED' | 'NOT_OPEN' }
  | { readonly code: 'NOT_TILTED'; readonly flaw: TiltFlaw };

/** Pictures of applications that are being made: each is its session's until the customer has applied. */
export interface CaptureDesk {
  /** The customer agreed to be photographed, be it elsewhere. */
  agree(session: Session, applicationId: string): Result<void, 'NOT_OPEN'>;
  /** The customer agreed, and stands before the camera. */
  begin(session: Session, applicationId: string): Result<void, 'NOT_OPEN'>;
  end(sessionId: string): void;
  /** Whether a customer is at a screen that takes a picture. */
  isCapturing(): boolean;
  /** @param phone that took it: what isn't awaited any more once it is judged isn't kept */
  keep(
    session: Session,
    applicationId: string,
    shows: PictureSubject,
    picture: Buffer<ArrayBuffer>,
    phone?: { isAwaited(): boolean },
  ): Promise<Result<Taken, CaptureError>>;
  /** Looks whether whoever has that face tilts the head as they were asked to. The picture is kept nowhere. */
  tilt(
    session: Session,
    applicationId: string,
    captureId: string,
    picture: Buffer<ArrayBuffer>,
  ): Promise<Result<Taken, TiltError>>;
  taken(session: Session, applicationId: string): Result<readonly Taken[], 'NOT_OPEN'>;
  /** For staff, who compare it with the original: for as long as the application is being made. */
  show(session: Session, applicationId: string, captureId: string): Result<Picture, 'NOT_OPEN' | 'LOST'>;
  /**
   * Also what is only coming.
   * @param person whose document is photographed anew; null: nobody applies with any of it
   */
  discard(session: Session, applicationId: string, person: IdentifiedPerson | null): Result<void, 'NOT_OPEN'>;
  /** That person is not to be photographed after all. */
  discardFace(session: Session, applicationId: string, person: IdentifiedPerson): Result<void, 'NOT_OPEN'>;
  /** The application goes with these pictures and no others. `missing`: also one that is damaged. */
  choose(session: Session, applicationId: string, captureIds: readonly string[]): Result<void, 'missing'>;
  /** The session is over: what it didn't apply with is erased. */
  forget(sessionId: string): void;
}

interface Judged {
  readonly looks: number[];
  readonly likeness: Likeness | null;
  /** Of which the face was compared with the photo. */
  readonly front: string | null;
}

/** A picture that is being looked at: nothing was kept of it yet. */
interface Coming {
  readonly shows: PictureSubject;
  /** What it shows was discarded meanwhile. */
  isUnwanted: boolean;
}

interface Open {
  readonly sessionId: string;
  readonly coming: Set<Coming>;
  taken: readonly Taken[];
}

const KEEP_ERRORS = { 'too-many': 'TOO_MANY', 'disk-full': 'DISK_FULL' } as const;

export function createCaptureDesk(parts: {
  captures: CaptureStore;
  outbox: Pick<Outbox, 'find'>;
  configuration: ConfigurationHolder;
  policy: IdentityPolicy;
  draw: Draw;
  businessNow: BusinessClock;
  random: Random;
  log: Logger;
}): CaptureDesk {
  const { captures, outbox, configuration, policy, draw, businessNow, random, log } = parts;
  /** By application: the customer agreed to be photographed for it. */
  const open = new Map<string, Open>();
  /** Sessions whose customer stands before the camera. */
  const capturing = new Set<string>();
  /** Of sessions that are over. */
  const unwanted = new Set<string>();

  const isOpen = (session: Session, applicationId: string): boolean =>
    (open.get(applicationId)?.sessionId ?? session.id) === session.id && outbox.find(applicationId) === null;

  function discardAll(applicationId: string, except: readonly string[] = []): void {
    for (const capture of captures.of(applicationId)) if (!except.includes(capture.hash)) captures.discard(capture);
  }

  /** What a broken disk doesn't let go is tried again at the next occasion, the program's next start being the last. */
  function tidily(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      log.error({ code: 'disk-failure' }, 'pictures not erased yet');
    }
  }

  const isWanted = ({ document, side }: PictureSubject): boolean =>
    documentsOn(policy, 'picture', businessDate(businessNow())).some(
      (rule) => rule.document === document && (side === 'face' ? rule.face === true : picturesOf(rule).includes(side)),
    );

  /** By itself; the others are compared with it when it is known which there are. */
  async function judge(
    applicationId: string,
    { person, document, side }: PictureSubject,
    content: Uint8Array,
    taken: readonly Taken[],
  ): Promise<Result<Judged, CaptureError>> {
    if (side !== 'face') {
      const judged = await judgePicture(draw, content, side);
      if (!judged.ok) return err({ code: 'NO_PICTURE' });
      const { value } = judged;
      return value.guidance === 'found'
        ? ok({ looks: value.looks, likeness: null, front: null })
        : err({ code: 'NOT_LEGIBLE', flaw: value.guidance });
    }
    const front = frontOf({ person, document }, taken);
    if (front === undefined) return err({ code: 'NOT_WANTED' });
    const photo = read(applicationId, front.captureId);
    const judged = await judgeFacePicture(draw, content, photo.ok ? photo.value.content : null);
    if (judged.ok) return ok({ looks: [], likeness: judged.value, front: front.captureId });
    return err(judged.error === 'not-read' ? { code: 'NO_PICTURE' } : { code: 'NO_GOOD_FACE', flaw: judged.error });
  }

  function read(applicationId: string, captureId: string): Result<Picture, 'LOST'> {
    const capture = captures.of(applicationId).find(({ hash }) => hash === captureId);
    if (capture === undefined) return err('LOST');
    const content = captures.read(capture);
    return content.ok ? ok({ mediaType: capture.mediaType, content: content.value }) : err('LOST');
  }

  function discardEach(
    session: Session,
    applicationId: string,
    isUnwanted: (shows: PictureSubject) => boolean,
  ): Result<void, 'NOT_OPEN'> {
    const before = open.get(applicationId);
    if (before === undefined || !isOpen(session, applicationId)) return err('NOT_OPEN');
    for (const one of before.coming) one.isUnwanted ||= isUnwanted(one.shows);
    const unwantedOnes = before.taken.filter(({ shows }) => isUnwanted(shows));
    before.taken = before.taken.filter(({ shows }) => !isUnwanted(shows));
    tidily(() => {
      for (const { captureId: hash } of unwantedOnes) captures.discard({ applicationId, hash });
    });
    return ok(undefined);
  }

  tidily(captures.eraseUnclaimed);
  const agree: CaptureDesk['agree'] = (session, applicationId) => {
    if (!isOpen(session, applicationId)) return err('NOT_OPEN');
    if (!open.has(applicationId)) open.set(applicationId, { sessionId: session.id, coming: new Set(), taken: [] });
    return ok(undefined);
  };

  return {
    agree,
    begin: (session, applicationId) => {
      const agreed = agree(session, applicationId);
      if (agreed.ok) capturing.add(session.id);
      return agreed;
    },
    end: (sessionId) => {
      capturing.delete(sessionId);
    },
    isCapturing: () => capturing.size > 0,
    keep: async (session, applicationId, shows, bytes, phone) => {
      if (!isOpen(session, applicationId)) return err({ code: 'NOT_OPEN' });
      const current = configuration.current();
      if (current === null) return err({ code: 'NOT_READY' });
      const before = open.get(applicationId);
      if (before === undefined) return err({ code: 'NOT_AGREED' });
      if (!isWanted(shows)) return err({ code: 'NOT_WANTED' });
      const picture = stripMetadata(bytes);
      if (!picture.ok) return err({ code: 'NO_PICTURE' });
      const coming: Coming = { shows, isUnwanted: false };
      before.coming.add(coming);
      const judged = await judge(applicationId, shows, picture.value.content, before.taken);
      before.coming.delete(coming);
      if (!judged.ok) return judged;
      // It took a moment: the customer may have left meanwhile, or applied.
      const now = open.get(applicationId);
      if (now === undefined || !isOpen(session, applicationId)) return err({ code: 'NOT_OPEN' });
      if (phone?.isAwaited() === false) return err({ code: 'NOT_OPEN' });
      if (coming.isUnwanted) return err({ code: 'NOT_WANTED' });
      // Of two that came at once, the second is compared with the first.
      const { looks, likeness } = judged.value;
      const beside = besideOthers(shows, judged.value, now.taken);
      if (!beside.ok) return err(beside.error);
      const rescueKey = { id: current.configuration.rescueKey.id, publicKey: current.rescueKey };
      const kept = captures.keep({ applicationId, picture: picture.value, rescueKey });
      if (!kept.ok) return err({ code: KEEP_ERRORS[kept.error] });
      const captureId = kept.value.hash;
      const isReplaced = (one: Taken): boolean => one.captureId === captureId || takesThePlaceOf(shows, one.shows);
      const replaced = now.taken.filter(isReplaced);
      const tilt = shows.side === 'face' ? { to: sideToTilt(random), isSeen: null } : null;
      const one: Taken = { shows, captureId, byPhone: phone !== undefined, looks, likeness, tilt };
      now.taken = [...now.taken.filter((other) => !isReplaced(other)), one];
      tidily(() => {
        for (const { captureId: hash } of replaced) {
          if (hash !== captureId) captures.discard({ applicationId, hash });
        }
      });
      return ok(one);
    },
    tilt: async (session, applicationId, captureId, bytes) => {
      if (!isOpen(session, applicationId)) return err({ code: 'NOT_OPEN' });
      const faceTaken = (): Taken | undefined =>
        open.get(applicationId)?.taken.find((one) => one.captureId === captureId && one.tilt !== null);
      const to = faceTaken()?.tilt?.to;
      const face = read(applicationId, captureId);
      if (to === undefined || !face.ok) return err({ code: 'NOT_WANTED' });
      const picture = stripMetadata(bytes);
      if (!picture.ok) return err({ code: 'NO_PICTURE' });
      const judged = await judgeTilt(draw, picture.value.content, face.value.content, to);
      if (!isOpen(session, applicationId)) return err({ code: 'NOT_OPEN' });
      const now = open.get(applicationId);
      const one = faceTaken();
      if (now === undefined || one === undefined) return err({ code: 'NOT_WANTED' });
      const keepFound = (isSeen: boolean): Taken => {
        const looked: Taken = { ...one, tilt: { to, isSeen } };
        now.taken = now.taken.map((other) => (other === one ? looked : other));
        return looked;
      };
      if (judged.ok) return ok(keepFound(true));
      if (judged.error === 'not-read') return err({ code: 'NO_PICTURE' });
      if (judged.error === 'not-seen') return err({ code: 'NOT_SEEN' });
      // A picture on which nobody can be seen says nothing of the head.
      const isAnswer = judged.error === 'not-tilted' || judged.error === 'other-face';
      if (isAnswer && one.tilt?.isSeen !== true) keepFound(false);
      return err({ code: 'NOT_TILTED', flaw: judged.error });
    },
    taken: (session, applicationId) =>
      isOpen(session, applicationId) ? ok(open.get(applicationId)?.taken ?? []) : err('NOT_OPEN'),
    show: (session, applicationId, captureId) => {
      if (!isOpen(session, applicationId)) return err('NOT_OPEN');
      const taken = open.get(applicationId)?.taken ?? [];
      if (!taken.some((one) => one.captureId === captureId)) return err('LOST');
      return read(applicationId, captureId);
    },
    discard: (session, applicationId, person) =>
      discardEach(session, applicationId, (shows) => person === null || shows.person === person),
    discardFace: (session, applicationId, person) =>
      discardEach(session, applicationId, (shows) => shows.person === person && shows.side === 'face'),
    choose: (session, applicationId, captureIds) => {
      // Whoever was identified by one that can't be read any more was by nothing; the customer is still here.
      const isMissing = (id: string): boolean => !read(applicationId, id).ok;
      if (!isOpen(session, applicationId) || captureIds.some(isMissing)) return err('missing');
      tidily(() => discardAll(applicationId, captureIds));
      return ok(undefined);
    },
    forget: (sessionId) => {
      capturing.delete(sessionId);
      for (const [applicationId, { sessionId: owner }] of [...open]) {
        if (owner !== sessionId) continue;
        open.delete(applicationId);
        if (outbox.find(applicationId) === null) unwanted.add(applicationId);
      }
      tidily(() => {
        for (const applicationId of unwanted) {
          discardAll(applicationId);
          unwanted.delete(applicationId);
        }
      });
    },
  };
}

/** Not always the same: a picture that was made before would have to be of the right one. */
const sideToTilt = (random: Random): TiltSide => (random() < 0.5 ? 'left' : 'right');

/** Whether it shows what it is to show, next to the other pictures of that document. */
function besideOthers(
  shows: PictureSubject,
  { looks, front: comparedWith }: Judged,
  taken: readonly Taken[],
): Result<void, CaptureError> {
  const front = frontOf(shows, taken);
  switch (shows.side) {
    case 'face':
      // Its front may have been taken anew meanwhile.
      return front?.captureId === comparedWith ? ok(undefined) : err({ code: 'NOT_WANTED' });
    case 'thickness':
      if (front === undefined) return err({ code: 'NOT_WANTED' });
      return isSameCard(looks, front.looks) ? ok(undefined) : err({ code: 'NOT_LEGIBLE', flaw: 'other-card' });
    case 'front':
    case 'back': {
      const other = pictureOf(shows.side === 'front' ? 'back' : 'front', shows, taken);
      const isSame = other !== undefined && isSameSide(looks, other.looks);
      return isSame ? err({ code: 'NOT_LEGIBLE', flaw: 'same-side' }) : ok(undefined);
    }
    default:
      return cantHappen(shows.side);
  }
}

type OfDocument = Pick<PictureSubject, 'person' | 'document'>;

const frontOf = (of: OfDocument, taken: readonly Taken[]): Taken | undefined => pictureOf('front', of, taken);

function pictureOf(side: PictureKind, { person, document }: OfDocument, taken: readonly Taken[]): Taken | undefined {
  return taken.find(({ shows }) => shows.person === person && shows.document === document && shows.side === side);
}

/**
 * Taken anew, or of another document of that person: one document is enough. With its front goes what was compared with
 * it.
 */
function takesThePlaceOf(one: PictureSubject, other: PictureSubject): boolean {
  if (one.person !== other.person) return false;
  return (
    one.document !== other.document ||
    one.side === other.side ||
    (one.side === 'front' && isComparedWithFront(other.side))
  );
}
