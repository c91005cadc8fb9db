import type { Frame } from './frame.ts';
import { isDark } from './is-dark.ts';
import { type Shape, shapesOn } from './shapes.ts';

/** Outlines are looked for in a picture that narrow. */
export const OUTLINE_WIDTH = 320;
/** Share of the picture; less is a speck. */
const SMALLEST = 0.04;
/** Two of one size are two cards, a clip beside a card is not. */
const LIKE_THE_LARGEST = 0.5;
/** Of the card's long side, in shares of the picture's width. */
export const NEAR_ENOUGH = 0.55;

/** The one thing that lies there, or why there isn't one. */
export function cardOn(small: Frame): Shape | 'dark' | 'none' | 'two-cards' {
  if (isDark(small)) return 'dark';
  const least = small.width * small.height * SMALLEST;
  const [card, other] = shapesOn(small).filter(({ area }) => area >= least);
  if (card === undefined) return 'none';
  return other !== undefined && other.area >= card.area * LIKE_THE_LARGEST ? 'two-cards' : card;
}
