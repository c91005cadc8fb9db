import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE_FILE, isDiskFailure } from '../open-database.ts';
import { writeWhole } from '../small-file.ts';
import { READY_FILE } from './salvage-database.ts';

/** What a disk reads or fails to read at once. */
const PIECE_BYTES = 4096;

/** A start ended while the new database was about to take the damaged one's place. */
export const isBeingSalvaged = (dataDir: string): boolean => existsSync(join(dataDir, READY_FILE));

/** Copies a terminal's database off a broken disk; zeros stand for what the disk doesn't give any more. */
export function copyReadable(dataDir: string, to: string): void {
  if (isBeingSalvaged(dataDir)) return copy(join(dataDir, READY_FILE), join(to, DATABASE_FILE));
  const log = `${DATABASE_FILE}-wal`;
  copy(join(dataDir, DATABASE_FILE), join(to, DATABASE_FILE));
  if (existsSync(join(dataDir, log))) copy(join(dataDir, log), join(to, log));
}

function copy(from: string, to: string): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx', 0o600);
    try {
      const { size } = fstatSync(source);
      for (let at = 0; at < size; at += PIECE_BYTES) {
        writeWhole(target, readOrZeros(source, { at, length: Math.min(PIECE_BYTES, size - at) }), at);
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
