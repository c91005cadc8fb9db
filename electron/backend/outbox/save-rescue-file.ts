import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { ensureFolder } from '../database/ensure-folder.ts';
import { isDiskFull, type SqliteDatabase } from '../database/open-database.ts';
import { makeForGood } from '../database/small-file.ts';
import { markExported, writeRescueFile } from './rescue-file.ts';

export interface SavedRescueFile {
  /** Its place in the data folder. */
  readonly file: string;
  readonly applications: number;
}

const FOLDER = 'rescue';

/** @param now epoch ms; a later file doesn't take the place of an earlier one */
export function saveRescueFile(
  db: SqliteDatabase,
  dataDir: string,
  now: number,
): Result<SavedRescueFile, 'disk-full' | 'not-writable'> {
  const folder = join(dataDir, FOLDER);
  const name = `${new Date(now).toISOString().replaceAll(/[-:.]/g, '')}.rescue`;
  let unmark = (): void => undefined;
  try {
    unmark = markExported(db, now);
    let applications = 0;
    ensureFolder(folder);
    makeForGood(folder, name, (file) => {
      applications = writeRescueFile(file, { db, dataDir, exportedAt: now });
    });
    return ok({ file: `${FOLDER}/${name}`, applications });
  } catch (error) {
    // It may be there all the same, where only its name wasn't known to be on disk for good.
    if (!existsSync(join(folder, name))) tryTo(unmark);
    return err(isDiskFull(error) ? 'disk-full' : 'not-writable');
  }
}

function tryTo(unmark: () => void): void {
  try {
    unmark();
  } catch {
    // Marked for nothing: central can still be asked to take them as withdrawn.
  }
}
