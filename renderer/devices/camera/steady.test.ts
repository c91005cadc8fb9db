import { expect, it } from 'vitest';
import type { Judgement } from '../../../shared/domain/frame/frame.ts';
import { isSteady, steadier, type Steadiness } from './steady.ts';

const at = (left: number): Judgement => ({
  guidance: 'found',
  looks: [],
  place: { left, top: 0.1, right: left + 0.7 },
});
const after = (frames: readonly (readonly [number, Judgement])[], within = 0.015): Steadiness =>
  frames.reduce<Steadiness>((steadiness, [ms, judgement]) => steadier(steadiness, judgement, ms, within), null);

it('waits until the card has lain still for a moment', () => {
  const still = [0, 300, 600, 900].map((ms) => [ms, at(0.15)] as const);
  expect(isSteady(after(still.slice(0, 3)), 600)).toBe(false);
  expect(isSteady(after(still), 900)).toBe(true);
});

it('begins anew where it moved, also slowly, or where something is to be told', () => {
  const moved = [
    [0, at(0.15)],
    [500, at(0.18)],
    [1_000, at(0.18)],
  ] as const;
  expect(isSteady(after(moved), 1_000)).toBe(false);
  const slowly = [0, 1, 2, 3, 4, 5].map((step) => [step * 250, at(0.15 + step * 0.01)] as const);
  expect(isSteady(after(slowly), 1_250)).toBe(false);
  // By a hand.
  expect(isSteady(after(slowly, 0.08), 1_250)).toBe(true);
  const told = [
    [0, at(0.15)],
    [500, { guidance: 'glare' }],
    [1_000, at(0.15)],
  ] as const;
  expect(isSteady(after(told), 1_000)).toBe(false);
});
