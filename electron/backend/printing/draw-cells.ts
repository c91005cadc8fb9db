import { createCanvas } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Language } from '../../../shared/domain/language.ts';
import { fontFor } from './glyph-fonts.ts';
import { columnsOf } from './printer-text.ts';
import type { Unit } from './printer-text.ts';

/** Dots of a half-width column, and of a character's height. */
export const CELL_WIDTH = 12;
export const CELL_HEIGHT = 24;
/** Along the lower edge of the cells. */
export const UNDERLINE_DOTS = 2;

export interface CellStyle {
  readonly widthFactor: 1 | 2;
  readonly heightFactor: 1 | 2;
  readonly bold: boolean;
}

/** One bit a dot, 1 = black, rows padded to whole bytes. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly bits: Buffer;
}

/** Draws a line on the cell grid; its height is that of a text line with the given line spacing. */
export function drawLine(
  units: readonly Unit[],
  style: CellStyle & {
    readonly underlined: readonly boolean[];
    readonly lineDots: number;
    readonly language: Language;
  },
): Bitmap {
  const width = Math.ceil((columnsOf(units) * CELL_WIDTH * style.widthFactor) / 8) * 8;
  const canvas = createCanvas(width, style.lineDots);
  const context = canvas.getContext('2d');
  context.fillStyle = '#000';
  let column = 0;
  const cell = CELL_WIDTH * style.widthFactor;
  for (const [at, unit] of units.entries()) {
    drawUnit(context, unit, column * cell, style, style.language);
    if (style.underlined[at] === true) {
      const top = CELL_HEIGHT * style.heightFactor - UNDERLINE_DOTS;
      context.fillRect(column * cell, top, unit.columns * cell, UNDERLINE_DOTS);
    }
    column += unit.columns;
  }
  return { width, height: style.lineDots, bits: blackDots(context, width, style.lineDots) };
}

/** Draws one character into its cell with the context's present fill; `left` and sizes in dots, the top is 0. */
export function drawUnit(context: SKRSContext2D, unit: Unit, left: number, style: CellStyle, language: Language): void {
  if (unit.text === ' ' || unit.text === '\u3000') return;
  const font = fontFor(unit.text, language);
  context.save();
  context.translate(left, 0);
  const cell = unit.columns * CELL_WIDTH;
  if (font === null) {
    context.scale(style.widthFactor, style.heightFactor);
    drawCodePoint(context, unit.text.codePointAt(0) ?? 0, cell);
  } else {
    // The size is given to the font, not the scale, so that double size is as crisp as single.
    const size = (unit.columns === 1 ? 21 : 23) * style.heightFactor;
    context.font = `${style.bold ? 700 : 500} ${size}px "${font}"`;
    context.textBaseline = 'alphabetic';
    const wide = cell * style.widthFactor;
    const natural = (context.measureText(unit.text).width * style.widthFactor) / style.heightFactor;
    const squeeze = natural > wide ? wide / natural : 1;
    context.translate((wide - natural * squeeze) / 2, 0);
    context.scale((squeeze * style.widthFactor) / style.heightFactor, 1);
    context.fillText(unit.text, 0, 19 * style.heightFactor);
  }
  context.restore();
}

/** No font has it: its number in a frame, so that nobody takes another character for it. */
function drawCodePoint(context: SKRSContext2D, codePoint: number, cell: number): void {
  const digits = codePoint.toString(16).toUpperCase().padStart(4, '0');
  const half = Math.ceil(digits.length / 2);
  context.fillRect(1, 0, cell - 2, 1);
  context.fillRect(1, CELL_HEIGHT - 1, cell - 2, 1);
  context.fillRect(1, 0, 1, CELL_HEIGHT);
  context.fillRect(cell - 2, 0, 1, CELL_HEIGHT);
  context.font = `500 10px "${fontFor('0', 'en') ?? ''}"`;
  for (const [line, text] of [digits.slice(0, half), digits.slice(half)].entries()) {
    context.fillText(text, 3, 10 + line * 11, cell - 6);
  }
}

function blackDots(context: SKRSContext2D, width: number, height: number): Buffer {
  const { data } = context.getImageData(0, 0, width, height);
  const bits = Buffer.alloc((width / 8) * height);
  for (let dot = 0; dot < width * height; dot += 1) {
    if ((data[dot * 4 + 3] ?? 0) < 110) continue;
    bits[dot >> 3] = (bits[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
  }
  return bits;
}
