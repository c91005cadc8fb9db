import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markKana } from './kana.ts';
import { readDate } from './typed-date.ts';
import { normalText, type TextFormat, textProblem } from './typed-text.ts';

const TODAY = '2026-11-26';
const DIGITS: TextFormat = { kind: 'digits', atLeast: 10, atMost: 10 };
const LATIN: TextFormat = { kind: 'latin', atMost: 20 };
const KANA: TextFormat = { kind: 'kana', atMost: 20 };
const NAME: TextFormat = { kind: 'name', atMost: 20 };
const BIRTH: TextFormat = { kind: 'date', of: 'birth' };
const COMING: TextFormat = { kind: 'date', of: 'coming' };
const PHONE: TextFormat = { kind: 'phone' };
const EMAIL: TextFormat = { kind: 'email' };

describe('what is typed', () => {
  it.each<[TextFormat, string, string]>([
    [DIGITS, '０１２３-４５６ ７８９', '0123456789'],
    [LATIN, 'dn 1234-5678 9012 3456', 'DN1234567890123456'],
    [KANA, 'やまだ　たろう', 'ヤマダタロウ'],
    [KANA, 'ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダタロウ'],
    [KANA, 'ロ-レンス', 'ローレンス'],
    [KANA, 'カ゛ン', 'ガン'],
    // What typing tanakaken leaves: whether a syllable follows shows only when nothing does.
    [KANA, 'タナカケn', 'タナカケン'],
    [KANA, 'シｎ ', 'シン'],
    [NAME, ' 髙橋　 太郎 ', '髙橋 太郎'],
    [NAME, 'Ｋｉｍ Minsu', 'Kim Minsu'],
    [NAME, '𠮷田 神', '𠮷田 神'],
    [BIRTH, '平成２年４月１日', '1990-04-01'],
    [PHONE, '080-1234-5678', '08012345678'],
    [EMAIL, ' ｈａｎａ@example.jp ', 'hana@example.jp'],
  ])('%j %s is kept as %s', (format, typed, kept) => {
    expect(normalText(format, typed)).toBe(kept);
    expect(textProblem(format, kept, TODAY)).toBeNull();
  });

  it.each<[TextFormat, string, string]>([
    [DIGITS, '012345678', 'too-short'],
    [DIGITS, '01234567890', 'too-long'],
    [DIGITS, '01234567a9', 'not-digits'],
    [LATIN, 'DN!1', 'not-latin'],
    [LATIN, 'A'.repeat(21), 'too-long'],
    [KANA, '山田', 'not-kana'],
    [KANA, 'Yamada', 'not-kana'],
    [KANA, 'Ken', 'not-kana'],
    [KANA, 'ーヤマ', 'not-kana'],
    [NAME, '山田1', 'not-a-name'],
    [NAME, '山田<b>', 'not-a-name'],
    [NAME, '山'.repeat(21), 'too-long'],
    [BIRTH, '1990-02-29', 'no-such-date'],
    [BIRTH, '昭和64年1月8日', 'no-such-date'],
    [BIRTH, '18991231', 'no-such-date'],
    [BIRTH, '20261127', 'date-ahead'],
    [COMING, '20261125', 'date-past'],
    [PHONE, '8012345678', 'not-a-phone'],
    [PHONE, '080123456789', 'not-a-phone'],
    [EMAIL, 'hana@example', 'not-an-email'],
    [EMAIL, 'a@example.jp,b@example.jp', 'not-an-email'],
  ])('%j %s: %s', (format, typed, problem) => {
    expect(textProblem(format, normalText(format, typed), TODAY)).toBe(problem);
  });

  it('takes today as a day of birth and as a day to come', () => {
    expect(textProblem(BIRTH, TODAY, TODAY)).toBeNull();
    expect(textProblem(COMING, TODAY, TODAY)).toBeNull();
  });

  it('reads what it has written itself alike, whatever it was', () => {
    const formats = fc.constantFrom(DIGITS, LATIN, KANA, NAME, BIRTH, COMING, PHONE, EMAIL);
    fc.assert(
      fc.property(formats, fc.string({ unit: 'grapheme' }), (format, typed) => {
        const kept = normalText(format, typed);
        expect(normalText(format, kept)).toBe(kept);
      }),
    );
  });
});

describe('a day', () => {
  it.each([
    ['1990-04-01', '1990-04-01'],
    ['19900401', '1990-04-01'],
    ['1990/4/1', '1990-04-01'],
    ['1990年4月1日', '1990-04-01'],
    ['昭和64年1月7日', '1989-01-07'],
    ['平成元年1月8日', '1989-01-08'],
    ['平成31年4月30日', '2019-04-30'],
    ['令和元年5月1日', '2019-05-01'],
    ['昭和600102', '1985-01-02'],
    ['s60.1.2', '1985-01-02'],
    ['大正15年12月24日', '1926-12-24'],
    ['昭和元年12月25日', '1926-12-25'],
  ])('%s is %s', (typed, day) => {
    expect(readDate(typed)).toBe(day);
  });

  it.each(['', '1990', '平成31年5月1日', '令和元年4月30日', '昭和0年1月1日', '19901301', '明治45年1月1日'])(
    '%s is none',
    (typed) => {
      expect(readDate(typed)).toBeNull();
    },
  );
});

it.each([
  ['カ', 'voiced', 'ガ'],
  ['ガ', 'voiced', 'カ'],
  ['ウ', 'voiced', 'ヴ'],
  ['ハ', 'half-voiced', 'パ'],
  ['バ', 'half-voiced', 'パ'],
  ['ア', 'half-voiced', 'ア'],
  ['ツ', 'small', 'ッ'],
  ['ャ', 'small', 'ヤ'],
  ['ン', 'small', 'ン'],
  ['', 'voiced', ''],
] as const)('%s with the mark %s is %s', (character, mark, marked) => {
  expect(markKana(character, mark)).toBe(marked);
});
