import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { isDiskFailure } from '../open-database.ts';
import { PAGE_BYTES } from './page-bytes.ts';

/** What SQLite's log (`-wal`) has of a database, as far as the disk still gives it. */
export interface LogPages {
  /** Where in the log a page's newest content stands, by the page's number. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Something of it can't be read: what stood there alone leaves no trace. */
  readonly isCut: boolean;
}

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
const MAGIC = 0x377f0682;
const MAGIC_BIG_ENDIAN = 0x377f0683;

type Sums = readonly [number, number];

/**
 * Reads the log without SQLite, which opens nothing beside a log that can't be read (SQLite's file format, "the WAL").
 * A transaction counts once its last frame is there, or may have been in a frame that can't be read.
 */
export function readLog(path: string): LogPages {
  const offsets = new Map<number, number>();
  if (!existsSync(path)) return { offsets, isCut: false };
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size < HEADER_BYTES) return { offsets, isCut: false };
    const header = read(file, 0, HEADER_BYTES);
    const isKnown = header !== null && [MAGIC, MAGIC_BIG_ENDIAN].includes(header.readUInt32BE(0));
    const isBigEndian = isKnown && header.readUInt32BE(0) === MAGIC_BIG_ENDIAN;
    let isCut = !isKnown;
    let salts = isKnown ? header.subarray(16, 24) : null;
    let sums: Sums | null = isKnown ? [header.readUInt32BE(24), header.readUInt32BE(28)] : null;
    let open: [number: number, offset: number][] = [];
    const commit = (): void => {
      for (const [number, offset] of open) offsets.set(number, offset);
      open = [];
    };
    for (let at = HEADER_BYTES; at + FRAME_BYTES <= size; at += FRAME_BYTES) {
      const frame = read(file, at, FRAME_BYTES);
      if (frame === null) {
        isCut = true;
        commit();
        sums = null;
        continue;
      }
      salts ??= frame.subarray(8, 16);
      // What follows is of an earlier round through the log, or was torn when the power went.
      if (!frame.subarray(8, 16).equals(salts)) break;
      if (sums !== null && !fits(frame, sums, isBigEndian)) break;
      sums = [frame.readUInt32BE(16), frame.readUInt32BE(20)];
      open.push([frame.readUInt32BE(0), at + FRAME_HEADER_BYTES]);
      if (frame.readUInt32BE(4) !== 0) commit();
    }
    return { offsets, isCut };
  } finally {
    closeSync(file);
  }
}

/** Each frame's sums go on from the one before it. */
function fits(frame: Buffer, [first, second]: Sums, isBigEndian: boolean): boolean {
  let s0 = first;
  let s1 = second;
  const word = (at: number): number => (isBigEndian ? frame.readUInt32BE(at) : frame.readUInt32LE(at));
  const add = (from: number, to: number): void => {
    for (let at = from; at < to; at += 8) {
      s0 = (s0 + word(at) + s1) >>> 0;
      s1 = (s1 + word(at + 4) + s0) >>> 0;
    }
  };
  add(0, 8);
  add(FRAME_HEADER_BYTES, FRAME_BYTES);
  return s0 === frame.readUInt32BE(16) && s1 === frame.readUInt32BE(20);
}

/** null: the disk doesn't give it. */
function read(file: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  try {
    return readSync(file, bytes, 0, length, at) === length ? bytes : null;
  } catch (error) {
    if (isDiskFailure(error)) return null;
    throw error;
  }
}
