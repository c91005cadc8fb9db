import { type Line, linesThrough } from './lines.ts';
import type { Point } from './shapes.ts';

/** Four corners, one after the other around it, as a clock's hand goes. */
export type Quad = readonly [Point, Point, Point, Point];

/** A hand that holds the card hides some of one side, seldom of two. */
const LEAST_OF_SIDE = 0.25;
const LEAST_OF_ALL = 0.7;
/** Pixels: of round corners, the point lies a little beyond the card. */
const BEYOND = 2;
/** In pixels, from a side to the outline that it stands for. */
const NEAR = 1.5;

/**
 * The card within an outline, also where a hand holds it: four straight lines that the outline follows. Null: there is
 * none, or not all of it is on the picture.
 */
export function quadIn(outline: readonly Point[], width: number, height: number): Quad | null {
  const inner = outline.filter(({ x, y }) => x > 0 && y > 0 && x < width - 1 && y < height - 1);
  const lines = linesThrough(inner);
  const isOutline = nearTo(inner, width, height);
  let best: { readonly quad: Quad; readonly score: number } | null = null;
  for (const four of foursOf(lines)) {
    for (const around of quadsOf(four)) {
      const quad = clockwise(around);
      if (quad === null) continue;
      if (!quad.every(isOnPicture)) continue;
      const sides = sidesOf(quad).map(([from, to]) => ({ length: distance(from, to), share: followed(from, to) }));
      const length = sides.reduce((sum, side) => sum + side.length, 0);
      const along = sides.reduce((sum, side) => sum + side.length * side.share, 0);
      if (along < length * LEAST_OF_ALL || sides.some(({ share }) => share < LEAST_OF_SIDE)) continue;
      const score = along - 2 * (length - along);
      if (best === null || score > best.score) best = { quad, score };
    }
  }
  return best?.quad ?? null;

  function isOnPicture({ x, y }: Point): boolean {
    return x >= -BEYOND && y >= -BEYOND && x <= width - 1 + BEYOND && y <= height - 1 + BEYOND;
  }

  function followed(from: Point, to: Point): number {
    const steps = Math.ceil(distance(from, to));
    let count = 0;
    for (let step = 0; step <= steps; step += 1) {
      const share = step / Math.max(1, steps);
      if (isOutline(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)) count += 1;
    }
    return count / (steps + 1);
  }
}

export function sidesOf(quad: Quad): readonly (readonly [Point, Point])[] {
  const [a, b, c, d] = quad;
  return [
    [a, b],
    [b, c],
    [c, d],
    [d, a],
  ];
}

export function distance(from: Point, to: Point): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

/** Whether a place has a point of the outline beside it. */
function nearTo(outline: readonly Point[], width: number, height: number): (x: number, y: number) => boolean {
  const isNear = new Uint8Array(width * height);
  const reach = Math.ceil(NEAR);
  for (const point of outline) {
    for (let y = Math.max(0, point.y - reach); y <= Math.min(height - 1, point.y + reach); y += 1) {
      for (let x = Math.max(0, point.x - reach); x <= Math.min(width - 1, point.x + reach); x += 1) {
        if (Math.hypot(x - point.x, y - point.y) <= NEAR) isNear[y * width + x] = 1;
      }
    }
  }
  return (x, y) => isNear[Math.round(y) * width + Math.round(x)] === 1;
}

type Four = readonly [Line, Line, Line, Line];

function foursOf(lines: readonly Line[]): Four[] {
  const fours: Four[] = [];
  for (const [i, a] of lines.entries()) {
    for (const [j, b] of lines.slice(i + 1).entries()) {
      for (const [k, c] of lines.slice(i + j + 2).entries()) {
        for (const d of lines.slice(i + j + k + 3)) fours.push([a, b, c, d]);
      }
    }
  }
  return fours;
}

/** Which of the four face each other can be so in three ways. */
function quadsOf([a, b, c, d]: Four): Quad[] {
  return [
    [a, b, c, d],
    [a, c, b, d],
    [a, b, d, c],
  ].flatMap((around) => {
    const corners = around.map((line, at) => meet(line, around[(at + 1) % 4]));
    const [one, two, three, four] = corners;
    return one && two && three && four ? [[one, two, three, four] as const] : [];
  });
}

function meet(one: Line, other: Line | undefined): Point | null {
  if (other === undefined) return null;
  const turn = one.nx * other.ny - one.ny * other.nx;
  if (Math.abs(turn) < 0.05) return null;
  return {
    x: (one.from * other.ny - other.from * one.ny) / turn,
    y: (one.nx * other.from - other.nx * one.from) / turn,
  };
}

/** null: two of its sides cross each other, or one corner points inwards. */
function clockwise(quad: Quad): Quad | null {
  const turns = quad.map((point, at) => {
    const next = quad[(at + 1) % 4] ?? point;
    const after = quad[(at + 2) % 4] ?? point;
    return (next.x - point.x) * (after.y - next.y) - (next.y - point.y) * (after.x - next.x);
  });
  if (turns.every((turn) => turn > 0)) return quad;
  const [a, b, c, d] = quad;
  return turns.every((turn) => turn < 0) ? [d, c, b, a] : null;
}
