import { join } from 'node:path';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { ensureFolder } from '../database/ensure-folder.ts';
import { isDiskFailure, type SqliteDatabase } from '../database/open-database.ts';
import { writeForGood } from '../database/small-file.ts';
import { rescueFile } from './rescue-file.ts';

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
  const { text, applications } = rescueFile(db, now);
  const name = `${new Date(now).toISOString().replaceAll(/[-:.]/g, '')}.rescue`;
  try {
    const folder = join(dataDir, FOLDER);
    ensureFolder(folder);
    writeForGood(folder, name, Buffer.from(text));
  } catch (error) {
    return err(isDiskFailure(error) ? 'disk-full' : 'not-writable');
  }
  return ok({ file: `${FOLDER}/${name}`, applications });
}
