import { expect, it } from 'vitest';
import { contractorKana, contractorPhone, contractorProof } from './contractor.ts';

it.each([
  ['ジョ-ジ', 'ジョージ'],
  ['じょ−じ', 'ジョージ'],
  ['カ゛ン', 'ガン'],
  ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダタロウ'],
  ['　ヤマダ　タロウ　', 'ヤマダタロウ'],
  ['ヤ'.repeat(100), 'ヤ'.repeat(100)],
  ['ヤ'.repeat(101), null],
  ['山田', null],
  ['ヤマダ太郎', null],
  ['yamada', null],
  ['ヤマダ1', null],
  ['ヤマダ。', null],
  ['', null],
  [' ', null],
])('knows the kana of a name however it is typed: %s', (typed, kept) => {
  expect(contractorKana(typed)).toBe(kept);
});

it.each([
  ['03-1234-5678', '0312345678'],
  ['０３（１２３４）５６７８', '0312345678'],
  ['03ー1234−5678', '0312345678'],
  ['+81312345678', null],
  ['03-1234-567a', null],
  ['03.1234.5678', null],
  ['〇三', null],
  ['-', null],
  ['', null],
  [`0${'1'.repeat(40)}`, null],
])('knows a phone number however it is typed: %s', (typed, kept) => {
  expect(contractorPhone(typed)).toBe(kept);
});

it.each([
  ['customer-number', '１０００-００００-０８', '1000000008'],
  ['customer-number', '100000000', null],
  ['customer-number', '10000000081', null],
  ['bank-account', '2024', '2024'],
  ['bank-account', '０ ２ ４ ６', '0246'],
  ['bank-account', '202', null],
  ['bank-account', '20245', null],
  ['card', '424a', null],
  // A whole card number is none of its proofs.
  ['card', '4111111111111111', null],
  ['device', 'abc-123:456', 'ABC123456'],
  ['device', 'ＡＢＣ１２３', 'ABC123'],
  ['device', '-', null],
  ['device', 'ABC#123', null],
  ['device', 'ABCあ', null],
  ['device', 'A'.repeat(41), null],
  ['device', `${'-'.repeat(60)}A`, null],
  ['device', '', null],
] as const)('knows the proof %s %s', (kind, typed, kept) => {
  expect(contractorProof(kind, typed)).toBe(kept);
});
