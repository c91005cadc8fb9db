import type { ApplicationState, StateReason } from '../contract/events.ts';

/** What staff can do with an application that was taken. */
export const QUEUE_ACTIONS = ['retry', 'release', 'reject', 'correct', 'withdraw'] as const;
export type QueueAction = (typeof QUEUE_ACTIONS)[number];

/** Why what would fit an application can't be done now. */
export const OBSTACLES = [
  'manager-only',
  'needs-central',
  'being-sent',
  'being-corrected',
  'exported',
  'unreadable',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

export interface QueueStanding {
  readonly state: ApplicationState;
  readonly reason: StateReason | null;
  /** Central has it. */
  readonly isAtCentral: boolean;
  /** Another application has taken its place, or will once central has that one. */
  readonly isCorrected: boolean;
  /** It is in a rescue file, from which central may take it at any time. */
  readonly isExported: boolean;
  readonly isReadable: boolean;
  /** It can be sent as it is, readable or not. */
  readonly isSendable: boolean;
}

export interface QueueCircumstances {
  readonly isManager: boolean;
  /** Central answers, and staff signed in there. */
  readonly hasCentral: boolean;
}

/**
 * 403, 404 and 413: the application itself is as it should be, something around it may have been put right since. A
 * damaged one may turn out to be readable: where the terminal's key was another one's for a while.
 */
export const RETRIED: readonly StateReason[] = ['not-authorised', 'not-found', 'too-large', 'damaged'];

/** Actions that fit an application as it stands, each free to be done or with what is in its way; the rest don't fit. */
export function actionsFor(
  standing: QueueStanding,
  circumstances: QueueCircumstances,
): Partial<Record<QueueAction, 'free' | Obstacle>> {
  const { state, reason, isAtCentral, isCorrected, isExported, isReadable, isSendable } = standing;
  switch (state) {
    case 'queued':
      return isExported ? { correct: 'exported', withdraw: 'exported' } : here(isReadable);
    case 'sending':
      // Central may have it: only when that is settled can it be said what becomes of it.
      return { correct: 'being-sent', withdraw: 'being-sent' };
    case 'held':
      if (isCorrected) return { withdraw: 'being-corrected' };
      if (isAtCentral) return atCentral(isReadable, circumstances);
      // Whether central has it can't be asked any more.
      if (reason === 'terminal-revoked') return { correct: 'unreadable', withdraw: 'unreadable' };
      return {
        ...(reason !== null && RETRIED.includes(reason) ? { retry: unless('unreadable', !isSendable) } : {}),
        ...(isExported ? exported(isReadable, circumstances) : here(isReadable)),
      };
    case 'rejected':
      return isExported ? exported(isReadable, circumstances) : here(isReadable);
    case 'accepted':
    case 'withdrawn':
      return {};
  }
}

const here = (isReadable: boolean): ReturnType<typeof actionsFor> => ({
  correct: unless('unreadable', !isReadable),
  withdraw: 'free',
});

/** Central takes it as withdrawn, so that it can't come from the file any more. */
const exported = (isReadable: boolean, { hasCentral }: QueueCircumstances): ReturnType<typeof actionsFor> => ({
  correct: 'exported',
  withdraw: isReadable ? unless('exported', !hasCentral) : 'unreadable',
});

function atCentral(isReadable: boolean, { isManager, hasCentral }: QueueCircumstances): ReturnType<typeof actionsFor> {
  const decision = isManager ? unless('needs-central', !hasCentral) : 'manager-only';
  return {
    release: decision,
    reject: decision,
    correct: unless('unreadable', !isReadable),
    withdraw: unless('needs-central', !hasCentral),
  };
}

const unless = (obstacle: Obstacle, isThere: boolean): 'free' | Obstacle => (isThere ? obstacle : 'free');
