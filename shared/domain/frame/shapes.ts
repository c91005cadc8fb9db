import type { Frame } from './frame.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Something that lies on the ground of the picture. */
export interface Shape {
  /** In pixels, holes left out. */
  readonly area: number;
  readonly touchesEdge: boolean;
  /** Its first and last pixel in every row and in every column. */
  readonly outline: readonly Point[];
}

/** Mean difference of the three colours from which on a pixel isn't ground. */
const UNLIKE_GROUND = 22;

/**
 * What isn't of the colour of the picture's edge, the largest first. Each loop over pixels is a function of its own: what
 * follows in the same one makes V8 throw away the loop's fast code, and compile it anew for every frame.
 */
export function shapesOn(frame: Frame): Shape[] {
  const { width, height } = frame;
  const rest = withLines(width, groundOf(frame));
  const shapes: Shape[] = [];
  for (let start = rest.indexOf(1); start !== -1; start = rest.indexOf(1, start)) {
    shapes.push(shapeOf(takeConnected(start, rest, width), width, height));
  }
  return shapes.sort((one, other) => other.area - one.area);
}

/** Pixels that hang together, taken out of the rest. */
function takeConnected(start: number, rest: Uint8Array, width: number): readonly number[] {
  const taken = [start];
  rest[start] = 0;
  for (let next = 0; next < taken.length; next += 1) {
    const at = taken[next] ?? start;
    const x = at % width;
    if (x > 0) take(at - 1);
    if (x < width - 1) take(at + 1);
    if (at >= width) take(at - width);
    if (at < rest.length - width) take(at + width);
  }
  return taken;

  function take(at: number): void {
    if (rest[at] === 0) return;
    rest[at] = 0;
    taken.push(at);
  }
}

function shapeOf(pixels: readonly number[], width: number, height: number): Shape {
  const columns = extentsOf(
    pixels,
    width,
    (at) => at % width,
    (at) => Math.floor(at / width),
  );
  const rows = extentsOf(
    pixels,
    height,
    (at) => Math.floor(at / width),
    (at) => at % width,
  );
  return {
    area: pixels.length,
    touchesEdge:
      [0, width - 1].some((x) => columns.first[x] !== NONE) || [0, height - 1].some((y) => rows.first[y] !== NONE),
    outline: [...endsOf(rows).map(([y, x]) => ({ x, y })), ...endsOf(columns).map(([x, y]) => ({ x, y }))],
  };
}

const NONE = -1;

/** The first and the last pixel in each line. */
interface Extents {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

function extentsOf(
  pixels: readonly number[],
  lines: number,
  lineOf: (at: number) => number,
  placeOf: (at: number) => number,
): Extents {
  const first = new Int32Array(lines).fill(NONE);
  const last = new Int32Array(lines).fill(NONE);
  for (const at of pixels) {
    const [line, place] = [lineOf(at), placeOf(at)];
    if (first[line] === NONE || place < (first[line] ?? NONE)) first[line] = place;
    if (place > (last[line] ?? NONE)) last[line] = place;
  }
  return { first, last };
}

function endsOf({ first, last }: Extents): (readonly [line: number, place: number])[] {
  return [...first].flatMap((from, line) =>
    from === NONE ? [] : [[line, from] as const, [line, last[line] ?? from] as const],
  );
}

/**
 * 1 where no ground is. Where a dark stripe meets a light card the picture may have the ground's colour: a line one pixel
 * thin is no ground.
 */
function withLines(width: number, ground: Uint8Array): Uint8Array {
  // Beyond the picture's edge as well.
  const isGround = (at: number): boolean => at < 0 || at >= ground.length || ground[at] === 1;
  const rest = new Uint8Array(ground.length);
  for (let at = 0; at < rest.length; at += 1) {
    const isWide = (isGround(at - width) || isGround(at + width)) && (isGround(at - 1) || isGround(at + 1));
    if (!isGround(at) || !isWide) rest[at] = 1;
  }
  return rest;
}

/** Each pixel's 1 or 0: the ground is what most of the picture's edge shows. */
function groundOf({ width, height, pixels }: Frame): Uint8Array {
  const edge: number[] = [];
  for (let x = 0; x < width; x += 1) edge.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y += 1) edge.push(y * width, y * width + width - 1);
  const median = (colour: number): number => {
    const values = edge.map((at) => pixels[at * 4 + colour] ?? 0).sort((one, other) => one - other);
    return values[Math.floor(values.length / 2)] ?? 0;
  };
  const [red, green, blue] = [median(0), median(1), median(2)];
  const ground = new Uint8Array(width * height);
  for (let at = 0, pixel = 0; at < ground.length; at += 1, pixel += 4) {
    const difference =
      Math.abs((pixels[pixel] ?? 0) - red) +
      Math.abs((pixels[pixel + 1] ?? 0) - green) +
      Math.abs((pixels[pixel + 2] ?? 0) - blue);
    if (difference / 3 < UNLIKE_GROUND) ground[at] = 1;
  }
  return ground;
}
