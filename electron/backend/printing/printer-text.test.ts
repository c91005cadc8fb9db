import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../shared/domain/language.ts';
import { fold } from './fold.ts';
import { columnsOf, linesOf, unitsOf } from './printer-text.ts';

const bytesOf = (text: string): string[] =>
  unitsOf(text, 'ja').map(({ bytes }) => (bytes === null ? 'drawn' : bytes.toString('hex')));
const folded = (text: string, columns: number): string[] =>
  fold(unitsOf(text, 'ja'), columns).map((line) => line.map((unit) => unit.text).join(''));

describe('what the printer has in its own type', () => {
  test('kanji, half-width kana and ASCII are Shift_JIS', () => {
    expect(bytesOf('日ｱA')).toEqual(['93fa', 'b1', '41']);
  });

  test.each(['髙', '﨑', '𠮷', '①', '㈱', '−', '〜', '办', '접', 'é', '\\', '\u001b', '葛\u{e0100}'])(
    '%j is drawn',
    (text) => {
      expect(bytesOf(text)).toEqual(['drawn']);
    },
  );

  test('the yen sign is where ASCII has the backslash', () => {
    expect(bytesOf('¥')).toEqual(['5c']);
  });

  test('kana with a combining mark is one letter; a compatibility ideograph keeps its form', () => {
    expect(unitsOf('か\u3099神', 'ja').map((unit) => unit.text)).toEqual(['が', '神']);
  });

  test('widths are half-width columns', () => {
    expect(columnsOf(unitsOf('ｱA日髙①접é', 'ja'))).toBe(1 + 1 + 2 + 2 + 2 + 2 + 1);
  });

  test('any text: its units hold every visible character of it, each with bytes or drawn, none a question mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...LANGUAGES), (text, language) => {
        for (const line of linesOf(text)) {
          const units = unitsOf(line, language);
          for (const unit of units) {
            if (unit.bytes !== null) expect(unit.columns).toBe(unit.bytes.length);
            if (unit.text !== '?') expect(unit.bytes?.includes(0x3f) ?? false).toBe(false);
            expect(unit.bytes?.some((byte) => byte < 0x20) ?? false).toBe(false);
          }
          const visible = line.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
          if (visible !== '' && units.length === 0) throw new Error(`lost ${JSON.stringify(line)}`);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('folding', () => {
  test('no line begins with a full stop or ends with an opening bracket', () => {
    expect(folded('あいうえお。かき', 10)).toEqual(['あいうえ', 'お。かき']);
    expect(folded('あいうえ（かき）', 10)).toEqual(['あいうえ', '（かき）']);
    expect(folded('あいうチャ', 8)).toEqual(['あいう', 'チャ']);
  });

  test('words and amounts stay whole', () => {
    expect(folded('月額は1,870円です', 10)).toEqual(['月額は', '1,870円で', 'す']);
    expect(folded('please keep this', 11)).toEqual(['please keep', 'this']);
  });

  test('a short remark in brackets stays whole where it can', () => {
    expect(folded('新しい月額（税込）', 14)).toEqual(['新しい月額', '（税込）']);
    expect(folded('（税込）', 6)).toEqual(['（税', '込）']);
    expect(folded('いま（とても長い括弧の中）', 12)).toEqual(['いま（とても', '長い括弧の', '中）']);
  });

  test('a word longer than the line is broken where the line ends', () => {
    expect(folded('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  test('any text: no line is wider than the paper and nothing but spaces is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constantFrom(16, 24, 32, 48), (text, columns) => {
        const units = unitsOf(text.replace(/[\n\r]/g, ''), 'ja');
        const lines = fold(units, columns);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        const dense = (all: readonly { readonly text: string }[]): string =>
          all
            .map((unit) => unit.text)
            .join('')
            .replaceAll(' ', '');
        expect(dense(lines.flat())).toBe(dense(units));
      }),
    );
  });
});
