import iconv from 'iconv-lite';
import type { Command } from './commands.ts';
import type { Align, Glyph, Printed } from './paper.ts';

const DEFAULT_LINE_DOTS = 30;
const CHARACTER_DOTS = 24;
const COLUMN_DOTS = 12;

interface Style {
  widthFactor: number;
  heightFactor: number;
  bold: boolean;
  underline: number;
  kanjiUnderline: number;
  reversed: boolean;
}
const plainStyle = (): Style => ({
  widthFactor: 1,
  heightFactor: 1,
  bold: false,
  underline: 0,
  kanjiUnderline: 0,
  reversed: false,
});

/** A command with parameters that this printer doesn't have. */
export class UnknownParameters extends Error {}

/** Obeys printing commands, one after the other, as a printer with a Japanese ROM would. */
export class Interpreter {
  readonly #columns: number;
  #style = plainStyle();
  #align: Align = 'left';
  #lineDots = DEFAULT_LINE_DOTS;
  #kanjiMode = false;
  #shiftJis = false;
  #international = 0;
  #line: Glyph[] = [];
  #printed: Printed[] = [];
  #qr: { moduleDots: number; level: 'L' | 'M' | 'Q' | 'H'; data: Buffer | null } = {
    moduleDots: 3,
    level: 'L',
    data: null,
  };

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Since the last cut. */
  get printed(): readonly Printed[] {
    return this.#printed;
  }

  /** What was printed since the last cut, when this command cuts. */
  obey(command: Command): readonly Printed[] | null {
    const { name, parameters } = command;
    const n = parameters[0] ?? 0;
    switch (name) {
      case 'text':
        this.#printText(parameters);
        return null;
      case 'LF':
        this.#endLine();
        return null;
      case 'GS V':
        this.#flush();
        return this.#cut(n, parameters[1] ?? 0);
      case 'GS v 0':
        this.#printImage(parameters, command.bytes);
        return null;
      case 'GS ( k':
        this.#qrCode(parameters);
        return null;
      case 'ESC J':
        this.#flush();
        this.#printed.push({ kind: 'feed', dots: n });
        return null;
      case 'ESC d':
        this.#flush();
        this.#printed.push({ kind: 'feed', dots: n * this.#lineDots });
        return null;
      case 'ESC p':
        return null;
      default:
        this.#set(name, n, command);
        return null;
    }
  }

  #set(name: string, n: number, command: Command): void {
    const style = this.#style;
    const on = (n & 1) === 1;
    switch (name) {
      case 'ESC @':
        this.#style = plainStyle();
        this.#align = 'left';
        this.#lineDots = DEFAULT_LINE_DOTS;
        this.#kanjiMode = false;
        this.#shiftJis = false;
        this.#international = 0;
        this.#line = [];
        return;
      case 'ESC !':
        style.bold = (n & 0x08) !== 0;
        style.heightFactor = (n & 0x10) === 0 ? 1 : 2;
        style.widthFactor = (n & 0x20) === 0 ? 1 : 2;
        style.underline = (n & 0x80) === 0 ? 0 : 1;
        return;
      case 'FS !':
        style.widthFactor = (n & 0x04) === 0 ? 1 : 2;
        style.heightFactor = (n & 0x08) === 0 ? 1 : 2;
        style.kanjiUnderline = (n & 0x80) === 0 ? 0 : 1;
        return;
      case 'GS !':
        style.widthFactor = ((n >> 4) & 7) + 1;
        style.heightFactor = (n & 7) + 1;
        return;
      case 'ESC E':
      case 'ESC G':
        style.bold = on;
        return;
      case 'ESC -':
        style.underline = oneOf(command, n % 48, [0, 1, 2]);
        return;
      case 'FS -':
        style.kanjiUnderline = oneOf(command, n % 48, [0, 1, 2]);
        return;
      case 'GS B':
        style.reversed = on;
        return;
      case 'ESC a':
        this.#align = (['left', 'centre', 'right'] as const)[oneOf(command, n % 48, [0, 1, 2])] ?? 'left';
        return;
      case 'ESC 2':
        this.#lineDots = DEFAULT_LINE_DOTS;
        return;
      case 'ESC 3':
        this.#lineDots = n;
        return;
      case 'ESC R':
        this.#international = oneOf(command, n, [0, 8]);
        return;
      case 'ESC t':
        oneOf(command, n, [0, 1]);
        return;
      case 'ESC M':
        oneOf(command, n % 48, [0]);
        return;
      case 'FS &':
        this.#kanjiMode = true;
        return;
      case 'FS .':
        this.#kanjiMode = false;
        return;
      case 'FS C':
        this.#shiftJis = oneOf(command, n % 48, [0, 1]) === 1;
        return;
      default:
        throw new UnknownParameters(`${name} is read but not obeyed`);
    }
  }

  #printText(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      const isLead = (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
      if (byte < 0x7f || (byte >= 0xa1 && byte <= 0xdf)) {
        this.#put(byte === 0x5c && this.#international === 8 ? '¥' : decoded(bytes.subarray(at, at + 1)), 1);
      } else if (this.#kanjiMode && this.#shiftJis && isLead && at + 1 < bytes.length) {
        this.#put(decoded(bytes.subarray(at, at + 2)), 2);
        at += 1;
      } else {
        throw new UnknownParameters(`byte ${hex(bytes.subarray(at, at + 2))} is no character in this mode`);
      }
    }
  }

  #put(text: string, columns: 1 | 2): void {
    const { widthFactor, heightFactor, bold, reversed } = this.#style;
    const used = this.#line.reduce((sum, glyph) => sum + glyph.columns * glyph.widthFactor, 0);
    // A real one goes on in the next line, in the middle of a word.
    if (used + columns * widthFactor > this.#columns) this.#endLine();
    const underline = columns === 2 ? this.#style.kanjiUnderline : this.#style.underline;
    this.#line.push({ text, columns, widthFactor, heightFactor, bold, underline, reversed });
  }

  #endLine(): void {
    const tallest = this.#line.reduce((most, glyph) => Math.max(most, glyph.heightFactor * CHARACTER_DOTS), 0);
    const dots = Math.max(this.#lineDots, tallest);
    this.#printed.push({ kind: 'text', glyphs: this.#line, align: this.#align, dots });
    this.#line = [];
  }

  #flush(): void {
    if (this.#line.length > 0) this.#endLine();
  }

  #cut(mode: number, feed: number): readonly Printed[] {
    if (mode >= 65) this.#printed.push({ kind: 'feed', dots: feed });
    const printed = this.#printed;
    this.#printed = [];
    return printed;
  }

  #printImage(parameters: Buffer, bytes: Buffer): void {
    if (this.#line.length > 0) throw new UnknownParameters('GS v 0 is only obeyed at the beginning of a line');
    const width = bytes.readUInt16LE(4) * 8;
    if (width > this.#columns * COLUMN_DOTS)
      throw new UnknownParameters(`GS v 0: ${width} dots are wider than the paper`);
    const height = bytes.readUInt16LE(6);
    this.#printed.push({ kind: 'image', width, height, bits: Buffer.from(parameters.subarray(4)), align: this.#align });
  }

  #qrCode(parameters: Buffer): void {
    const [kind = 0, fn = 0, value = 0] = parameters;
    if (kind !== 0x31) throw new UnknownParameters(`GS ( k: symbol ${kind}`);
    switch (fn) {
      case 0x41:
        if (value !== 0x32) throw new UnknownParameters(`GS ( k: QR model ${value}`);
        return;
      case 0x43:
        this.#qr.moduleDots = value;
        return;
      case 0x45:
        this.#qr.level = (['L', 'M', 'Q', 'H'] as const)[value - 48] ?? 'L';
        return;
      case 0x50:
        this.#qr.data = Buffer.from(parameters.subarray(3));
        return;
      case 0x51: {
        const { data, moduleDots, level } = this.#qr;
        if (data === null) throw new UnknownParameters('GS ( k: nothing stored to print');
        this.#printed.push({ kind: 'qr', payload: data, moduleDots, level, align: this.#align });
        return;
      }
      default:
        throw new UnknownParameters(`GS ( k: function ${fn}`);
    }
  }
}

function oneOf(command: Command, n: number, known: readonly number[]): number {
  if (!known.includes(n)) throw new UnknownParameters(`${command.name} ${n}`);
  return n;
}

function decoded(bytes: Buffer): string {
  const text = iconv.decode(bytes, 'cp932');
  if (text.includes('\ufffd')) throw new UnknownParameters(`${hex(bytes)} is no Shift_JIS`);
  return text;
}

const hex = (bytes: Buffer): string => bytes.toString('hex');
