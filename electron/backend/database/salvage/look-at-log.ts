import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../../shared/domain/result.ts';
import { DATABASE_FILE, logOf, openErrorCode, type OpenDatabaseError, tryLock } from '../open-database.ts';
import { readLog } from './read-log.ts';

/**
 * To be asked before SQLite opens the database: of a log in which something has rotted it takes what stands before that,
 * says nothing, and removes the rest.
 */
export function isLogCut(dataDir: string): Result<boolean, OpenDatabaseError> {
  const database = join(dataDir, DATABASE_FILE);
  if (!existsSync(database)) return ok(false);
  try {
    if (!readLog(logOf(database)).isCut) return ok(false);
    const lock = tryLock(dataDir);
    if (!lock.ok) return lock;
    // The log of a terminal that runs changes while it is read; and a failing disk may read a sector the next time.
    return ok(readLog(logOf(database)).isCut);
  } catch (error) {
    const code = openErrorCode(error);
    if (code === null) throw error;
    return err({ code });
  }
}
