import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { BESIDE } from '../../../shared/slips/beside.ts';
import type { Slip, SlipBlock } from '../../../shared/slips/slip.ts';
import type { CellStyle } from './draw-cells.ts';
import { fold } from './fold.ts';
import { columnsOf, linesOf, unitsOf } from './printer-text.ts';
import type { Unit } from './printer-text.ts';

export interface TextLine extends CellStyle {
  readonly kind: 'text';
  readonly units: readonly Unit[];
  readonly align: 'left' | 'centre';
  /** White on black. */
  readonly reversed: boolean;
  /** Each unit's; those of a line without any are not listed. */
  readonly underlined: readonly boolean[];
  /** From the top of this line to the top of the next, in dots. */
  readonly lineDots: number;
}
/** What is printed, line by line. */
export type SlipLine =
  | TextLine
  | { readonly kind: 'feed'; readonly dots: number }
  | { readonly kind: 'qr'; readonly payload: string };

const NORMAL = {
  kind: 'text',
  widthFactor: 1,
  heightFactor: 1,
  bold: false,
  align: 'left',
  reversed: false,
  underlined: [],
  lineDots: 34,
} as const;
const BOLD = { ...NORMAL, bold: true } as const;
const TALL = { ...NORMAL, heightFactor: 2, bold: true, align: 'centre', lineDots: 58 } as const;
const DOUBLE = { ...TALL, widthFactor: 2 } as const;
const BAR = { ...NORMAL, reversed: true, lineDots: 24 } as const;
const CAPTION = { ...NORMAL, align: 'centre' } as const;

const feed = (dots: number): SlipLine => ({ kind: 'feed', dots });
const spaces = (count: number): Unit[] =>
  Array.from({ length: count }, () => ({ text: ' ', columns: 1, bytes: Buffer.from(' ') }));

/** Lays a slip out on that many half-width columns (80 mm: 48, 58 mm: 32). */
export function layOut(slip: Slip, columns: number, language: Language): SlipLine[] {
  const lines: SlipLine[] = [];
  for (const [at, block] of slip.blocks.entries()) lines.push(...blockLines(block, at === 0, columns, language));
  return lines;
}

function blockLines(block: SlipBlock, first: boolean, columns: number, language: Language): SlipLine[] {
  const folded = (text: string, width: number): Unit[][] =>
    partsOf(text, width, language).flatMap((line) => fold(unitsOf(line, language), width));
  switch (block.kind) {
    case 'stamp':
      return [...stampLines(folded(block.text, columns / 2), columns), feed(28)];
    case 'title':
      return [feed(first ? 0 : 4), ...largest(block.text, columns, language), feed(20)];
    case 'number':
      return [
        ...folded(block.label, columns).map((units) => ({ ...CAPTION, units })),
        ...largest(block.value, columns, language),
        feed(16),
      ];
    case 'heading':
      return [feed(18), ...folded(block.text, columns).map((units) => ({ ...BOLD, units })), feed(4)];
    case 'text':
      return linesOf(block.text).flatMap((line) =>
        fold(unitsOf(line, language), columns).map((units) => ({ ...NORMAL, units })),
      );
    case 'underlined':
      return folded(block.text, columns).map((units) => ({ ...NORMAL, underlined: units.map(() => true), units }));
    case 'secret':
      return [
        ...folded(block.label, columns).map((units) => ({ ...CAPTION, units })),
        ...cutAnywhere(unitsOf(block.value, language), columns / 2).map((units) => ({ ...DOUBLE, units })),
        feed(10),
      ];
    case 'reading':
      return [
        ...folded(block.label, columns).map((units) => ({ ...CAPTION, units })),
        ...readingLines(block.words, columns, language),
        feed(10),
      ];
    case 'row':
      return rowLines(folded(block.label, columns), folded(block.value, columns - 2), block.strong, columns);
    case 'rule':
      return [feed(6), { ...NORMAL, units: unitsOf('─'.repeat(columns / 2), 'ja') }];
    case 'space':
      return [feed(24)];
    case 'qr':
      return [
        feed(18),
        { kind: 'qr', payload: block.payload },
        feed(14),
        ...(block.caption === '' ? [] : folded(block.caption, columns).map((units) => ({ ...CAPTION, units }))),
      ];
    default:
      return cantHappen(block);
  }
}

/** A black bar over the whole width, so that no one misses what the slip isn't. */
function stampLines(texts: readonly Unit[][], columns: number): SlipLine[] {
  const bar = { ...BAR, units: spaces(columns) };
  const middle = texts.map((units) => {
    const free = columns / 2 - columnsOf(units);
    const left = Math.floor(free / 2);
    const padded = [...spaces(left), ...units, ...spaces(free - left)];
    return { ...DOUBLE, align: 'left', reversed: true, lineDots: 48, units: padded } as const;
  });
  return [bar, ...middle, bar];
}

/** The lines of a text; of two languages side by side that are too long for one line, each has its own. */
function partsOf(text: string, width: number, language: Language): string[] {
  return linesOf(text).flatMap((line) => {
    if (columnsOf(unitsOf(line, language)) <= width) return [line];
    const parts = line.split(BESIDE);
    return parts.map((part, at) => (at < parts.length - 1 ? `${part}${BESIDE.trimEnd()}` : part));
  });
}

/** Double size where it fits on one line, else double height only. */
function largest(text: string, columns: number, language: Language): SlipLine[] {
  const parts = partsOf(text, columns, language).map((line) => unitsOf(line, language));
  if (parts.every((units) => columnsOf(units) <= columns / 2)) return parts.map((units) => ({ ...DOUBLE, units }));
  return parts.flatMap((units) => fold(units, columns)).map((units) => ({ ...TALL, units }));
}

/** What is copied by hand has no better and worse places to break. */
function cutAnywhere(units: readonly Unit[], columns: number): Unit[][] {
  let line: Unit[] = [];
  const lines = [line];
  for (const unit of units) {
    if (columnsOf(line) + unit.columns > columns) {
      line = [];
      lines.push(line);
    }
    line.push(unit);
  }
  return lines;
}

const READING_GAP = 2;

/** As many whole words on a line as fit; the gaps are never underlined, so that two words don't become one. */
function readingLines(
  words: Extract<SlipBlock, { kind: 'reading' }>['words'],
  columns: number,
  language: Language,
): SlipLine[] {
  let line: { units: Unit[]; underlined: boolean[] } = { units: [], underlined: [] };
  const lines = [line];
  for (const { text, underlined } of words) {
    const units = unitsOf(text, language);
    const isFirst = line.units.length === 0;
    if (!isFirst && columnsOf(line.units) + READING_GAP + columnsOf(units) > columns) {
      line = { units: [], underlined: [] };
      lines.push(line);
    } else if (!isFirst) {
      line.units.push(...spaces(READING_GAP));
      line.underlined.push(...Array.from({ length: READING_GAP }, () => false));
    }
    line.units.push(...units);
    line.underlined.push(...units.map(() => underlined));
  }
  return lines.map((one) => ({ ...NORMAL, ...one }));
}

/** Label left, value right; a value that doesn't fit goes below, a long one indented so that it reads as a block. */
function rowLines(labels: readonly Unit[][], values: readonly Unit[][], strong: boolean, columns: number): SlipLine[] {
  const style = strong ? BOLD : NORMAL;
  const [label, value] = [labels.at(-1) ?? [], values[0] ?? []];
  const gap = columns - columnsOf(label) - columnsOf(value);
  if (values.length === 1 && gap >= 2) {
    const last = [...label, ...spaces(gap), ...value];
    return [...labels.slice(0, -1), last].map((units) => ({ ...style, units }));
  }
  const indented = values.map((units) =>
    values.length === 1 ? [...spaces(columns - columnsOf(units)), ...units] : [...spaces(2), ...units],
  );
  return [...labels, ...indented].map((units) => ({ ...style, units }));
}
