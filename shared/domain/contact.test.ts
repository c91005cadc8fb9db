import { expect, it } from 'vitest';
import { contactEmail, contactPhone } from './contact.ts';

it.each([
  ['03-1234-5678', '0312345678'],
  ['０９０（１２３４）５６７８', '09012345678'],
  [' 044 123 4567 ', '0441234567'],
  ['312345678', null],
  ['031234567', null],
  ['090123456789', null],
  ['03-1234-567a', null],
  ['', null],
])('phone %s', (typed, digits) => {
  expect(contactPhone(typed)).toBe(digits);
});

it.each([
  ['taro@example.jp', 'taro@example.jp'],
  ['ｔａｒｏ＋ｓｈｏｐ＠ｅｘａｍｐｌｅ．ｊｐ', 'taro+shop@example.jp'],
  [' taro@example.jp ', 'taro@example.jp'],
  ['taro@example', null],
  ['taro.@example.jp', null],
  ['taro..x@example.jp', null],
  ['@example.jp', null],
  ['taro@@example.jp', null],
  ['ta ro@example.jp', null],
  ['太郎@example.jp', null],
  [`${'a'.repeat(64)}@example.jp`, `${'a'.repeat(64)}@example.jp`],
  [`${'a'.repeat(65)}@example.jp`, null],
  [`${'a'.repeat(50)}@${'b'.repeat(46)}.jp`, `${'a'.repeat(50)}@${'b'.repeat(46)}.jp`],
  [`${'a'.repeat(50)}@${'b'.repeat(47)}.jp`, null],
  ['', null],
])('mail address %s', (typed, address) => {
  expect(contactEmail(typed)).toBe(address);
});
