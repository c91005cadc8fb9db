import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isDiskFailure, logOf } from '../open-database.ts';
import { PAGE_BYTES } from './page-bytes.ts';
import type { LogPages } from './read-log.ts';

export type RawValue = null | number | string | Buffer;

/** What one page of a database says, whatever has become of the others. */
export type RawRecord =
  /** Of a table. Its rowid is no part of the values: a column that is an alias of it holds null. */
  | { readonly kind: 'row'; readonly rowid: number; readonly values: readonly RawValue[] }
  /** Of an index: its columns, and the rowid last. */
  | { readonly kind: 'index'; readonly values: readonly RawValue[] };

const FILE_HEADER_BYTES = 100;
const TABLE_LEAF = 0x0d;
const INDEX_LEAF = 0x0a;
const INDEX_INTERIOR = 0x02;
/** What of a record lies on its page at most (SQLite's file format, "cell payload overflow pages"). */
const MOST_OF_ROW = PAGE_BYTES - 35;
const MOST_OF_INDEX = Math.floor(((PAGE_BYTES - 12) * 64) / 255) - 23;
const LEAST = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
/** More than any record of a terminal has; a damaged length must not ask for all of the memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Something here is no record, or not of this database any more. */
class Damaged extends Error {}

/**
 * Every record that can still be read in a damaged database, page by page and without SQLite: no page is found by
 * another one, so that a damaged one costs what is on it and nothing else. Whoever takes a record checks that it is one.
 */
export function* rawRecords(path: string, log: LogPages): Generator<RawRecord> {
  const pages = openPages(path, log);
  try {
    for (let number = 1; number <= pages.count; number += 1) {
      const page = readIfPossible(pages, number);
      if (page === null) continue;
      const start = number === 1 ? FILE_HEADER_BYTES : 0;
      const type = page[start];
      if (type !== TABLE_LEAF && type !== INDEX_LEAF && type !== INDEX_INTERIOR) continue;
      const cells = page.readUInt16BE(start + 3);
      const pointers = start + (type === INDEX_INTERIOR ? 12 : 8);
      for (let at = 0; at < cells && pointers + at * 2 + 2 <= PAGE_BYTES; at += 1) {
        const record = readCell(pages, page, { type, at: page.readUInt16BE(pointers + at * 2) });
        if (record !== null) yield record;
      }
    }
  } finally {
    pages.close();
  }
}

interface Pages {
  readonly count: number;
  /** @throws Damaged */
  read(number: number): Buffer;
  close(): void;
}

/** The newest of each: in SQLite's log, or in the file itself. */
function openPages(path: string, { offsets }: LogPages): Pages {
  const file = openSync(path, 'r');
  const log = offsets.size === 0 ? null : openSync(logOf(path), 'r');
  const inFile = Math.floor(fstatSync(file).size / PAGE_BYTES);
  return {
    // Not as arguments: a log that no checkpoint emptied for long has more pages than a call takes.
    count: [...offsets.keys()].reduce((most, number) => Math.max(most, number), inFile),
    read: (number) => {
      const offset = offsets.get(number);
      return log === null || offset === undefined ? readPage(file, (number - 1) * PAGE_BYTES) : readPage(log, offset);
    },
    close: () => {
      closeSync(file);
      if (log !== null) closeSync(log);
    },
  };
}

function readIfPossible(pages: Pages, number: number): Buffer | null {
  try {
    return pages.read(number);
  } catch (error) {
    if (error instanceof Damaged) return null;
    throw error;
  }
}

function readPage(file: number, at: number): Buffer {
  const page = Buffer.alloc(PAGE_BYTES);
  if (readOrDamaged(file, page, at) !== PAGE_BYTES) throw new Damaged();
  return page;
}

/** A sector that the disk doesn't give any more costs no other page either. */
function readOrDamaged(file: number, page: Buffer, at: number): number {
  try {
    return readSync(file, page, 0, PAGE_BYTES, at);
  } catch (error) {
    if (isDiskFailure(error)) throw new Damaged();
    throw error;
  }
}

/** null: it is damaged. */
function readCell(pages: Pages, page: Buffer, cell: { type: number; at: number }): RawRecord | null {
  try {
    const reader = new Reader(page, cell.type === INDEX_INTERIOR ? cell.at + 4 : cell.at);
    const length = reader.varint();
    const rowid = cell.type === TABLE_LEAF ? reader.varint() : 0;
    const most = cell.type === TABLE_LEAF ? MOST_OF_ROW : MOST_OF_INDEX;
    const values = readValues(readPayload(pages, reader, length, most));
    return cell.type === TABLE_LEAF ? { kind: 'row', rowid, values } : { kind: 'index', values };
  } catch (error) {
    if (error instanceof Damaged) return null;
    throw error;
  }
}

function readPayload(pages: Pages, reader: Reader, length: number, most: number): Buffer {
  if (length > MOST_BYTES) throw new Damaged();
  if (length <= most) return reader.take(length);
  const whenSplit = LEAST + ((length - LEAST) % (PAGE_BYTES - 4));
  const parts = [reader.take(whenSplit <= most ? whenSplit : LEAST)];
  let left = length - (parts[0]?.length ?? 0);
  let next = reader.take(4).readUInt32BE();
  while (left > 0) {
    if (next === 0) throw new Damaged();
    const page = pages.read(next);
    next = page.readUInt32BE();
    parts.push(page.subarray(4, 4 + Math.min(left, PAGE_BYTES - 4)));
    left -= PAGE_BYTES - 4;
  }
  return Buffer.concat(parts);
}

/** SQLite's record format: the type of each value, then the values. */
function readValues(payload: Buffer): RawValue[] {
  const reader = new Reader(payload, 0);
  const headerEnd = reader.varint();
  const types: number[] = [];
  while (reader.at < headerEnd) types.push(reader.varint());
  if (reader.at !== headerEnd) throw new Damaged();
  const values = types.map((type) => readValue(reader, type));
  if (reader.at !== payload.length) throw new Damaged();
  return values;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];
const utf8 = new TextDecoder('utf-8', { fatal: true });

function readValue(reader: Reader, type: number): RawValue {
  if (type === 0) return null;
  if (type <= 6) return integerOf(reader.take(INTEGER_BYTES[type] ?? 0));
  if (type === 7) return reader.take(8).readDoubleBE();
  if (type === 8 || type === 9) return type - 8;
  if (type < 12) throw new Damaged();
  const bytes = reader.take(Math.floor((type - 12) / 2));
  if (type % 2 === 0) return bytes;
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Damaged();
  }
}

function integerOf(bytes: Buffer): number {
  const value = bytes.length === 8 ? Number(bytes.readBigInt64BE()) : bytes.readIntBE(0, bytes.length);
  if (!Number.isSafeInteger(value)) throw new Damaged();
  return value;
}

class Reader {
  constructor(
    private readonly bytes: Buffer,
    public at: number,
  ) {}

  take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new Damaged();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** Seven bits in each byte, the highest first; all eight of a ninth one. */
  varint(): number {
    let value = 0n;
    for (let nth = 1; nth <= 9; nth += 1) {
      const byte = this.take(1)[0] ?? 0;
      if (nth === 9) {
        value = (value << 8n) | BigInt(byte);
        break;
      }
      value = (value << 7n) | BigInt(byte & 0x7f);
      if (byte < 0x80) break;
    }
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Damaged();
    return Number(value);
  }
}
