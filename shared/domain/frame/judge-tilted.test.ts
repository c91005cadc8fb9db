import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawScene, type Tilted } from '../../../tests/builders/sample-document.ts';
import type { Looks } from './frame.ts';
import { judgeFrame } from './judge-frame.ts';
import { judgeTilted } from './judge-tilted.ts';
import { quadIn } from './quad.ts';
import type { Point } from './shapes.ts';
import { CARD_SHAPE, tiltOf } from './tilt.ts';

interface Seen {
  readonly tilt?: Tilted;
  readonly size?: number;
  readonly x?: number;
  readonly side?: 'front' | 'back';
  readonly turned?: number;
  readonly blur?: number;
}
function frameOf({ tilt, size = 0.75, x = 0.5, side = 'front', turned = 0, blur }: Seen) {
  const card = { x, y: 0.5, size, side, turned };
  const canvas = drawScene({
    ...{ width: 640, height: 480, cards: [tilt === undefined ? card : { ...card, tilt }] },
    ...(blur === undefined ? {} : { blur }),
  });
  const { width, height, data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return { width, height, pixels: data };
}
function looks(side: 'front' | 'back'): Looks {
  const judged = judgeFrame(frameOf({ side }));
  if (judged.guidance !== 'found') expect.fail(judged.guidance);
  return judged.looks;
}
const [FRONT, BACK] = [looks('front'), looks('back')];
const long = (degrees: number, held = false): Tilted => ({ degrees, about: 'long', held });
const short = (degrees: number): Tilted => ({ degrees, about: 'short' });

it.each<[string, Seen]>([
  // The front's own picture once more.
  ['too-flat', {}],
  ['too-flat', { tilt: long(15) }],
  ['too-flat', { tilt: long(0, true) }],
  ['too-flat', { tilt: short(15) }],
  ['found', { tilt: long(30) }],
  ['found', { tilt: long(45) }],
  ['found', { tilt: long(45, true) }],
  ['found', { tilt: long(40), turned: 12 }],
  ['found', { tilt: long(40), turned: 180 }],
  ['found', { tilt: short(40) }],
  ['too-steep', { tilt: long(70) }],
  ['too-far', { tilt: long(45), size: 0.4 }],
  ['cut-off', { tilt: long(45), x: 0.75 }],
  ['blurred', { tilt: long(45), blur: 4 }],
  ['other-card', { tilt: long(45), side: 'back' }],
])('%s: %j', (guidance, seen) => {
  expect(judgeTilted(frameOf(seen), FRONT, 440).guidance).toBe(guidance);
});

it('knows the back as well, and nothing where nothing is there', () => {
  expect(judgeTilted(frameOf({ tilt: long(45) }), BACK).guidance).toBe('other-card');
  expect(judgeTilted(frameOf({ tilt: long(45) })).guidance).toBe('found');
  const nothing = drawScene({ width: 640, height: 480, cards: [] });
  const { data } = nothing.getContext('2d').getImageData(0, 0, 640, 480);
  expect(judgeTilted({ width: 640, height: 480, pixels: data }, FRONT).guidance).toBe('none');
});

describe('by its outline', () => {
  const WIDTH = 320;
  const HEIGHT = 240;
  /** Where the camera sees the corners of a card, its long side 1, that is tilted about one of its sides' directions. */
  const seen = ({ degrees, about, turned, distance, size }: Held): Point[] => {
    const [tilt, turn] = [(degrees * Math.PI) / 180, (turned * Math.PI) / 180];
    return [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ].map(([right = 0, down = 0]) => {
      const [x, y] = [right / 2, down / 2 / CARD_SHAPE];
      const far = distance - (about === 'long' ? y : x) * Math.sin(tilt);
      const scale = (size * WIDTH * distance) / far;
      const [px, py] = about === 'long' ? [x, y * Math.cos(tilt)] : [x * Math.cos(tilt), y];
      return {
        x: WIDTH / 2 + scale * (px * Math.cos(turn) - py * Math.sin(turn)),
        y: HEIGHT / 2 + scale * (px * Math.sin(turn) + py * Math.cos(turn)),
      };
    });
  };
  /** In whole pixels, and without a part of one side, which a hand hides. */
  const outlineOf = (corners: readonly Point[], hidden: number): Point[] =>
    corners.flatMap((from, at) => {
      const to = corners[(at + 1) % 4] ?? from;
      const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y));
      return Array.from({ length: steps }, (_, step) => step / steps)
        .filter((share) => at !== 3 || share < 0.5 - hidden / 2 || share > 0.5 + hidden / 2)
        .map((share) => ({
          x: Math.round(from.x + (to.x - from.x) * share),
          y: Math.round(from.y + (to.y - from.y) * share),
        }));
    });
  interface Held {
    readonly degrees: number;
    readonly about: 'long' | 'short';
    readonly turned: number;
    /** Of the camera, in long sides. */
    readonly distance: number;
    readonly size: number;
  }
  const held = fc.record({
    degrees: fc.double({ min: 20, max: 60, noNaN: true }),
    about: fc.constantFrom('long' as const, 'short' as const),
    turned: fc.double({ min: -180, max: 180, noNaN: true }),
    distance: fc.double({ min: 1.3, max: 3, noNaN: true }),
    size: fc.double({ min: 0.4, max: 0.5, noNaN: true }),
  });

  it('is known by how many degrees it is tilted, however it is turned, from wherever it is seen, with a hand on it', () => {
    fc.assert(
      fc.property(held, fc.double({ min: 0, max: 0.5, noNaN: true }), (card, hidden) => {
        const quad = quadIn(outlineOf(seen(card), hidden), WIDTH, HEIGHT);
        if (quad === null) expect.fail('not found');
        const { degrees, long: side } = tiltOf(quad);
        expect(Math.abs(degrees - card.degrees)).toBeLessThan(5);
        expect(side / WIDTH / card.size).toBeGreaterThan(0.93);
      }),
      { numRuns: 60 },
    );
  });

  it('is not tilted for being short: its sides are of one length', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 0.9, noNaN: true }), (shape) => {
        const [x, y] = [100, 100 * shape];
        const strip = [
          { x: 0, y: 0 },
          { x, y: 0 },
          { x, y },
          { x: 0, y },
        ] as const;
        expect(tiltOf(strip).converging).toBeCloseTo(1);
      }),
      { numRuns: 20 },
    );
  });
});
