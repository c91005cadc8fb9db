import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Slip } from '../../../shared/slips/slip.ts';
import { drawLine, UNDERLINE_DOTS } from './draw-cells.ts';
import type { Bitmap } from './draw-cells.ts';
import { layOut } from './slip-layout.ts';
import type { TextLine } from './slip-layout.ts';

/** ESC @, Shift_JIS kanji (FS C 1), Japan (ESC R 8), katakana page (ESC t 1), kanji mode (FS &). */
const START = Buffer.from([0x1b, 0x40, 0x1c, 0x43, 0x01, 0x1b, 0x52, 0x08, 0x1b, 0x74, 0x01, 0x1c, 0x26]);

/**
 * A slip as ESC/POS bytes, in pieces that each end between two commands: only there may a status request go in
 * between. The printer's memory is left as it is after switching on.
 */
export function encodeSlip(slip: Slip, columns: number, language: Language): Buffer[] {
  const pieces: Buffer[] = [START];
  for (const line of layOut(slip, columns, language)) {
    switch (line.kind) {
      case 'text':
        pieces.push(encodeText(line, language));
        break;
      case 'feed':
        if (line.dots > 0) pieces.push(Buffer.from([0x1b, 0x4a, line.dots]));
        break;
      case 'qr':
        pieces.push(encodeQr(line.payload));
        break;
      default:
        cantHappen(line);
    }
  }
  pieces.push(composed((printer) => printer.partialCut({ verticalTabAmount: 1 })));
  return pieces;
}

/** The library writes the commands; it gets no interface, so it can neither send nor print anything twice. */
function composed(write: (printer: ThermalPrinter) => void): Buffer {
  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '' });
  write(printer);
  return printer.getBuffer();
}

function encodeText(line: TextLine, language: Language): Buffer {
  return composed((printer) => {
    const bytes = nativeBytes(line, language);
    if (line.align === 'centre') printer.alignCenter();
    if (bytes === null) {
      const drawn = drawLine(line.units, { ...line, language });
      printer.add(encodeImage(line.reversed ? inverted(drawn) : drawn));
    } else {
      printer.setLineSpacing(line.lineDots);
      // The library has its two arguments the wrong way round: GS ! takes the width in the upper half of its byte.
      printer.setTextSize(line.widthFactor - 1, line.heightFactor - 1);
      if (line.bold) printer.bold(true);
      if (line.reversed) printer.invert(true);
      for (const run of bytes) {
        if (run.isUnderlined) printer.add(underline(UNDERLINE_DOTS));
        printer.add(run.bytes);
        if (run.isUnderlined) printer.add(underline(0));
      }
      printer.newLine();
      if (line.reversed) printer.invert(false);
      if (line.bold) printer.bold(false);
    }
    if (line.align === 'centre') printer.alignLeft();
  });
}

/** ESC - for half-width characters, FS - for kanji: the library only knows the first. */
const underline = (dots: number): Buffer => Buffer.from([0x1b, 0x2d, dots, 0x1c, 0x2d, dots]);

interface Run {
  readonly isUnderlined: boolean;
  readonly bytes: Buffer;
}

/** The line in the printer's own type, parted where underlining begins and ends; null: it must be drawn. */
function nativeBytes(line: TextLine, language: Language): Run[] | null {
  const runs: { isUnderlined: boolean; parts: Buffer[] }[] = [];
  for (const [at, { bytes }] of line.units.entries()) {
    if (bytes === null) return null;
    const isUnderlined = line.underlined[at] === true;
    const last = runs.at(-1);
    if (last?.isUnderlined === isUnderlined) last.parts.push(bytes);
    else runs.push({ isUnderlined, parts: [bytes] });
  }
  const japaneseForms = language === 'ja' || language === 'en';
  // Chinese and Korean are one kind of type throughout; only digits, Latin and rules are the printer's own.
  const isOwn = japaneseForms || line.units.every((unit) => /^[ -~─]$/.test(unit.text));
  return isOwn ? runs.map(({ isUnderlined, parts }) => ({ isUnderlined, bytes: Buffer.concat(parts) })) : null;
}

const inverted = (bitmap: Bitmap): Bitmap => ({ ...bitmap, bits: Buffer.from(bitmap.bits.map((byte) => byte ^ 0xff)) });

/** GS v 0. */
function encodeImage({ width, height, bits }: Bitmap): Buffer {
  const rowBytes = width / 8;
  const head = [0x1d, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, height & 0xff, height >> 8];
  return Buffer.concat([Buffer.from(head), withoutRealTimeCommands(bits)]);
}

/**
 * Printers obey real-time commands (DLE EOT, DLE ENQ, DLE DC4) wherever their bytes come by, also inside a picture:
 * one dot more keeps a picture from asking for a status or opening the drawer.
 */
function withoutRealTimeCommands(bits: Buffer): Buffer {
  const safe = Buffer.from(bits);
  for (let at = 0; at + 1 < safe.length; at += 1) {
    const next = safe[at + 1];
    if (safe[at] === 0x10 && (next === 0x04 || next === 0x05 || next === 0x14)) safe[at] = 0x18;
  }
  return safe;
}

/** GS ( k, of our own: the library counts UTF-16 units where the printer counts bytes. */
function encodeQr(payload: string): Buffer {
  const data = Buffer.from(payload, 'utf8');
  const moduleDots = data.length <= 84 ? 6 : data.length <= 213 ? 5 : data.length <= 331 ? 4 : 3;
  const length = data.length + 3;
  return composed((printer) => {
    printer.alignCenter();
    printer.add(Buffer.from([0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0]));
    printer.add(Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, moduleDots]));
    printer.add(Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31]));
    printer.add(Buffer.from([0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30]));
    printer.add(data);
    printer.add(Buffer.from([0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30]));
    printer.alignLeft();
  });
}
