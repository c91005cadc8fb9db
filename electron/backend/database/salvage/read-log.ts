import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { isDiskFailure } from '../open-database.ts';
import { PAGE_BYTES } from './page-bytes.ts';

/** What SQLite's log (`-wal`) has of a database, as far as the disk still gives it. */
export interface LogPages {
  /** Where in the log a page's newest content stands, by the page's number. */
  readonly offsets: ReadonlyMap<number, number>;
  /** Something of it can't be read or has rotted: what stood there alone leaves no trace. */
  readonly isCut: boolean;
}

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
const MAGIC = 0x377f0682;
const MAGIC_BIG_ENDIAN = 0x377f0683;

type Sums = readonly [number, number];

/** What stands in the log at one place. */
interface Frame {
  readonly page: number;
  /** The last one of a transaction. */
  readonly isCommit: boolean;
  /** `unproven`: the one before it is gone, which its sums go on from. `other`: rotten, torn, or of an earlier round. */
  readonly kind: 'fits' | 'unproven' | 'other' | 'unreadable';
}

/**
 * Reads the log without SQLite, which opens nothing beside a log that can't be read, and takes nothing of it after a
 * frame whose sums don't fit (SQLite's file format, "the WAL"). A transaction counts once its last frame is there, or may
 * have been in a frame that is lost.
 */
export function readLog(path: string): LogPages {
  const offsets = new Map<number, number>();
  if (!existsSync(path)) return { offsets, isCut: false };
  const file = openSync(path, 'r');
  try {
    const header = readHeader(file);
    const frames = readFrames(file, header);
    // It is synced before the first frame is written.
    let isCut = header === null && frames.length > 0;
    let open: [number: number, offset: number][] = [];
    const commit = (): void => {
      for (const [number, offset] of open) offsets.set(number, offset);
      open = [];
    };
    for (const [at, { page, isCommit, kind }] of frames.slice(0, endOf(frames)).entries()) {
      const isLost = kind === 'unreadable' || kind === 'other';
      if (isLost) isCut = true;
      else open.push([page, HEADER_BYTES + at * FRAME_BYTES + FRAME_HEADER_BYTES]);
      if (isLost || isCommit) commit();
    }
    return { offsets, isCut };
  } finally {
    closeSync(file);
  }
}

/**
 * How many of them were written for good. A transaction begins once the one before it is synced: so whatever stands
 * before the last that fits on from a transaction's end was on disk whole, and what doesn't fit there has rotted since.
 * Behind that, it was torn when the power went, or is of an earlier round through the log.
 */
function endOf(frames: readonly Frame[]): number {
  const synced = frames.findLastIndex(({ kind }, at) => kind === 'fits' && frames[at - 1]?.isCommit === true);
  const end = frames.findIndex(({ kind }, at) => kind === 'other' && at > synced);
  return end === -1 ? frames.length : end;
}

interface Header {
  readonly salts: Buffer;
  readonly sums: Sums;
  readonly isBigEndian: boolean;
}

/** null: the disk doesn't give it, or it has rotted. */
function readHeader(file: number): Header | null {
  const bytes = read(file, 0, HEADER_BYTES);
  if (bytes === null || ![MAGIC, MAGIC_BIG_ENDIAN].includes(bytes.readUInt32BE(0))) return null;
  const isBigEndian = bytes.readUInt32BE(0) === MAGIC_BIG_ENDIAN;
  const sums = sumsAt(bytes, 24);
  if (!isSame(sumUp([0, 0], bytes.subarray(0, 24), isBigEndian), sums)) return null;
  return { salts: bytes.subarray(16, 24), sums, isBigEndian };
}

function readFrames(file: number, header: Header | null): Frame[] {
  const { size } = fstatSync(file);
  const frames: Frame[] = [];
  let salts = header?.salts ?? null;
  /** Either may have rotted: what stands there, and what should. None: nothing is known. */
  let before: readonly Sums[] = header === null ? [] : [header.sums];
  for (let at = HEADER_BYTES; at + FRAME_BYTES <= size; at += FRAME_BYTES) {
    const bytes = read(file, at, FRAME_BYTES);
    if (bytes === null) {
      frames.push({ page: 0, isCommit: false, kind: 'unreadable' });
      before = [];
      continue;
    }
    salts ??= bytes.subarray(8, 16);
    const stored = sumsAt(bytes, 16);
    const isOfRound = bytes.subarray(8, 16).equals(salts);
    const due = isOfRound ? before.map((sums) => sumsOf(bytes, sums, header?.isBigEndian ?? false)) : [];
    const fits = due.some((sums) => isSame(sums, stored));
    const unfit = isOfRound && before.length === 0 ? 'unproven' : 'other';
    frames.push({ page: bytes.readUInt32BE(0), isCommit: bytes.readUInt32BE(4) !== 0, kind: fits ? 'fits' : unfit });
    before = fits ? [stored] : [stored, ...due.slice(0, 1)];
  }
  return frames;
}

const sumsAt = (bytes: Buffer, at: number): Sums => [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];

const isSame = (one: Sums, other: Sums): boolean => one[0] === other[0] && one[1] === other[1];

/** Each frame's sums go on from the one before it. */
const sumsOf = (frame: Buffer, before: Sums, isBigEndian: boolean): Sums =>
  sumUp(sumUp(before, frame.subarray(0, 8), isBigEndian), frame.subarray(FRAME_HEADER_BYTES), isBigEndian);

function sumUp([first, second]: Sums, bytes: Buffer, isBigEndian: boolean): Sums {
  let s0 = first;
  let s1 = second;
  const word = (at: number): number => (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  for (let at = 0; at < bytes.length; at += 8) {
    s0 = (s0 + word(at) + s1) >>> 0;
    s1 = (s1 + word(at + 4) + s0) >>> 0;
  }
  return [s0, s1];
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
