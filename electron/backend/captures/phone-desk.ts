import { createHash } from 'node:crypto';
import {
  HAND_OVER_ERRORS,
  handOverSchema,
  type HandOverState,
  handOverStateSchema,
  type PhoneFlaw,
  phonePictureSchema,
} from '../../../shared/central-api/phone-hand-overs.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Taken } from '../../../shared/contract/captures.ts';
import type { PhoneBegun, PhoneLink, PhoneStanding } from '../../../shared/contract/phone.ts';
import { type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import {
  documentsByPhone,
  type IdentifiedPerson,
  type IdentityDocument,
  type IdentityPolicy,
  type PictureKind,
} from '../../../shared/domain/identity-policy.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { CentralClient, CentralRequest } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { Session } from '../sessions/sessions.ts';
import type { CaptureDesk, CaptureError } from './capture-desk.ts';

export interface PhoneWish {
  readonly handOverId: string;
  readonly applicationId: string;
  readonly person: IdentifiedPerson;
  readonly document: IdentityDocument;
  readonly language: Language;
}

export type PhoneBeginError = 'CENTRAL_UNREACHABLE' | 'NOT_WANTED' | 'NOT_OPEN';

/**
 * A customer's own phone takes the pictures: central has them for as long as this terminal hasn't judged them, and here
 * they are kept as the camera's are. One at a time for each session.
 */
export interface PhoneDesk {
  begin(session: Session, wish: PhoneWish): Promise<Result<PhoneLink, PhoneBeginError>>;
  look(session: Session, handOverId: string): Promise<Result<PhoneStanding, 'CENTRAL_UNREACHABLE'>>;
  /** What is under way for that application; what central hasn't answered yet is given up, and nobody waits for it. */
  begun(session: Session, applicationId: string): PhoneBegun | null;
  cancel(session: Session, handOverId: string): void;
  /** That person's pictures are discarded; null: everybody's. */
  giveUp(session: Session, applicationId: string, person: IdentifiedPerson | null): void;
  /** The session is over: its pictures go with it, and no phone sends more. */
  forget(sessionId: string): void;
}

interface HandOver {
  readonly session: Session;
  readonly wish: PhoneWish;
  /** What central answered, or will. */
  readonly link: Promise<Result<PhoneLink, PhoneBeginError>>;
  /** null: not yet. */
  answered: PhoneLink | null;
  /** One look at a time: a second one hears what the first finds. */
  looking: ReturnType<PhoneDesk['look']> | null;
  /** As it was found last. */
  standing: PhoneStanding;
}

const TIMEOUT_MS = 10_000;
const PICTURE_TIMEOUT_MS = 20_000;
const BEGUN: PhoneStanding = { state: 'waiting', heard: 0, taken: [] };
const OVER: PhoneStanding = { state: 'over', heard: 0, taken: [] };

export function createPhoneDesk(parts: {
  client: CentralClient;
  connectivity: Connectivity;
  captures: Pick<CaptureDesk, 'agree' | 'keep' | 'taken' | 'discard'>;
  policy: IdentityPolicy;
  businessNow: BusinessClock;
}): PhoneDesk {
  const { client, connectivity, captures, policy, businessNow } = parts;
  /** By session. */
  const open = new Map<string, HandOver>();

  const address = (handOverId: string, rest = ''): string => `${CENTRAL_PATHS.phoneHandOvers}/${handOverId}${rest}`;

  async function ask(session: Session, { wish }: Pick<HandOver, 'wish'>): Promise<Awaited<HandOver['link']>> {
    const { handOverId, applicationId, person, document, language } = wish;
    const answer = await client.call(
      {
        ...{ method: 'POST', path: CENTRAL_PATHS.phoneHandOvers, timeoutMs: TIMEOUT_MS },
        body: JSON.stringify({ id: handOverId, sessionId: session.id, applicationId, person, document, language }),
      },
      handOverSchema,
    );
    if (answer.kind === 'ok') {
      const { password, page, sides, expiresInSeconds } = answer.body;
      return ok({ handOverId, password, page, sides, until: businessNow() + expiresInSeconds * 1000 });
    }
    if (answer.kind === 'error' && answer.error.code === HAND_OVER_ERRORS.notWanted) return err('NOT_WANTED');
    void connectivity.suspect();
    return err('CENTRAL_UNREACHABLE');
  }

  /** At once where central can be reached; else it is over there by itself in twenty minutes. */
  async function revoke({ session, wish, link }: HandOver): Promise<void> {
    // What was asked for and not answered yet would be there after it was revoked.
    await link;
    await client.call(
      {
        ...{ method: 'POST', path: address(wish.handOverId, '/revocation'), timeoutMs: TIMEOUT_MS },
        body: JSON.stringify({ sessionId: session.id }),
      },
      handOverStateSchema,
    );
  }

  /** false: the application isn't open any more, and what it has is no longer this one's. */
  function discard({ session, wish }: HandOver): boolean {
    return captures.discard(session, wish.applicationId, wish.person).ok;
  }

  const isDone = ({ standing }: HandOver): boolean => standing.state === 'done';
  const isCurrent = (handOver: HandOver): boolean => open.get(handOver.session.id) === handOver;

  /** What is there of it stays; nothing more comes. */
  function stop(handOver: HandOver): void {
    open.delete(handOver.session.id);
    if (!isDone(handOver)) void revoke(handOver);
  }

  function end(handOver: HandOver): void {
    stop(handOver);
    if (!isDone(handOver)) discard(handOver);
  }

  const takenOf = ({ session, wish }: HandOver): readonly Taken[] => {
    const taken = captures.taken(session, wish.applicationId);
    const { person, document } = wish;
    return taken.ok
      ? taken.value.filter(({ shows, byPhone }) => byPhone && shows.person === person && shows.document === document)
      : [];
  };

  async function stateOf(request: CentralRequest): Promise<HandOverState | null> {
    const answer = await client.call(request, handOverStateSchema);
    if (answer.kind === 'ok') return answer.body;
    void connectivity.suspect();
    return null;
  }

  /** null: central couldn't be asked. */
  async function judge(handOver: HandOver, side: PictureKind): Promise<HandOverState | null> {
    const { session, wish } = handOver;
    const at = address(wish.handOverId, `/pictures/${side}`);
    const answer = await client.call(
      { method: 'GET', path: `${at}?sessionId=${session.id}`, timeoutMs: PICTURE_TIMEOUT_MS },
      phonePictureSchema,
    );
    if (answer.kind !== 'ok' || !isCurrent(handOver)) return null;
    const bytes = Buffer.from(answer.body.base64, 'base64');
    const isWhole = answer.body.hash === createHash('sha256').update(bytes).digest('hex');
    const { person, document } = wish;
    // Judging takes a moment, in which the customer may have gone over to the camera.
    const phone = { isAwaited: () => isCurrent(handOver) };
    const kept = isWhole
      ? await captures.keep(session, wish.applicationId, { person, document, side }, bytes, phone)
      : err({ code: 'NO_PICTURE' } as const);
    if (!isCurrent(handOver)) return null;
    const flaw = kept.ok ? null : flawOf(kept.error, side);
    return stateOf({
      ...{ method: 'POST', path: `${at}/verdict`, timeoutMs: TIMEOUT_MS },
      body: JSON.stringify({ sessionId: session.id, hash: answer.body.hash, flaw }),
    });
  }

  async function look(handOver: HandOver): ReturnType<PhoneDesk['look']> {
    const { session, wish } = handOver;
    const path = `${address(wish.handOverId)}?sessionId=${session.id}`;
    let state = await stateOf({ method: 'GET', path, timeoutMs: TIMEOUT_MS });
    for (const { side } of state?.waiting ?? []) {
      state = await judge(handOver, side);
      if (state === null) break;
    }
    if (!isCurrent(handOver)) return ok(OVER);
    if (state === null) return err('CENTRAL_UNREACHABLE');
    if (state.state === 'over') {
      open.delete(session.id);
      discard(handOver);
      return ok(OVER);
    }
    handOver.standing = { state: state.state, heard: state.heard, taken: [...takenOf(handOver)] };
    return ok(handOver.standing);
  }

  return {
    begin: (session, wish) => {
      const before = open.get(session.id);
      if (before?.wish.handOverId === wish.handOverId) return before.link;
      const today = businessDate(businessNow());
      const isWanted = documentsByPhone(policy, today).some(({ document }) => document === wish.document);
      if (!isWanted) return Promise.resolve(err('NOT_WANTED'));
      if (!captures.agree(session, wish.applicationId).ok) return Promise.resolve(err('NOT_OPEN'));
      if (before !== undefined) end(before);
      // In turn: what comes to central second takes the place of the first.
      const link = Promise.resolve(before?.link).then(() => ask(session, { wish }));
      const handOver: HandOver = { session, wish, link, answered: null, looking: null, standing: BEGUN };
      open.set(session.id, handOver);
      void link.then((answer) => {
        if (!isCurrent(handOver)) return;
        if (!answer.ok) {
          open.delete(session.id);
          return;
        }
        handOver.answered = answer.value;
        // Each side is judged by the other: what was taken before is in the way.
        discard(handOver);
      });
      return link;
    },
    look: (session, handOverId) => {
      const handOver = open.get(session.id);
      if (handOver?.wish.handOverId !== handOverId) return Promise.resolve(ok(OVER));
      handOver.looking ??= look(handOver).finally(() => {
        handOver.looking = null;
      });
      return handOver.looking;
    },
    begun: (session, applicationId) => {
      const handOver = open.get(session.id);
      if (handOver === undefined || handOver.wish.applicationId !== applicationId) return null;
      if (isDone(handOver)) return null;
      const { wish, answered: link, standing } = handOver;
      if (link === null) {
        // It would erase what the customer does meanwhile.
        stop(handOver);
        return null;
      }
      return { person: wish.person, document: wish.document, link, standing };
    },
    cancel: (session, handOverId) => {
      const handOver = open.get(session.id);
      if (handOver?.wish.handOverId === handOverId) end(handOver);
    },
    giveUp: (session, applicationId, person) => {
      const handOver = open.get(session.id);
      if (handOver === undefined || handOver.wish.applicationId !== applicationId) return;
      if (person === null || handOver.wish.person === person) end(handOver);
    },
    forget: (sessionId) => {
      const handOver = open.get(sessionId);
      if (handOver !== undefined) stop(handOver);
    },
  };
}

/** As the phone tells it. */
function flawOf(error: CaptureError, side: PictureKind): PhoneFlaw {
  switch (error.code) {
    case 'NOT_LEGIBLE':
      return error.flaw;
    case 'NO_PICTURE':
      return 'torn';
    case 'NOT_WANTED':
      return side === 'thickness' ? 'front-first' : 'unavailable';
    case 'NO_GOOD_FACE':
    case 'NOT_AGREED':
    case 'NOT_OPEN':
    case 'TOO_MANY':
    case 'DISK_FULL':
    case 'NOT_READY':
      return 'unavailable';
    default:
      return cantHappen(error);
  }
}
