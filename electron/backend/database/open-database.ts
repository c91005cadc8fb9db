import Database from 'better-sqlite3';
import { linkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StepProbe } from '../step-probe.ts';
import { ensureFolder } from './ensure-folder.ts';
import { MIGRATIONS, type Migration } from './migrations.ts';

export type SqliteDatabase = Database.Database;

export type OpenDatabaseError =
  /** Another process works on this folder. */
  | { readonly code: 'database-in-use' }
  /** Written by a newer program; refused, never reset. */
  | { readonly code: 'database-newer'; readonly version: number; readonly supported: number }
  | { readonly code: 'database-corrupt' }
  | { readonly code: 'data-not-writable' }
  | { readonly code: 'disk-full' }
  /** SQLite does not promise what an acknowledgement needs on this disk. */
  | { readonly code: 'database-not-durable' };

export const DATABASE_FILE = 'terminal.sqlite3';
/** SQLite's own name for it. @param path of a database */
export const logOf = (path: string): string => `${path}-wal`;
const START_LOCK_FILE = 'start.lock';
const OTHER_NAME = 'other-name.sqlite3';
const LOCK_WAIT_MS = 300;
const SYNCHRONOUS_FULL = 2;
const UNREADABLE: readonly string[] = ['SQLITE_IOERR_READ', 'SQLITE_IOERR_SHORT_READ', 'SQLITE_IOERR_CORRUPTFS'];
/** A number beyond this is no program's but rot. */
const MOST_VERSIONS = 9_999;

/**
 * Opens the terminal's database for this process alone, durable and migrated. The lock is the operating system's on
 * the file, so that it ends with the process however that ends.
 */
export function openDatabase(input: {
  dataDir: string;
  probe: StepProbe;
  migrations?: readonly Migration[];
}): Result<SqliteDatabase, OpenDatabaseError> {
  let db: SqliteDatabase | undefined;
  try {
    ensureFolder(input.dataDir);
    db = new Database(join(input.dataDir, DATABASE_FILE), { timeout: LOCK_WAIT_MS });
    const prepared = prepare(db, input.migrations ?? MIGRATIONS, input.probe);
    if (prepared.ok) return ok(db);
    db.close();
    return prepared;
  } catch (error) {
    db?.close();
    const code = openErrorCode(error);
    if (code === null) throw error;
    return err({ code });
  }
}

/**
 * So that one start at a time looks at the database and, where it is damaged, puts another in its place: between these
 * steps nobody has it open, so its own lock keeps nobody off. Also the operating system's, on a file that stays empty.
 * @returns lets go of it
 */
export function lockStart(dataDir: string): Result<() => void, OpenDatabaseError> {
  let lock: SqliteDatabase | undefined;
  try {
    ensureFolder(dataDir);
    lock = new Database(join(dataDir, START_LOCK_FILE), { timeout: LOCK_WAIT_MS });
    lock.exec('begin exclusive');
    const held = lock;
    return ok(() => held.close());
  } catch (error) {
    lock?.close();
    const code = openErrorCode(error);
    if (code === null) throw error;
    return err({ code });
  }
}

/**
 * Whether nobody works on this folder, found without SQLite's looking at the log: it reads it as far as it fits, and
 * removes it. The lock is the file's under each of its names, while the log belongs to one of them.
 */
export function tryLock(dataDir: string): Result<void, OpenDatabaseError> {
  const other = join(dataDir, OTHER_NAME);
  let db: SqliteDatabase | undefined;
  try {
    rmSync(other, { force: true });
    linkSync(join(dataDir, DATABASE_FILE), other);
    db = new Database(other, { timeout: LOCK_WAIT_MS });
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('begin exclusive; commit');
    return ok(undefined);
  } catch (error) {
    const code = openErrorCode(error);
    if (code === null) throw error;
    // It was there to be read.
    return code === 'database-corrupt' ? ok(undefined) : err({ code });
  } finally {
    db?.close();
    rmSync(other, { force: true });
  }
}

function prepare(
  db: SqliteDatabase,
  migrations: readonly Migration[],
  probe: StepProbe,
): Result<void, OpenDatabaseError> {
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  // better-sqlite3 falls back to NORMAL whenever an existing WAL database is opened again.
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  db.pragma('wal_autocheckpoint = 1000');
  db.exec('begin exclusive; commit');
  if (!isDurable(db)) return err({ code: 'database-not-durable' });
  if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return err({ code: 'database-corrupt' });
  const supported = migrations.at(-1)?.version ?? 0;
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > MOST_VERSIONS) return err({ code: 'database-corrupt' });
  if (version > supported) return err({ code: 'database-newer', version, supported });
  const due = migrations.filter((one) => one.version > version);
  if (due.length > 0 && !isOfVersion(db, migrations, version)) return err({ code: 'database-corrupt' });
  for (const migration of due) migrate(db, migration, probe);
  return ok(undefined);
}

/** Its schema is what its number says: where one of them has rotted, a migration would fail or do harm. */
function isOfVersion(db: SqliteDatabase, migrations: readonly Migration[], version: number): boolean {
  const model = new Database(':memory:');
  try {
    for (const one of migrations.filter((migration) => migration.version <= version)) model.exec(one.sql);
    return JSON.stringify(schemaOf(db)) === JSON.stringify(schemaOf(model));
  } finally {
    model.close();
  }
}

const schemaOf = (db: SqliteDatabase): unknown =>
  db.prepare('select type, name, sql from sqlite_master order by type, name').all();

function migrate(db: SqliteDatabase, { version, sql }: Migration, probe: StepProbe): void {
  try {
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
      probe.reached('migrate.applied');
    })();
  } catch (error) {
    // A mistake in the program: nothing is wrong with the data, which waits for a program without it.
    if (errorCode(error) === 'SQLITE_ERROR')
      throw new Error(`the database's change to version ${version} fails`, { cause: error });
    throw error;
  }
  probe.reached('migrate.committed');
}

/** What an acknowledgement stands on; asserted at every open. */
export function isDurable(db: SqliteDatabase): boolean {
  return (
    db.pragma('journal_mode', { simple: true }) === 'wal' &&
    db.pragma('synchronous', { simple: true }) === SYNCHRONOUS_FULL &&
    db.pragma('secure_delete', { simple: true }) === 1
  );
}

/** True for a write that failed because the disk is full or broken; the transaction was rolled back. */
export function isDiskFailure(error: unknown): boolean {
  const code = errorCode(error);
  return isDiskFull(error) || code === 'EIO' || code.startsWith('SQLITE_IOERR');
}

export function isDiskFull(error: unknown): boolean {
  return ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(errorCode(error));
}

export function openErrorCode(error: unknown): Exclude<OpenDatabaseError['code'], 'database-newer'> | null {
  const code = errorCode(error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'database-in-use';
  // SQLITE_ERROR: its header asks for something that no SQLite has, or its schema isn't what its version says.
  if (code.startsWith('SQLITE_CORRUPT') || ['SQLITE_NOTADB', 'SQLITE_ERROR'].includes(code)) return 'database-corrupt';
  // A sector that can't be read any more, under a disk that may otherwise be well.
  if (UNREADABLE.includes(code)) return 'database-corrupt';
  if (isDiskFailure(error)) return 'disk-full';
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) return 'data-not-writable';
  return ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(code) ? 'data-not-writable' : null;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
