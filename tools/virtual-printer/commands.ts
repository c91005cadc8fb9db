/** ESC/POS as bytes on the wire: where a command ends, and what it is. What isn't listed here doesn't exist. */
export interface Command {
  /** As in the manuals: `ESC !`, `GS v 0`; `text` for printable bytes, `LF`. */
  readonly name: string;
  readonly bytes: Buffer;
  /** What follows the command's name. */
  readonly parameters: Buffer;
}

export type Reading =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unknown'; readonly bytes: Buffer };

/** Parameter bytes after the prefix and the letter. */
const FIXED: Readonly<Record<string, number>> = {
  'ESC @': 0,
  'ESC !': 1,
  'ESC -': 1,
  'ESC 2': 0,
  'ESC 3': 1,
  'ESC E': 1,
  'ESC G': 1,
  'ESC J': 1,
  'ESC M': 1,
  'ESC R': 1,
  'ESC a': 1,
  'ESC d': 1,
  'ESC p': 3,
  'ESC t': 1,
  'FS !': 1,
  'FS &': 0,
  'FS -': 1,
  'FS .': 0,
  'FS C': 1,
  'GS !': 1,
  'GS B': 1,
  'GS a': 1,
  'GS r': 1,
  'DLE EOT': 1,
};
const PREFIXES: Readonly<Record<number, string>> = { 0x10: 'DLE', 0x1b: 'ESC', 0x1c: 'FS', 0x1d: 'GS' };

/** Reads the first command of what has arrived so far. */
export function readCommand(input: Buffer): Reading {
  const first = input[0];
  if (first === undefined) return { kind: 'incomplete' };
  if (first === 0x0a) return command('LF', input, 1, 1);
  const prefix = PREFIXES[first];
  if (prefix === undefined) return first >= 0x20 ? readText(input) : { kind: 'unknown', bytes: input.subarray(0, 1) };
  const second = input[1];
  if (second === undefined) return { kind: 'incomplete' };
  const name = `${prefix} ${second === 0x04 ? 'EOT' : String.fromCharCode(second)}`;
  const fixed = FIXED[name];
  if (fixed !== undefined) return command(name, input, 2, 2 + fixed);
  switch (name) {
    case 'GS V':
      return readCut(input);
    case 'GS v':
      return readRaster(input);
    case 'GS (':
      return readParenthesis(input);
    default:
      return { kind: 'unknown', bytes: input.subarray(0, 2) };
  }
}

function command(name: string, input: Buffer, start: number, end: number): Reading {
  if (input.length < end) return { kind: 'incomplete' };
  return { kind: 'command', command: { name, bytes: input.subarray(0, end), parameters: input.subarray(start, end) } };
}

/** Up to the next control byte, and never between the two bytes of a kanji. */
function readText(input: Buffer): Reading {
  let end = 0;
  while (end < input.length) {
    const byte = input[end] ?? 0;
    if (byte < 0x20) break;
    const isLead = (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
    if (isLead && end + 1 >= input.length) break;
    end += isLead ? 2 : 1;
  }
  return end === 0 ? { kind: 'incomplete' } : command('text', input, 0, end);
}

function readCut(input: Buffer): Reading {
  const mode = input[2];
  if (mode === undefined) return { kind: 'incomplete' };
  if ([0, 1, 48, 49].includes(mode)) return command('GS V', input, 2, 3);
  return mode === 65 || mode === 66 ? command('GS V', input, 2, 4) : { kind: 'unknown', bytes: input.subarray(0, 3) };
}

function readRaster(input: Buffer): Reading {
  if (input.length < 8) return { kind: 'incomplete' };
  const mode = input.readUInt8(3);
  if (input[2] !== 0x30 || (mode !== 0 && mode !== 48)) return { kind: 'unknown', bytes: input.subarray(0, 4) };
  return command('GS v 0', input, 4, 8 + input.readUInt16LE(4) * input.readUInt16LE(6));
}

function readParenthesis(input: Buffer): Reading {
  if (input.length < 5) return { kind: 'incomplete' };
  if (input[2] !== 0x6b) return { kind: 'unknown', bytes: input.subarray(0, 3) };
  return command('GS ( k', input, 5, 5 + input.readUInt16LE(3));
}
