import { distance, type Quad, sidesOf } from './quad.ts';

/** Of a card of ISO/IEC 7810 ID-1: licences and residence cards are. */
export const CARD_SHAPE = 85.6 / 53.98;

export interface Tilt {
  /** From lying flat before the camera, 0, to standing on its edge, 90. */
  readonly degrees: number;
  /** By how much the side that is nearer is longer: 1 for whatever isn't tilted, however short it is. */
  readonly converging: number;
  /** How long its long side is, in pixels. */
  readonly long: number;
  /** Its corners, the first two being the ends of a long side. */
  readonly card: Quad;
}

/** A card that isn't as tall, next to its width, as cards are: by so much it must be tilted. */
export function tiltOf(quad: Quad): Tilt {
  const [a, b, c, d] = quad;
  const [ab, bc, cd, da] = sidesOf(quad).map(([from, to]) => distance(from, to));
  const [first, second] = [ratio(ab, cd), ratio(bc, da)];
  // The axis about which it is tilted is as far away all along: its two sides stay parallel, and differ in length.
  const axis: Quad = first >= second ? [a, b, c, d] : [b, c, d, a];
  const along = (distance(axis[0], axis[1]) + distance(axis[2], axis[3])) / 2;
  const across = distance(between(axis[0], axis[1]), between(axis[2], axis[3]));
  const asLong = (across / along) * CARD_SHAPE;
  // Taller than a card that lies flat: then those are its short sides.
  const isLong = asLong <= 1.1;
  const cosine = isLong ? asLong : across / along / CARD_SHAPE;
  return {
    degrees: (Math.acos(Math.min(1, cosine)) * 180) / Math.PI,
    converging: Math.max(first, second),
    long: isLong ? along : along * CARD_SHAPE,
    card: isLong ? axis : [axis[1], axis[2], axis[3], axis[0]],
  };
}

function ratio(one = 0, other = 0): number {
  return Math.max(one, other) / Math.min(one, other);
}

function between(one: Quad[number], other: Quad[number]): Quad[number] {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}
