import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE, isDiskFailure, logOf } from '../open-database.ts';
import { writeWhole } from '../small-file.ts';
import { PAGE_BYTES } from './page-bytes.ts';
import { type LogPages, readLog } from './read-log.ts';
import { READY_FILE } from './salvage-database.ts';

/** A start ended while the new database was about to take the damaged one's place. */
export const isBeingSalvaged = (dataDir: string): boolean => existsSync(join(dataDir, READY_FILE));

/**
 * Copies a terminal's database off a broken disk; zeros stand for what the disk doesn't give any more.
 * @returns whether something of its log is lost, which the copy tells nothing of
 */
export function copyReadable(dataDir: string, to: string): boolean {
  if (isBeingSalvaged(dataDir)) {
    copy(join(dataDir, READY_FILE), join(to, DATABASE_FILE));
    return false;
  }
  const database = join(dataDir, DATABASE_FILE);
  copy(database, join(to, DATABASE_FILE));
  if (!existsSync(logOf(database))) return false;
  const log = readLog(logOf(database));
  if (log.isCut) putIn(log, logOf(database), join(to, DATABASE_FILE));
  else copy(logOf(database), logOf(join(to, DATABASE_FILE)));
  return log.isCut;
}

/** SQLite would take nothing of a log after a place that can't be read. */
function putIn({ offsets }: LogPages, path: string, to: string): void {
  const source = openSync(path, 'r');
  const target = openSync(to, 'r+');
  try {
    for (const [number, offset] of offsets) {
      writeWhole(target, readOrZeros(source, { at: offset, length: PAGE_BYTES }), (number - 1) * PAGE_BYTES);
    }
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function copy(from: string, to: string): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx', 0o600);
    try {
      const { size } = fstatSync(source);
      for (let at = 0; at < size; at += PAGE_BYTES) {
        writeWhole(target, readOrZeros(source, { at, length: Math.min(PAGE_BYTES, size - at) }), at);
      }
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

function readOrZeros(file: number, { at, length }: { at: number; length: number }): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    readSync(file, bytes, 0, length, at);
  } catch (error) {
    if (!isDiskFailure(error)) throw error;
  }
  return bytes;
}
