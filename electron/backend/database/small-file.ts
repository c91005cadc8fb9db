import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** null: there is no such file. */
export function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes a file for its owner only; it is on disk whole and with its name when this returns, or not there at all. */
export function writeForGood(folder: string, name: string, bytes: Buffer): void {
  makeForGood(folder, name, (file) => {
    writeWhole(file, bytes, 0);
  });
}

/** The same for a file that is written piece by piece. @param fill writes into the open file */
export function makeForGood(folder: string, name: string, fill: (file: number) => void): void {
  const unfinished = join(folder, `${name}.unfinished`);
  try {
    const file = openSync(unfinished, 'w', 0o600);
    try {
      fill(file);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    // What is left of it would keep a full disk full.
    rmSync(unfinished, { force: true });
    throw error;
  }
  renameSync(unfinished, join(folder, name));
  syncFolder(folder);
}

/**
 * Until all of it is written: a disk that is about to be full takes a part and calls that a success.
 * @returns how many bytes that were
 */
export function writeWhole(file: number, bytes: Buffer, at: number): number {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written, bytes.length - written, at + written);
  return written;
}

/** Puts other bytes where a secret was, before its file goes. What the disk itself keeps of it is beyond us. */
export function overwrite(path: string, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, bytes, 0, bytes.length, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** So that a name made or taken away in it stays so. Windows knows no such thing and journals names by itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
