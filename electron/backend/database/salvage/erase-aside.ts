import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder, writeWhole } from '../small-file.ts';

const ZEROS = Buffer.alloc(1024 * 1024);

/** A damaged database that was kept aside, with every key in it. */
export function eraseAside(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    blank(join(folder, name));
    rmSync(join(folder, name));
  }
  rmSync(folder, { recursive: true });
  syncFolder(dirname(folder));
}

function blank(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    for (let at = 0; at < size; at += ZEROS.length) {
      writeWhole(file, ZEROS.subarray(0, Math.min(ZEROS.length, size - at)), at);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
