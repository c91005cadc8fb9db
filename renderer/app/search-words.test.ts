import { describe, expect, it } from 'vitest';
import { holdsWords, kanaOfLatin } from './search-words.ts';

describe('what is typed to find a procedure', () => {
  it.each([
    ['terebi', 'てれび'],
    ['denwa', 'でんわ'],
    ['kousuhenkou', 'こうすへんこう'],
    ['channeru', 'ちゃんねる'],
    ['honn', 'ほん'],
    ['kippu', 'きっぷ'],
    ['shinsei', 'しんせい'],
  ])('reads %s as %s', (latin, kana) => expect(kanaOfLatin(latin)).toBe(kana));

  it('is no Japanese where it has letters that no syllable begins with', () => {
    expect(kanaOfLatin('wifi')).toBeNull();
    expect(kanaOfLatin('netx')).toBeNull();
  });

  it.each([
    ['テレビ', true],
    ['てれび', true],
    ['ﾃﾚﾋﾞ', true],
    ['terebi henkou', true],
    ['ＴＶ', true],
    ['変更', true],
    ['コース　変更', true],
    ['電話', false],
    ['', true],
  ])('%s', (typed, found) => {
    expect(holdsWords('テレビのコース変更 てれび へんこう tv', typed)).toBe(found);
  });
});
