import type { Frame, Looks } from './frame.ts';
import { lightness } from './shrink.ts';

const [COLUMNS, ROWS] = [24, 15];
/** Of 1, which is the very same: one side twice has more, two sides of a card have less. */
const ALIKE = 0.85;
/** Tilted, and perhaps with a thumb on it, the same card looks less like itself. */
const ALIKE_TILTED = 0.5;

/** Lightness in a few large fields. */
export function looksOf({ width, height, pixels }: Frame): Looks {
  const [sums, counts] = [new Array<number>(COLUMNS * ROWS).fill(0), new Array<number>(COLUMNS * ROWS).fill(0)];
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * ROWS) / height) * COLUMNS;
    for (let x = 0; x < width; x += 1) {
      const field = row + Math.floor((x * COLUMNS) / width);
      sums[field] = (sums[field] ?? 0) + lightness(pixels, (y * width + x) * 4);
      counts[field] = (counts[field] ?? 0) + 1;
    }
  }
  return sums.map((sum, field) => sum / (counts[field] || 1));
}

export function isSameSide(one: Looks, other: Looks): boolean {
  return eitherWay(one, other) > ALIKE;
}

/** Of two pictures of one side, whether the tilted one may show the card of the other. */
export function isSameCard(tilted: Looks, flat: Looks): boolean {
  return eitherWay(tilted, flat) > ALIKE_TILTED;
}

/** Also where the card was only turned around. */
function eitherWay(one: Looks, other: Looks): number {
  return Math.max(likeness(one, other), likeness(one, other.toReversed()));
}

/** Correlation: the light on the table may have changed meanwhile. */
function likeness(one: Looks, other: Looks): number {
  const [a, b] = [fromMean(one), fromMean(other)];
  const size = Math.sqrt(product(a, a) * product(b, b));
  return size === 0 ? 0 : product(a, b) / size;
}

function fromMean(looks: Looks): number[] {
  const mean = looks.reduce((sum, value) => sum + value, 0) / looks.length;
  return looks.map((value) => value - mean);
}

function product(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
