import { renameSync } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../backend/database/small-file.ts';

const newBeside = (program: string): string => `${program}.new`;

/** Puts the new one on disk in the program's own folder: only within one does a name change hands at once. */
export async function layBeside(program: string, fetched: string): Promise<void> {
  await copyFile(fetched, newBeside(program));
  const file = await open(newBeside(program), 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whenever power goes, one of the two stands whole under the program's name. */
export function putInPlace(program: string): void {
  renameSync(newBeside(program), program);
  syncFolder(dirname(program));
}
