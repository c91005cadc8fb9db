/** The sound marks of kana, as the keys on the screen put them to the character before them. */
export const KANA_MARKS = ['voiced', 'half-voiced', 'small'] as const;
export type KanaMark = (typeof KANA_MARKS)[number];

const VOICED = '\u3099';
const HALF_VOICED = '\u309a';
const LARGE = 'アイウエオツヤユヨワ';
const SMALL = 'ァィゥェォッャュョヮ';

/** The character with that mark; with it already: without. What can't have it stays. */
export function markKana(character: string, mark: KanaMark): string {
  switch (mark) {
    case 'voiced':
      return combine(character, VOICED);
    case 'half-voiced':
      return combine(character, HALF_VOICED);
    case 'small': {
      const large = SMALL.indexOf(character);
      return LARGE[large] ?? SMALL[LARGE.indexOf(character)] ?? character;
    }
  }
}

function combine(character: string, mark: string): string {
  const [base = '', present] = Array.from(character.normalize('NFD'));
  if (base === '' || present === mark) return base;
  const marked = `${base}${mark}`.normalize('NFC');
  return Array.from(marked).length === 1 ? marked : character;
}

/** As our records keep it: full width katakana without spaces. What is no kana stays as it was typed. */
export function toKatakana(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replace(/\s/g, '')
      // A sound mark that stood by itself came apart as a space and a combining one.
      .normalize('NFC')
      .replace(/[ぁ-ゖ]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + HIRAGANA_TO_KATAKANA))
      .replace(/(?<=[ァ-ヶ])[-‐‑‒–—―−]/g, 'ー')
  );
}

const HIRAGANA_TO_KATAKANA = 0x60;

export const isKatakana = (text: string): boolean => /^[ァ-ヶ][ァ-ヶー・]*$/.test(text);
