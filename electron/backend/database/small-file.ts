import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
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
  const unfinished = join(folder, `${name}.unfinished`);
  try {
    // Until all of it is written: a disk that is about to be full takes a part and calls that a success.
    writeFileSync(unfinished, bytes, { mode: 0o600, flush: true });
  } catch (error) {
    // What is left of it would keep a full disk full.
    rmSync(unfinished, { force: true });
    throw error;
  }
  renameSync(unfinished, join(folder, name));
  syncFolder(folder);
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
