import type { Point } from './shapes.ts';

/** The smallest rectangle around points, however it is turned. */
export interface Box {
  readonly long: number;
  readonly short: number;
  /** By so many degrees, -45 to 45, it is turned away from lying straight. */
  readonly turnedBy: number;
  /** What of it the points' hull fills: 1 for a rectangle, less where it is seen from the side. */
  readonly fill: number;
}

/** @param points at least three that aren't on one line */
export function boxAround(points: readonly Point[]): Box {
  const hull = hullOf(points);
  const hullArea = areaOf(hull);
  let best: Box = { long: 0, short: 0, turnedBy: 0, fill: 0 };
  for (const [index, from] of hull.entries()) {
    const to = hull[(index + 1) % hull.length] ?? from;
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const along = extent(hull, Math.cos(angle), Math.sin(angle));
    const across = extent(hull, -Math.sin(angle), Math.cos(angle));
    const fill = hullArea / (along * across);
    if (fill <= best.fill) continue;
    const quarter = Math.round(angle / (Math.PI / 2)) * (Math.PI / 2);
    best = {
      long: Math.max(along, across),
      short: Math.min(along, across),
      turnedBy: ((angle - quarter) * 180) / Math.PI,
      fill,
    };
  }
  return best;
}

function extent(points: readonly Point[], dx: number, dy: number): number {
  const places = points.map(({ x, y }) => x * dx + y * dy);
  return Math.max(...places) - Math.min(...places) + 1;
}

/** Pixels count whole: a hull of their middles is half a pixel too small all around, as is `extent` without its 1. */
function areaOf(hull: readonly Point[]): number {
  let [twice, around] = [0, 0];
  for (const [index, { x, y }] of hull.entries()) {
    const next = hull[(index + 1) % hull.length] ?? { x, y };
    twice += x * next.y - next.x * y;
    around += Math.hypot(next.x - x, next.y - y);
  }
  return Math.abs(twice) / 2 + around / 2 + 1;
}

/** Convex hull (monotone chain). */
function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((one, other) => one.x - other.x || one.y - other.y);
  return [...half(sorted), ...half(sorted.toReversed())];
}

function half(points: readonly Point[]): Point[] {
  const chain: Point[] = [];
  for (const point of points) {
    for (let [a, b] = [chain.at(-2), chain.at(-1)]; a !== undefined && b !== undefined; ) {
      if ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0) break;
      chain.pop();
      [a, b] = [chain.at(-2), chain.at(-1)];
    }
    chain.push(point);
  }
  return chain.slice(0, -1);
}
