import type { BusinessDate } from '../business-time.ts';
import { cantHappen } from '../cant-happen.ts';
import { contactEmail } from '../contact.ts';
import { isKatakana, toKatakana } from './kana.ts';
import { readDate } from './typed-date.ts';

/** What is typed into a field. */
export type TextFormat =
  | { readonly kind: 'digits'; readonly atLeast: number; readonly atMost: number }
  /** Letters and digits, as they stand on a card. */
  | { readonly kind: 'latin'; readonly atMost: number }
  | { readonly kind: 'kana'; readonly atMost: number }
  /** As it stands on a document: kanji, kana or Latin letters. */
  | { readonly kind: 'name'; readonly atMost: number }
  /** Of birth, or one that is to come. */
  | { readonly kind: 'date'; readonly of: 'birth' | 'coming' }
  | { readonly kind: 'phone' | 'email' };

/** Why it can't be what was asked for; its text is `typed.<problem>` in the locales. */
export const TEXT_PROBLEMS = [
  'not-digits',
  'too-short',
  'too-long',
  'not-latin',
  'not-kana',
  'not-a-name',
  'no-such-date',
  'date-ahead',
  'date-past',
  'not-a-phone',
  'not-an-email',
  'differs',
  'not-an-iccid',
  'not-a-mobile-number',
  'reservation-short',
  'reservation-too-far',
  'not-to-activate',
  'unknown-campaign',
] as const;
export type TextProblem = (typeof TEXT_PROBLEMS)[number];

/** Nobody alive was born before. */
const EARLIEST_BIRTH = '1900-01-01';

/** As it is kept and compared, whatever width, spaces and dashes it was typed with. */
export function normalText(format: TextFormat, typed: string): string {
  switch (format.kind) {
    case 'digits':
    case 'phone':
      return bare(typed);
    case 'latin':
      // Some letters come apart when they are made upper case.
      return bare(typed).toUpperCase().normalize('NFKC');
    case 'kana':
      // Typed in letters, the last n still waits for its vowel.
      return toKatakana(typed).replace(/(?<=[ァ-ヶー])n$/i, 'ン');
    case 'name':
      // No compatibility mapping: 神 and 神 are two characters, and a name keeps its own.
      return typed
        .replace(/[！-～]/g, (letter) => letter.normalize('NFKC'))
        .replace(/\s+/g, ' ')
        .trim();
    case 'date':
      return readDate(typed) ?? typed.trim();
    case 'email':
      return typed.normalize('NFKC').trim();
    default:
      return cantHappen(format);
  }
}

/** @param text as `normalText` gives it, not empty */
export function textProblem(format: TextFormat, text: string, today: BusinessDate): TextProblem | null {
  switch (format.kind) {
    case 'digits':
      if (!/^\d+$/.test(text)) return 'not-digits';
      return text.length < format.atLeast ? 'too-short' : lengthProblem(text, format.atMost);
    case 'latin':
      return /^[A-Z0-9]+$/.test(text) ? lengthProblem(text, format.atMost) : 'not-latin';
    case 'kana':
      return isKatakana(text) ? lengthProblem(text, format.atMost) : 'not-kana';
    case 'name':
      return NAME.test(text) ? lengthProblem(text, format.atMost) : 'not-a-name';
    case 'date':
      return dateProblem(format.of, text, today);
    case 'phone':
      return /^0\d{9,10}$/.test(text) ? null : 'not-a-phone';
    case 'email':
      return contactEmail(text) === null ? 'not-an-email' : null;
    default:
      return cantHappen(format);
  }
}

/** Letters of names, with the selectors that tell variants of a kanji apart. */
const NAME =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Latin}\p{Mark}々〆ヶー・\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}'’. -]+$/u;

const lengthProblem = (text: string, atMost: number): 'too-long' | null =>
  Array.from(text).length > atMost ? 'too-long' : null;

function dateProblem(of: 'birth' | 'coming', text: string, today: BusinessDate): TextProblem | null {
  if (readDate(text) === null) return 'no-such-date';
  switch (of) {
    case 'birth':
      if (text > today) return 'date-ahead';
      return text < EARLIEST_BIRTH ? 'no-such-date' : null;
    case 'coming':
      return text < today ? 'date-past' : null;
    default:
      return cantHappen(of);
  }
}

/** Without what people put between figures to read them. */
function bare(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\-‐‑‒–—―−ー]/g, '');
}
