import { PDFDocument, rgb } from '@cantoo/pdf-lib';
import { fold } from '../printing/fold.ts';
import { linesOf, type Unit, unitsOf } from '../printing/printer-text.ts';
import type { A4Block, A4Document, TableColumn } from './a4-blocks.ts';
import type { PdfWeight } from './pdf-fonts.ts';
import { createPdfPen, type PlacedText } from './pdf-pen.ts';

/** Points. */
const [WIDTH, HEIGHT] = [595.28, 841.89];
const MARGIN = 56;
const CONTENT = WIDTH - 2 * MARGIN;
const FOOT = 36;
const TITLE = { size: 20, weight: 'bold' } as const;
const HEADING = { size: 12, weight: 'bold' } as const;
const BODY = { size: 10, weight: 'regular' } as const;
const HEAD = { ...BODY, weight: 'bold' } as const;
const SMALL = { size: 8, weight: 'regular' } as const;
/** The font's own would be 1.45 em of blank paper. */
const LEADING = 1.5;
const CELL_GAP = 8;
const ROW_PADDING = 3;
const LINE = rgb(0.6, 0.6, 0.6);

const FACT_COLUMNS = [
  { share: 0.25, align: 'left' },
  { share: 0.75, align: 'left' },
] as const;

interface Style {
  readonly size: number;
  readonly weight: PdfWeight;
}

interface Rule {
  readonly y: number;
}

interface Sheet {
  readonly texts: PlacedText[];
  readonly rules: Rule[];
}

export async function writeA4(input: A4Document): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle(input.title);
  document.setLanguage('ja-JP');
  document.setCreationDate(new Date(input.madeAt));
  document.setModificationDate(new Date(input.madeAt));
  const pen = await createPdfPen(document);
  const sheets: Sheet[] = [];
  let top = 0;
  let sheet = newSheet();

  for (const block of input.blocks) place(block);
  for (const [at, { texts, rules }] of sheets.entries()) {
    const page = document.addPage([WIDTH, HEIGHT]);
    for (const text of [...texts, ...footOf(at)]) await pen.draw(page, text);
    for (const { y } of rules) {
      page.drawLine({ start: { x: MARGIN, y }, end: { x: WIDTH - MARGIN, y }, thickness: 0.5, color: LINE });
    }
  }
  return document.save();

  function newSheet(): Sheet {
    const made = { texts: [], rules: [] };
    sheets.push(made);
    top = HEIGHT - MARGIN;
    return made;
  }

  /** Begins another page where that much doesn't fit any more. */
  function makeRoom(height: number): boolean {
    if (top - height >= MARGIN) return false;
    sheet = newSheet();
    return true;
  }

  function place(block: A4Block): void {
    switch (block.kind) {
      case 'title':
        placeLines(block.text, TITLE);
        top -= 6;
        return;
      case 'heading':
        // Never alone at the foot of a page.
        makeRoom(16 + HEADING.size * LEADING + 4 * BODY.size * LEADING);
        top -= 16;
        placeLines(block.text, HEADING);
        return;
      case 'text':
        placeLines(block.text, BODY);
        return;
      case 'facts':
        for (const row of block.rows) placeRow(FACT_COLUMNS, row, BODY, () => undefined);
        return;
      case 'table':
        placeTable(block.columns, block.rows);
        return;
    }
  }

  function placeLines(text: string, style: Style): void {
    for (const units of folded(text, CONTENT, style)) {
      makeRoom(style.size * LEADING);
      putLine(units, MARGIN, top, style);
      top -= style.size * LEADING;
    }
  }

  function placeTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): void {
    const heads = columns.map(({ head }) => head);
    const placeHead = (): void => placeRow(columns, heads, HEAD, () => undefined);
    placeHead();
    for (const row of rows) placeRow(columns, row, BODY, placeHead);
  }

  /** @param onNewPage what comes first there */
  function placeRow(
    columns: readonly Pick<TableColumn, 'share' | 'align'>[],
    cells: readonly string[],
    style: Style,
    onNewPage: () => void,
  ): void {
    const lines = columns.map(({ share }, at) => folded(cells[at] ?? '', share * CONTENT - CELL_GAP, style));
    const leading = style.size * LEADING;
    const height = Math.max(...lines.map((own) => own.length)) * leading + 2 * ROW_PADDING;
    if (makeRoom(height)) onNewPage();
    let left = MARGIN;
    for (const [at, { share, align }] of columns.entries()) {
      for (const [number, units] of (lines[at] ?? []).entries()) {
        const free = align === 'left' ? 0 : share * CONTENT - CELL_GAP - widthOf(units, style);
        putLine(units, left + free, top - ROW_PADDING - number * leading, style);
      }
      left += share * CONTENT;
    }
    top -= height;
    sheet.rules.push({ y: top });
  }

  function folded(text: string, width: number, { size, weight }: Style): Unit[][] {
    return linesOf(text).flatMap((line) => fold(unitsOf(line, 'ja'), width, (unit) => pen.widthOf(unit, size, weight)));
  }

  function widthOf(units: readonly Unit[], { size, weight }: Style): number {
    return units.reduce((sum, unit) => sum + pen.widthOf(unit, size, weight), 0);
  }

  function putLine(units: readonly Unit[], x: number, upperEdge: number, { size, weight }: Style): void {
    sheet.texts.push({ units, x, y: upperEdge - size * (LEADING / 2 + 0.35), size, weight });
  }

  function footOf(at: number): PlacedText[] {
    const number = unitsOf(`${at + 1} / ${sheets.length}`, 'ja');
    return [
      { units: unitsOf(input.foot, 'ja'), x: MARGIN, y: FOOT, ...SMALL },
      { units: number, x: WIDTH - MARGIN - widthOf(number, SMALL), y: FOOT, ...SMALL },
    ];
  }
}
