import { readSync } from 'node:fs';

const PIECE_BYTES = 1024 * 1024;
const LINE_END = 0x0a;

/** A file's lines from its beginning, each with its end, one at a time. @param file open for reading */
export function* linesIn(file: number): Generator<Buffer> {
  let at = 0;
  let begun: Buffer[] = [];
  for (;;) {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    let piece = buffer.subarray(0, readSync(file, buffer, 0, PIECE_BYTES, at));
    if (piece.length === 0) break;
    at += piece.length;
    for (let end = piece.indexOf(LINE_END); end !== -1; end = piece.indexOf(LINE_END)) {
      yield Buffer.concat([...begun, piece.subarray(0, end + 1)]);
      begun = [];
      piece = piece.subarray(end + 1);
    }
    if (piece.length > 0) begun.push(piece);
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
