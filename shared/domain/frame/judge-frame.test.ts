import { describe, expect, it } from 'vitest';
import { drawScene, type Scene } from '../../../tests/builders/sample-document.ts';
import type { Frame, Looks } from './frame.ts';
import { judgeFrame } from './judge-frame.ts';

function frameOf(scene: Scene): Frame {
  const canvas = drawScene(scene);
  const { width, height, data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return { width, height, pixels: data };
}
const card = (more: { x?: number; y?: number; size?: number; turned?: number } = {}) => ({
  ...{ x: 0.5, y: 0.5, size: 0.7 },
  ...more,
});

it.each<[string, Scene]>([
  ['found', {}],
  ['found', { ground: '#20242a' }],
  ['found', { cards: [card({ size: 0.8 })] }],
  ['found', { cards: [card({ turned: 3 })] }],
  ['found', { cards: [card({ size: 0.62, x: 0.45, y: 0.48 })] }],
  ['found', { width: 1920, height: 1080 }],
  ['found', { width: 640, height: 480, cards: [card({ size: 0.8 })] }],
  ['found', { leaning: 0.03 }],
  // Its stripe's rim has the ground's colour.
  ['found', { cards: [{ ...card({ size: 0.69 }), side: 'back' }] }],
  ['none', { cards: [] }],
  ['none', { cards: [card({ size: 0.12 })] }],
  ['too-far', { cards: [card({ size: 0.4 })] }],
  ['cut-off', { cards: [card({ x: 0.75 })] }],
  ['cut-off', { cards: [card({ y: 0.85 })] }],
  ['tilted', { cards: [card({ size: 0.62, turned: 10 })] }],
  ['tilted', { cards: [card({ size: 0.62, turned: -12 })] }],
  ['tilted', { leaning: 0.25 }],
  ['two-cards', { cards: [card({ x: 0.26, size: 0.4 }), card({ x: 0.74, size: 0.4 })] }],
  ['glare', { glare: true }],
  ['blurred', { blur: 3 }],
  ['blurred', { width: 640, height: 480, blur: 3, cards: [card({ size: 0.8 })] }],
  ['blurred', { blur: 12 }],
  ['dark', { light: 0.2 }],
])('%s: %j', (guidance, scene) => {
  expect(judgeFrame(frameOf(scene)).guidance).toBe(guidance);
});

describe('the other side', () => {
  const looks = (scene: Scene): Looks => {
    const judged = judgeFrame(frameOf(scene));
    if (judged.guidance !== 'found') expect.fail(judged.guidance);
    return judged.looks;
  };
  const front = card();
  const back = { ...front, side: 'back' } as const;

  it.each<[string, Scene]>([
    ['same-side', { cards: [front] }],
    ['same-side', { cards: [{ ...front, x: 0.47, size: 0.66, turned: 2 }], light: 0.8 }],
    ['same-side', { cards: [{ ...front, turned: 180 }] }],
    ['found', { cards: [back] }],
    ['found', { cards: [{ ...back, turned: 180 }] }],
  ])('%s: %j', (guidance, scene) => {
    expect(judgeFrame(frameOf(scene), looks({ cards: [front] })).guidance).toBe(guidance);
  });

  it('is told from the back as well', () => {
    const known = looks({ cards: [back] });
    expect(judgeFrame(frameOf({ cards: [back] }), known).guidance).toBe('same-side');
    expect(judgeFrame(frameOf({ cards: [front] }), known).guidance).toBe('found');
  });
});

it.each<[string, Scene]>([
  ['too-far', { width: 160, height: 120, cards: [card({ size: 0.8 })] }],
  ['too-far', { width: 320, height: 240, cards: [card({ size: 0.8 })] }],
  ['too-far', { width: 640, height: 480, cards: [card({ size: 0.62 })] }],
  ['found', { width: 640, height: 480, cards: [card({ size: 0.72 })] }],
  ['found', { width: 1920, height: 1080, cards: [card({ size: 0.6 })] }],
])('of a still that must be legible: %s: %j', (guidance, scene) => {
  expect(judgeFrame(frameOf(scene), null, 440).guidance).toBe(guidance);
});

it('makes nothing sharper of a camera that is narrower than what is looked at', () => {
  expect(judgeFrame(frameOf({ width: 320, height: 240, blur: 2, cards: [card({ size: 0.8 })] })).guidance).toBe(
    'blurred',
  );
});
