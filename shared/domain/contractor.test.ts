import { expect, it } from 'vitest';
import { contractorKana } from './contractor.ts';

it.each([
  ['ジョ-ジ', 'ジョージ'],
  ['じょ−じ', 'ジョージ'],
  ['カ゛ン', 'ガン'],
  ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダタロウ'],
  ['山田', null],
])('knows the kana of a name however it is typed: %s', (typed, kept) => {
  expect(contractorKana(typed)).toBe(kept);
});
