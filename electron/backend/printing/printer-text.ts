import { eastAsianWidth } from 'get-east-asian-width';
import iconv from 'iconv-lite';
import type { Language } from '../../../shared/domain/language.ts';
import { fontFor } from './glyph-fonts.ts';

/** One thing a reader sees as a character, and how many half-width columns (12 dots each) it takes. */
export interface Unit {
  readonly text: string;
  readonly columns: 1 | 2;
  /** The printer's own bytes for it (Shift_JIS), or null: it must be drawn. */
  readonly bytes: Buffer | null;
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Cuts one line of text (no line breaks) into units. Nothing that a reader would miss is dropped. */
export function unitsOf(text: string, language: Language): Unit[] {
  const units: Unit[] = [];
  for (const { segment } of segmenter.segment(plain(text, language))) {
    if (/^\p{Default_Ignorable_Code_Point}+$/u.test(segment)) continue;
    units.push(unitOf(composed(segment), language));
  }
  return units;
}

export const columnsOf = (units: readonly Unit[]): number => units.reduce((sum, unit) => sum + unit.columns, 0);

/** Line breaks of every kind part a text into lines. */
export const linesOf = (text: string): string[] => text.split(/\r\n|[\n\r\u0085\u2028\u2029]/);

function plain(text: string, language: Language): string {
  const spaced = text.replace(/[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]/g, ' ');
  // In these languages the quotes and dashes are narrow; Shift_JIS only has them at full width.
  if (language !== 'en' && language !== 'ko') return spaced;
  return spaced.replace(/[‘’ʼ]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-').replaceAll('…', '...');
}

/** か + ゙ becomes が; CJK compatibility ideographs stay, since normalising would change the letter in a name. */
function composed(segment: string): string {
  return segment.length > 1 && !/[\uf900-\ufaff]|[\u{2f800}-\u{2fa1f}]/u.test(segment)
    ? segment.normalize('NFC')
    : segment;
}

function unitOf(text: string, language: Language): Unit {
  const bytes = printerBytes(text);
  if (bytes !== null) return { text, columns: bytes.length === 1 ? 1 : 2, bytes };
  return { text, columns: drawnColumns(text, language), bytes: null };
}

function printerBytes(text: string): Buffer | null {
  // ESC R 8 puts the yen sign where ASCII has the backslash, so a backslash itself has to be drawn.
  if (text === '\u00a5') return Buffer.from([0x5c]);
  if (text === '\\') return null;
  const bytes = iconv.encode(text, 'cp932');
  if (iconv.decode(bytes, 'cp932') !== text) return null;
  const lead = bytes[0] ?? 0;
  if (bytes.length === 1) return (lead >= 0x20 && lead < 0x7f) || (lead >= 0xa1 && lead <= 0xdf) ? bytes : null;
  // 0x87 and 0xED upwards are vendors' rows, which printers fill differently or not at all.
  return bytes.length === 2 && lead !== 0x87 && lead < 0xed ? bytes : null;
}

function drawnColumns(text: string, language: Language): 1 | 2 {
  // Without a font it will be its number in a frame.
  if (fontFor(text, language) === null) return 2;
  const alphabetic = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(text);
  return eastAsianWidth(text.codePointAt(0) ?? 0, { ambiguousAsWide: !alphabetic });
}
