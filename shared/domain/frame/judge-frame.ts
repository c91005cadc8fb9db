import { type Box, boxAround } from './box-around.ts';
import type { Frame, Judgement, Looks } from './frame.ts';
import { isSameSide, looksOf } from './looks.ts';
import { lightness, shrink } from './shrink.ts';
import { type Shape, shapesOn } from './shapes.ts';

/** Outlines are looked for in a picture that narrow, print in one that wide. */
const OUTLINE_WIDTH = 320;
const PRINT_WIDTH = 640;
/** Mean lightness, of 255. */
const DARK = 48;
/** Share of the picture; less is a speck. */
const SMALLEST = 0.04;
/** Two of one size are two cards, a clip beside a card is not. */
const LIKE_THE_LARGEST = 0.5;
/** Share of the picture's width. */
const NEAR_ENOUGH = 0.55;
const TURNED_DEGREES = 6;
/** A card that is seen from above fills its box but for its round corners. */
const SEEN_FROM_ABOVE = 0.94;
/** From a licence's 1.59 to a passport's 1.42, and as much again for a camera that isn't straight above. */
const SHAPES_OF_DOCUMENTS = [1.3, 1.75] as const;
const GLARING = 250;
const GLARE_SHARE = 0.03;
/** A sharp print has thousands, a camera's noise alone up to 140. */
const SHARP = 400;

/**
 * What the customer is to do before the picture is taken: one thing at a time, the first that matters.
 * @param otherSide how the document's other side looks, where there is a picture of it already
 * @param leastAlong so many pixels the card's long side must have in the frame: few of them look sharp, and say nothing
 */
export function judgeFrame(frame: Frame, otherSide: Looks | null = null, leastAlong = 0): Judgement {
  const small = shrink(frame, OUTLINE_WIDTH);
  if (meanLightness(small) < DARK) return { guidance: 'dark' };
  const least = small.width * small.height * SMALLEST;
  const [card, other] = shapesOn(small).filter(({ area }) => area >= least);
  if (card === undefined) return { guidance: 'none' };
  if (other !== undefined && other.area >= card.area * LIKE_THE_LARGEST) return { guidance: 'two-cards' };
  if (card.touchesEdge) return { guidance: 'cut-off' };
  const box = boxAround(card.outline);
  if (box.long < small.width * NEAR_ENOUGH) return { guidance: 'too-far' };
  if (isTilted(box)) return { guidance: 'tilted' };
  if (box.long * (frame.width / small.width) < leastAlong) return { guidance: 'too-far' };
  const large = shrink(frame, PRINT_WIDTH);
  const print = cutOut(large, card, large.width / small.width);
  if (glareShare(print) > GLARE_SHARE) return { guidance: 'glare' };
  if (sharpness(print) < SHARP) return { guidance: 'blurred' };
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

function meanLightness({ pixels }: Frame): number {
  let total = 0;
  for (let at = 0; at < pixels.length; at += 4) total += lightness(pixels, at);
  return total / (pixels.length / 4);
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

function glareShare({ pixels }: Frame): number {
  let glaring = 0;
  for (let at = 0; at < pixels.length; at += 4) if (lightness(pixels, at) >= GLARING) glaring += 1;
  return glaring / (pixels.length / 4);
}

/** Variance of the Laplacian: print has edges, a blur has none. */
function sharpness({ width, height, pixels }: Frame): number {
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at += 1) grey[at] = lightness(pixels, at * 4);
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1, end = (y + 1) * width - 1; at < end; at += 1) {
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0);
      const edge = around - 4 * (grey[at] ?? 0);
      sum += edge;
      squares += edge * edge;
      count += 1;
    }
  }
  return squares / count - (sum / count) ** 2;
}
