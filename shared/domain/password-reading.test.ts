import { describe, expect, it } from 'vitest';
import { ISSUED_ALPHABET } from './issued-password.ts';
import { passwordReading } from './password-reading.ts';

/** The manual's characters for passwords (p.14, 82), each with its reading. */
const READINGS: readonly (readonly [string, string])[] = [
  ...(
    'A エー B ビー C シー D ディー E イー F エフ G ジー H エイチ I アイ J ジェー K ケー L エル M エム N エヌ O オー P ピー Q キュー ' +
    'R アール S エス T ティー U ユー V ブイ W ダブリュー X エックス Y ワイ Z ゼット ' +
    '0 ゼロ 1 イチ 2 ニ 3 サン 4 ヨン 5 ゴ 6 ロク 7 ナナ 8 ハチ 9 キュウ ' +
    '% パーセント + プラス . ドット / スラッシュ : コロン = イコール @ アットマーク ^ キャレット _ アンダーバー - ハイフン'
  ).matchAll(/(\S) (\S+)/g),
].map(([, character = '', kana = '']) => [character, kana]);

describe('the reading of a password', () => {
  it.each(READINGS)('%s is read %s, and so is its small letter', (character, kana) => {
    expect(passwordReading(character)?.map((one) => one.kana)).toEqual([kana]);
    expect(passwordReading(character.toLowerCase())?.map((one) => one.kana)).toEqual([kana]);
  });

  it('knows every character that a password may have, and no two that read alike', () => {
    expect(READINGS).toHaveLength(26 + 10 + 10);
    expect(new Set(READINGS.map(([, kana]) => kana)).size).toBe(READINGS.length);
    expect(passwordReading(ISSUED_ALPHABET)).toHaveLength(ISSUED_ALPHABET.length);
  });

  it('tells capitals, small letters, digits and symbols apart', () => {
    expect(passwordReading('B1c%')?.map((one) => one.class)).toEqual(['upper', 'digit', 'lower', 'symbol']);
  });

  it('reads the example of the manual, p.84', () => {
    expect(
      passwordReading('B1C')
        ?.map((one) => one.kana)
        .join(''),
    ).toBe('ビーイチシー');
  });

  it.each(['Ａ', 'あ', ' ', '!', '~', '\\', 'é', '😀', 'toString'])('reads nothing into %s', (text) => {
    expect(passwordReading(`${text}!`)).toBeNull();
  });
});
