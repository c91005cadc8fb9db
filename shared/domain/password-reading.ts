export type CharacterClass = 'upper' | 'lower' | 'digit' | 'symbol';

export interface ReadCharacter {
  readonly character: string;
  /** 読み仮名, as it is read out over a counter or a telephone. */
  readonly kana: string;
  /** What the kana of a capital is underlined for. */
  readonly class: CharacterClass;
}

/** A to Z; a small letter reads as its capital. */
const LETTERS: readonly string[] = [
  ...['エー', 'ビー', 'シー', 'ディー', 'イー', 'エフ', 'ジー', 'エイチ', 'アイ', 'ジェー', 'ケー', 'エル', 'エム'],
  ...[
    'エヌ',
    'オー',
    'ピー',
    'キュー',
    'アール',
    'エス',
    'ティー',
    'ユー',
    'ブイ',
    'ダブリュー',
    'エックス',
    'ワイ',
    'ゼット',
  ],
];
/** ヨン, ナナ and キュウ, since シ, シチ and ク are heard as other digits. */
const DIGITS: readonly string[] = ['ゼロ', 'イチ', 'ニ', 'サン', 'ヨン', 'ゴ', 'ロク', 'ナナ', 'ハチ', 'キュウ'];
const SYMBOLS: Readonly<Record<string, string>> = {
  '%': 'パーセント',
  '+': 'プラス',
  '.': 'ドット',
  '/': 'スラッシュ',
  ':': 'コロン',
  '=': 'イコール',
  '@': 'アットマーク',
  '^': 'キャレット',
  _: 'アンダーバー',
  '-': 'ハイフン',
};

/** The reading of a password, a character at a time. null: it holds what no password of the operator's may hold. */
export function passwordReading(password: string): readonly ReadCharacter[] | null {
  const read = Array.from(password).map(readCharacter);
  const known = read.filter((one) => one !== null);
  return known.length < read.length ? null : known;
}

function readCharacter(character: string): ReadCharacter | null {
  const [kana, kind] = readingOf(character);
  return kana === undefined ? null : { character, kana, class: kind };
}

function readingOf(character: string): [string | undefined, CharacterClass] {
  if (/^[A-Z]$/.test(character)) return [LETTERS[character.charCodeAt(0) - 'A'.charCodeAt(0)], 'upper'];
  if (/^[a-z]$/.test(character)) return [LETTERS[character.charCodeAt(0) - 'a'.charCodeAt(0)], 'lower'];
  if (/^[0-9]$/.test(character)) return [DIGITS[Number(character)], 'digit'];
  return [Object.hasOwn(SYMBOLS, character) ? SYMBOLS[character] : undefined, 'symbol'];
}
