import { createCanvas } from '@napi-rs/canvas';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { encode } from 'uqr';
import { CELL_HEIGHT, CELL_WIDTH, drawUnit } from '../../electron/backend/printing/draw-cells.ts';
import type { Align, Glyph, Printed } from './paper.ts';

/** Paper left and right of the printable width: 80 mm paper prints 72 mm. */
const MARGIN = 32;
const INK = '#1b1a19';

/** One dot = one pixel. */
export function receiptPicture(printed: readonly Printed[], columns: number): Buffer {
  const dots = columns * CELL_WIDTH;
  const height = printed.reduce((sum, part) => sum + heightOf(part), 0);
  const canvas = createCanvas(dots + 2 * MARGIN, height + 2 * MARGIN);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = INK;
  let top = MARGIN;
  for (const part of printed) {
    drawPart(context, part, top, dots);
    top += heightOf(part);
  }
  return canvas.toBuffer('image/png');
}

function heightOf(part: Printed): number {
  switch (part.kind) {
    case 'text':
    case 'feed':
      return part.dots;
    case 'image':
      return part.height;
    case 'qr':
      return modulesOf(part).length * part.moduleDots;
  }
}

function drawPart(context: SKRSContext2D, part: Printed, top: number, dots: number): void {
  switch (part.kind) {
    case 'feed':
      return;
    case 'text': {
      const width = part.glyphs.reduce((sum, glyph) => sum + glyphWidth(glyph), 0);
      let left = startOf(part.align, width, dots);
      for (const glyph of part.glyphs) {
        drawGlyph(context, glyph, left, top);
        left += glyphWidth(glyph);
      }
      return;
    }
    case 'image': {
      const isBlack = (x: number, y: number): boolean =>
        ((part.bits[y * (part.width / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
      drawDots(context, startOf(part.align, part.width, dots), top, part.width, part.height, 1, isBlack);
      return;
    }
    case 'qr': {
      const modules = modulesOf(part);
      const size = modules.length;
      const left = startOf(part.align, size * part.moduleDots, dots);
      drawDots(context, left, top, size, size, part.moduleDots, (x, y) => modules[y]?.[x] === true);
    }
  }
}

const glyphWidth = (glyph: Glyph): number => glyph.columns * glyph.widthFactor * CELL_WIDTH;

const startOf = (align: Align, width: number, dots: number): number =>
  MARGIN + (align === 'left' ? 0 : align === 'centre' ? Math.floor((dots - width) / 2) : dots - width);

const modulesOf = (part: Extract<Printed, { kind: 'qr' }>): boolean[][] =>
  encode([...part.payload], { ecc: part.level, boostEcc: false, border: 0 }).data;

function drawGlyph(context: SKRSContext2D, glyph: Glyph, left: number, top: number): void {
  const width = glyphWidth(glyph);
  const height = CELL_HEIGHT * glyph.heightFactor;
  context.save();
  context.translate(0, top);
  if (glyph.reversed) {
    context.fillRect(left, 0, width, height);
    context.fillStyle = '#fff';
  }
  context.beginPath();
  context.rect(left, 0, width, height);
  context.clip();
  if (glyph.text === '─') {
    context.fillRect(left, height / 2 - 1, width, 2);
  } else {
    // Printers enlarge by repeating dots, whatever the factors.
    context.translate(left, 0);
    context.scale(glyph.widthFactor, glyph.heightFactor);
    const unit = { text: glyph.text, columns: glyph.columns, bytes: null };
    drawUnit(context, unit, 0, { widthFactor: 1, heightFactor: 1, bold: glyph.bold }, 'ja');
    if (glyph.underline > 0) context.fillRect(0, CELL_HEIGHT - glyph.underline, width, glyph.underline);
  }
  context.restore();
}

function drawDots(
  context: SKRSContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  size: number,
  isBlack: (x: number, y: number) => boolean,
): void {
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const start = x;
      while (x < width && isBlack(x, y)) x += 1;
      if (x > start) context.fillRect(left + start * size, top + y * size, (x - start) * size, size);
    }
  }
}
