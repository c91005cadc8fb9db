import { expect, it } from 'vitest';
import { brokenIdRules } from './portal-id.ts';

const long = (length: number): string => `${'a'.repeat(length - '@example.jp'.length)}@example.jp`;

it.each([
  ['taro@example.jp', []],
  ['T.a-r_o9@mail.example.co.jp', []],
  ['-taro-@example.jp', []],
  ['_@ex.jp', []],
  ['a@b.jp', []],
  [long(64 + '@example.jp'.length), []],
  [long(65 + '@example.jp'.length), ['mail']],
  [`${'a'.repeat(50)}@${'b'.repeat(46)}.jp`, []],
  [`${'a'.repeat(50)}@${'b'.repeat(47)}.jp`, ['length']],
  ['', ['length', 'mail']],
  ['a@b', ['length', 'mail']],
  ['taro', ['mail']],
  ['@example.jp', ['mail']],
  ['taro@', ['mail']],
  ['taro@example', ['mail']],
  ['taro@example.j', ['mail']],
  ['taro@example.j9', ['mail']],
  ['taro@@example.jp', ['mail']],
  ['taro@example@jp.jp', ['mail']],
  ['.taro@example.jp', ['mail']],
  ['taro.@example.jp', ['mail']],
  ['ta..ro@example.jp', ['mail']],
  ['taro@.example.jp', ['mail']],
  ['taro@example.jp.', ['mail']],
  ['taro@exam..ple.jp', ['mail']],
  ['taro@-example.jp', ['mail']],
  ['taro@example-.jp', ['mail']],
  ['taro@exam_ple.jp', ['mail']],
  ['ta ro@example.jp', ['characters', 'mail']],
  ['taro+shop@example.jp', ['characters', 'mail']],
  ['ｔａｒｏ@example.jp', ['characters', 'mail']],
  ['太郎@example.jp', ['characters', 'mail']],
  ['taro@example.jp\n', ['characters', 'mail']],
])('the ID %j breaks %j', (id, broken) => {
  expect(brokenIdRules(id)).toEqual(broken);
});
