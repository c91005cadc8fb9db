import * as fontkit from '@cantoo/fontkit';
import { createCanvas } from '@napi-rs/canvas';
import type { PDFDocument, PDFFont, PDFImage, PDFPage } from '@cantoo/pdf-lib';
import { CELL_HEIGHT, CELL_WIDTH, drawUnit } from '../printing/draw-cells.ts';
import type { Unit } from '../printing/printer-text.ts';
import { type PdfFontFile, type PdfWeight, readPdfFont } from './pdf-fonts.ts';

/** Where a line of text stands, in points from the lower left corner; `y` is its baseline. */
export interface PlacedText {
  readonly units: readonly Unit[];
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: PdfWeight;
}

/** Measures and draws. A character that the font lacks is drawn as a picture, as on slips: none is ever left out. */
export interface PdfPen {
  widthOf(unit: Unit, size: number, weight: PdfWeight): number;
  draw(page: PDFPage, text: PlacedText): Promise<void>;
}

/** Dots of a picture for one dot of the printer's cell: as crisp as letters in print. */
const PICTURE_SCALE = 8;
/** Of the cell, from its lower edge. */
const BASELINE = 5 / CELL_HEIGHT;

interface Face {
  readonly file: PdfFontFile;
  readonly font: PDFFont;
}

export async function createPdfPen(document: PDFDocument): Promise<PdfPen> {
  document.registerFontkit(fontkit);
  const faceOf = async (weight: PdfWeight): Promise<Face> => {
    const file = await readPdfFont(weight);
    return { file, font: await document.embedFont(file.bytes, { subset: true }) };
  };
  const faces: Readonly<Record<PdfWeight, Face>> = { regular: await faceOf('regular'), bold: await faceOf('bold') };
  const widths = new Map<string, number>();
  const pictures = new Map<string, Promise<PDFImage>>();

  const isInFont = ({ text }: Unit, weight: PdfWeight): boolean =>
    Array.from(text).every((character) => faces[weight].file.has(character.codePointAt(0) ?? 0));

  function widthOf(unit: Unit, size: number, weight: PdfWeight): number {
    const key = `${weight}${unit.text}`;
    const known = widths.get(key);
    if (known !== undefined) return known * size;
    const width = isInFont(unit, weight) ? faces[weight].font.widthOfTextAtSize(unit.text, 1) : unit.columns / 2;
    widths.set(key, width);
    return width * size;
  }

  function pictureOf(unit: Unit, weight: PdfWeight): Promise<PDFImage> {
    const key = `${weight}${unit.text}`;
    const known = pictures.get(key);
    if (known !== undefined) return known;
    const canvas = createCanvas(unit.columns * CELL_WIDTH * PICTURE_SCALE, CELL_HEIGHT * PICTURE_SCALE);
    const context = canvas.getContext('2d');
    context.scale(PICTURE_SCALE, PICTURE_SCALE);
    drawUnit(context, unit, 0, { widthFactor: 1, heightFactor: 1, bold: weight === 'bold' }, 'ja');
    const picture = document.embedPng(canvas.toBuffer('image/png'));
    pictures.set(key, picture);
    return picture;
  }

  return {
    widthOf,
    draw: async (page, { units, x, y, size, weight }) => {
      let left = x;
      for (const run of runsOf(units, (unit) => isInFont(unit, weight))) {
        if (run.isInFont) {
          const text = run.units.map((unit) => unit.text).join('');
          page.drawText(text, { x: left, y, size, font: faces[weight].font });
        }
        for (const unit of run.units) {
          const width = widthOf(unit, size, weight);
          if (!run.isInFont) {
            const picture = await pictureOf(unit, weight);
            page.drawImage(picture, { x: left, y: y - BASELINE * size, width, height: size });
          }
          left += width;
        }
      }
    },
  };
}

function runsOf(
  units: readonly Unit[],
  isInFont: (unit: Unit) => boolean,
): { readonly isInFont: boolean; readonly units: Unit[] }[] {
  const runs: { readonly isInFont: boolean; readonly units: Unit[] }[] = [];
  for (const unit of units) {
    const last = runs.at(-1);
    if (last?.isInFont === isInFont(unit)) last.units.push(unit);
    else runs.push({ isInFont: isInFont(unit), units: [unit] });
  }
  return runs;
}
