import type { Point } from './shapes.ts';

/** All points with `x * nx + y * ny = from`; (nx, ny) is of length 1. */
export interface Line {
  readonly nx: number;
  readonly ny: number;
  readonly from: number;
}

/** More than a card's four sides: what holds it has straight rims too. */
const MOST = 7;
/** Of the points; fewer are a corner's rounding. */
const LEAST_SHARE = 0.03;
const DIRECTIONS = 180;
/** Pixels between two lines that are told apart. */
const STEP = 2;

/** The straight lines on which most of the points lie, the longest first (Hough, then least squares). */
export function linesThrough(points: readonly Point[]): Line[] {
  const lines: Line[] = [];
  let left = points;
  const least = Math.max(8, points.length * LEAST_SHARE);
  while (lines.length < MOST && left.length >= least) {
    const rough = strongest(left);
    const near = left.filter((point) => offLine(rough, point) <= STEP);
    if (near.length < least) break;
    const line = fitted(near);
    const on = left.filter((point) => offLine(line, point) <= STEP);
    lines.push(on.length < near.length ? rough : fitted(on));
    const taken = new Set([...near, ...on]);
    left = left.filter((point) => !taken.has(point));
  }
  return lines;
}

function offLine({ nx, ny, from }: Line, { x, y }: Point): number {
  return Math.abs(x * nx + y * ny - from);
}

function strongest(points: readonly Point[]): Line {
  const farthest = Math.max(...points.map(({ x, y }) => Math.hypot(x, y)));
  const offsets = 2 * Math.ceil(farthest / STEP) + 3;
  let best = { votes: -1, nx: 1, ny: 0, from: 0 };
  for (let direction = 0; direction < DIRECTIONS; direction += 1) {
    const angle = (direction * Math.PI) / DIRECTIONS;
    const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
    const votes = new Uint16Array(offsets);
    for (const { x, y } of points) {
      const offset = Math.round((x * nx + y * ny + farthest) / STEP);
      votes[offset] = (votes[offset] ?? 0) + 1;
    }
    for (let offset = 0; offset < offsets; offset += 1) {
      const count = votes[offset] ?? 0;
      if (count > best.votes) best = { votes: count, nx, ny, from: offset * STEP - farthest };
    }
  }
  return best;
}

function fitted(points: readonly Point[]): Line {
  const middle = {
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  };
  let [xx, xy, yy] = [0, 0, 0];
  for (const { x, y } of points) {
    xx += (x - middle.x) ** 2;
    xy += (x - middle.x) * (y - middle.y);
    yy += (y - middle.y) ** 2;
  }
  // Along the line they are spread most, across it least.
  const across = Math.atan2(2 * xy, xx - yy) / 2 + Math.PI / 2;
  const [nx, ny] = [Math.cos(across), Math.sin(across)];
  return { nx, ny, from: middle.x * nx + middle.y * ny };
}
