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

/** What isn't of the colour of the picture's edge, the largest first. */
export function shapesOn(frame: Frame): Shape[] {
  const { width, height } = frame;
  const isGround = withoutLines(width, groundTest(frame));
  const seen = new Uint8Array(width * height);
  const shapes: Shape[] = [];
  for (let start = 0; start < seen.length; start += 1) {
    if (seen[start] === 0 && !isGround(start)) shapes.push(shapeFrom(start));
  }
  return shapes.sort((one, other) => other.area - one.area);

  function shapeFrom(start: number): Shape {
    const rows = startExtents(height);
    const columns = startExtents(width);
    const stack = [start];
    seen[start] = 1;
    let area = 0;
    let touchesEdge = false;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      area += 1;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) touchesEdge = true;
      rows.add(y, x);
      columns.add(x, y);
      if (x > 0) visit(at - 1);
      if (x < width - 1) visit(at + 1);
      if (y > 0) visit(at - width);
      if (y < height - 1) visit(at + width);
    }
    const outline = [
      ...rows.all().map(([y, x]): Point => ({ x, y })),
      ...columns.all().map(([x, y]): Point => ({ x, y })),
    ];
    return { area, touchesEdge, outline };

    function visit(at: number): void {
      if (seen[at] === 1 || isGround(at)) return;
      seen[at] = 1;
      stack.push(at);
    }
  }
}

/** The first and the last pixel in each of so many lines. */
function startExtents(lines: number): { add(line: number, at: number): void; all(): (readonly [number, number])[] } {
  const first = new Int32Array(lines).fill(-1);
  const last = new Int32Array(lines).fill(-1);
  return {
    add: (line, at) => {
      first[line] = first[line] === -1 ? at : Math.min(first[line] ?? at, at);
      last[line] = Math.max(last[line] ?? at, at);
    },
    all: () =>
      [...first.entries()].flatMap(([line, from]) =>
        from === -1 ? [] : [[line, from] as const, [line, last[line] ?? from] as const],
      ),
  };
}

/** Where a dark stripe meets a light card the picture may have the ground's colour: a line one pixel thin is no ground. */
function withoutLines(width: number, isGround: (at: number) => boolean): (at: number) => boolean {
  return (at) =>
    isGround(at) && (isGround(at - width) || isGround(at + width)) && (isGround(at - 1) || isGround(at + 1));
}

/** The ground is what most of the picture's edge shows. */
function groundTest({ width, height, pixels }: Frame): (at: number) => boolean {
  const edge: number[] = [];
  for (let x = 0; x < width; x += 1) edge.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y += 1) edge.push(y * width, y * width + width - 1);
  const median = (colour: number): number => {
    const values = edge.map((at) => pixels[at * 4 + colour] ?? 0).sort((one, other) => one - other);
    return values[Math.floor(values.length / 2)] ?? 0;
  };
  const ground = [median(0), median(1), median(2)];
  return (at) => {
    // Beyond the picture's edge as well.
    if (at < 0 || at >= width * height) return true;
    let difference = 0;
    for (const [colour, value] of ground.entries()) difference += Math.abs((pixels[at * 4 + colour] ?? 0) - value);
    return difference / ground.length < UNLIKE_GROUND;
  };
}
