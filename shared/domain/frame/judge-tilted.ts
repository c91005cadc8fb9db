import { cardOn, NEAR_ENOUGH, OUTLINE_WIDTH } from './card-on.ts';
import { flatten } from './flatten.ts';
import type { Frame, Judgement, Looks } from './frame.ts';
import { isSameCard, looksOf } from './looks.ts';
import { flawOfPrint, PRINT_WIDTH } from './print.ts';
import { type Quad, quadIn } from './quad.ts';
import { shrink } from './shrink.ts';
import { CARD_SHAPE, tiltOf } from './tilt.ts';

/** Degrees. Less shows nothing of the edge, more nothing of the card. */
const LEAST = 25;
const MOST = 62;
/** What is only short, a strip of paper or a card cut in two, has sides of one length. */
const CONVERGING = 1.05;
/** As much as is left out of a side's picture, which it is compared with. */
const RIMS = [1 / 12, CARD_SHAPE / 12] as const;

/**
 * The same for a card that is held tilted, so that its edge is seen: how far it is tilted, its outline's shape tells.
 * @param front how its front looked; null where that is judged elsewhere
 * @param leastAlong so many pixels its long side must have: a card's edge is a hundredth of it
 */
export function judgeTilted(frame: Frame, front: Looks | null = null, leastAlong = 0): Judgement {
  const small = shrink(frame, OUTLINE_WIDTH);
  const shape = cardOn(small);
  if (typeof shape === 'string') return { guidance: shape };
  const quad = quadIn(shape.outline, small.width, small.height);
  if (quad === null) return { guidance: shape.touchesEdge ? 'cut-off' : 'none' };
  const { degrees, converging, long, card } = tiltOf(quad);
  const scale = frame.width / small.width;
  if (long < small.width * NEAR_ENOUGH || long * scale < leastAlong) return { guidance: 'too-far' };
  if (converging < CONVERGING || degrees < LEAST) return { guidance: 'too-flat' };
  if (degrees > MOST) return { guidance: 'too-steep' };
  const large = shrink(frame, PRINT_WIDTH);
  const print = flatten(large, scaled(card, large.width / small.width), RIMS);
  const flaw = flawOfPrint(print);
  if (flaw !== null) return { guidance: flaw };
  const looks = looksOf(print);
  if (front !== null && !isSameCard(looks, front)) return { guidance: 'other-card' };
  const [xs, ys] = [quad.map(({ x }) => x / small.width), quad.map(({ y }) => y / small.width)];
  return { guidance: 'found', looks, place: { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs) } };
}

/** A pixel's middle stays its middle. */
function scaled([a, b, c, d]: Quad, by: number): Quad {
  const scale = ({ x, y }: Quad[number]): Quad[number] => ({ x: (x + 0.5) * by - 0.5, y: (y + 0.5) * by - 0.5 });
  return [scale(a), scale(b), scale(c), scale(d)];
}
