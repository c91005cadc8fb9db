import { type Box, boxAround } from './box-around.ts';
import { cardOn, NEAR_ENOUGH, OUTLINE_WIDTH } from './card-on.ts';
import type { Frame, Judgement, Looks } from './frame.ts';
import { isSameSide, looksOf } from './looks.ts';
import { flawOfPrint, PRINT_WIDTH } from './print.ts';
import type { Shape } from './shapes.ts';
import { shrink } from './shrink.ts';

const TURNED_DEGREES = 6;
/** A card that is seen from above fills its box but for its round corners. */
const SEEN_FROM_ABOVE = 0.94;
/** From a licence's 1.59 to a passport's 1.42, and as much again for a camera that isn't straight above. */
const SHAPES_OF_DOCUMENTS = [1.3, 1.75] as const;

/**
 * What the customer is to do before the picture is taken: one thing at a time, the first that matters.
 * @param otherSide how the document's other side looks, where there is a picture of it already
 * @param leastAlong so many pixels the card's long side must have in the frame: few of them look sharp, and say nothing
 */
export function judgeFrame(frame: Frame, otherSide: Looks | null = null, leastAlong = 0): Judgement {
  const small = shrink(frame, OUTLINE_WIDTH);
  const card = cardOn(small);
  if (typeof card === 'string') return { guidance: card };
  if (card.touchesEdge) return { guidance: 'cut-off' };
  const box = boxAround(card.outline);
  if (box.long < small.width * NEAR_ENOUGH) return { guidance: 'too-far' };
  if (isTilted(box)) return { guidance: 'tilted' };
  if (box.long * (frame.width / small.width) < leastAlong) return { guidance: 'too-far' };
  const large = shrink(frame, PRINT_WIDTH);
  const print = cutOut(large, card, large.width / small.width);
  const flaw = flawOfPrint(print);
  if (flaw !== null) return { guidance: flaw };
  const looks = looksOf(print);
  if (otherSide !== null && isSameSide(looks, otherSide)) return { guidance: 'same-side' };
  const { left, top, right } = edgesOf(card);
  return {
    guidance: 'found',
    looks,
    place: { left: left / small.width, top: top / small.width, right: right / small.width },
  };
}

function isTilted({ long, short, turnedBy, fill }: Box): boolean {
  const [least, most] = SHAPES_OF_DOCUMENTS;
  const shape = long / short;
  return Math.abs(turnedBy) > TURNED_DEGREES || fill < SEEN_FROM_ABOVE || shape < least || shape > most;
}

function edgesOf({ outline }: Shape): { left: number; right: number; top: number; bottom: number } {
  const [xs, ys] = [outline.map(({ x }) => x), outline.map(({ y }) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** The card without its rim, which is sharp whatever its print is. */
function cutOut({ width, pixels }: Frame, card: Shape, scale: number): Frame {
  const edges = edgesOf(card);
  const [left, top] = [Math.round(edges.left * scale), Math.round(edges.top * scale)];
  const [right, bottom] = [Math.floor(edges.right * scale), Math.floor(edges.bottom * scale)];
  const rim = Math.round((right - left) / 12);
  const size = { width: right - left - 2 * rim, height: bottom - top - 2 * rim };
  const cut = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y += 1) {
    const from = ((top + rim + y) * width + left + rim) * 4;
    cut.set(pixels.subarray(from, from + size.width * 4), y * size.width * 4);
  }
  return { ...size, pixels: cut };
}
