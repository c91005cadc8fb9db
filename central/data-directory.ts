import { accessSync, constants, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { err, ok, type Result } from '../shared/domain/result.ts';
import { errorCode, errorText, type StartFailure } from './start-failure.ts';

/** Makes the folder (0700) when it is missing and checks that central may write there. */
export function openDataDirectory(directory: string): Result<string, StartFailure> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.W_OK | constants.X_OK);
    const probe = join(directory, `.write-check-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return ok(directory);
  } catch (error) {
    return err({ code: 'data-directory', message: `cannot write to ${directory}: ${errorText(error)}` });
  }
}

/**
 * Refuses a second central on the folder: two processes destroy a PGlite database. The lock is SQLite's own lock on a
 * file, because the system drops it when its holder dies, however it dies: no stale lock, no race in taking it over.
 */
export function lockDataDirectory(directory: string): Result<{ readonly release: () => void }, StartFailure> {
  try {
    const lock = new SqliteDatabase(join(directory, 'central.lock'), { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      if (errorCode(error) !== 'SQLITE_BUSY') throw error;
      return err({ code: 'in-use', message: `${directory} is in use by another central` });
    }
    return ok({
      release: () => {
        lock.close();
      },
    });
  } catch (error) {
    return err({ code: 'data-directory', message: `cannot lock ${directory}: ${errorText(error)}` });
  }
}

/**
 * The secret in that file; made by `create` (0600) when there is none. Two processes that start at once end up with
 * the same secret: the file appears complete or not at all, and only the first one's stays.
 */
export async function readOrCreateSecret(path: string, create: () => Promise<string>): Promise<string> {
  const present = readIfPresent(path);
  if (present !== null) return present;
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, await create(), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8');
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
