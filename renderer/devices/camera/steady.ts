import type { FaceJudgement, Judgement, Place } from '../../../shared/domain/frame/frame.ts';

/** Since when the card lies where it lies; null: it doesn't, or there is something to be told. */
export type Steadiness = { readonly since: number; readonly place: Place } | null;

/** Long enough to see that it is about to be taken, and for a hand to let go of the card. */
const STEADY_MS = 900;

/**
 * @param at milliseconds, of a clock that only runs forward
 * @param within share of the picture's width that counts as still
 */
export function steadier(
  before: Steadiness,
  judgement: Judgement | FaceJudgement,
  at: number,
  within: number,
): Steadiness {
  if (judgement.guidance !== 'found') return null;
  const { place } = judgement;
  return before !== null && isStill(before.place, place, within) ? before : { since: at, place };
}

export function isSteady(steadiness: Steadiness, at: number): boolean {
  return steadiness !== null && at - steadiness.since >= STEADY_MS;
}

function isStill(one: Place, other: Place, within: number): boolean {
  const moved = [one.left - other.left, one.top - other.top, one.right - other.right];
  return moved.every((by) => Math.abs(by) < within);
}
