import { expect, it } from 'vitest';
import { SECRET_ANSWER_LENGTH, secretAnswer } from './secret-question.ts';

it.each([
  ['ぽち', 'ポチ'],
  ['ポチ', 'ポチ'],
  ['ﾎﾟﾁ', 'ポチ'],
  [' ぽ　ち ', 'ポチ'],
  ['ゔぁいおりん', 'ヴァイオリン'],
  ['Ｐｏｃｈｉ', 'pochi'],
  ['POCHI 2', 'pochi2'],
  ['すーぷ', 'スープ'],
  ['第一小学校', '第一小学校'],
  ['北京', '北京'],
  ['김치찌개', '김치찌개'],
  ['あ'.repeat(SECRET_ANSWER_LENGTH), 'ア'.repeat(SECRET_ANSWER_LENGTH)],
])('takes %s as %s', (typed, answer) => {
  expect(secretAnswer(typed)).toBe(answer);
});

it.each([
  '',
  ' ',
  '　',
  'po-chi',
  'pochi!',
  '~',
  'a@b',
  "d'or",
  'あ'.repeat(SECRET_ANSWER_LENGTH + 1),
  `あ${' '.repeat(200)}`,
])('takes %s as no answer', (typed) => {
  expect(secretAnswer(typed)).toBeNull();
});
