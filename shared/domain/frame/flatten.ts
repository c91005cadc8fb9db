import type { Frame } from './frame.ts';
import { distance, type Quad } from './quad.ts';

/**
 * What lies between four corners, as if it were seen from straight above, and no larger than it is on the picture.
 * @param rims shares that are left out at each end: along the first side, and across it
 */
export function flatten({ width, height, pixels }: Frame, quad: Quad, rims: readonly [number, number]): Frame {
  const [a, b, c, d] = quad;
  const long = Math.max(distance(a, b), distance(c, d));
  const short = Math.max(distance(b, c), distance(d, a));
  const [along, across] = [1 - 2 * rims[0], 1 - 2 * rims[1]];
  const size = { width: Math.round(long * along), height: Math.round(short * across) };
  const flat = new Uint8ClampedArray(size.width * size.height * 4);
  const place = fromSquare(quad);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const from = place(rims[0] + (x / size.width) * along, rims[1] + (y / size.height) * across);
      const [fromX, fromY] = [Math.min(width - 1, Math.round(from.x)), Math.min(height - 1, Math.round(from.y))];
      const at = (Math.max(0, fromY) * width + Math.max(0, fromX)) * 4;
      const to = (y * size.width + x) * 4;
      for (let byte = 0; byte < 4; byte += 1) flat[to + byte] = pixels[at + byte] ?? 0;
    }
  }
  return { ...size, pixels: flat };
}

/** Where a place of the square from (0, 0) to (1, 1) is seen: lines stay lines (Heckbert's projective mapping). */
function fromSquare([a, b, c, d]: Quad): (u: number, v: number) => Quad[number] {
  const sum = { x: a.x - b.x + c.x - d.x, y: a.y - b.y + c.y - d.y };
  const [one, other] = [
    { x: b.x - c.x, y: b.y - c.y },
    { x: d.x - c.x, y: d.y - c.y },
  ];
  const turn = one.x * other.y - other.x * one.y;
  const g = (sum.x * other.y - other.x * sum.y) / turn;
  const h = (one.x * sum.y - sum.x * one.y) / turn;
  return (u, v) => {
    const far = g * u + h * v + 1;
    return {
      x: ((b.x - a.x + g * b.x) * u + (d.x - a.x + h * d.x) * v + a.x) / far,
      y: ((b.y - a.y + g * b.y) * u + (d.y - a.y + h * d.y) * v + a.y) / far,
    };
  };
}
