import { closeSync, existsSync, fsyncSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  DATABASE_FILE,
  isDiskFailure,
  openDatabase,
  type OpenDatabaseError,
  type SqliteDatabase,
} from '../backend/database/open-database.ts';
import { copyReadable, isBeingSalvaged } from '../backend/database/salvage/copy-readable.ts';
import { isLogCut } from '../backend/database/salvage/look-at-log.ts';
import { openOrSalvage } from '../backend/database/salvage/salvage-database.ts';
import { markExported, writeRescueFile } from '../backend/outbox/rescue-file.ts';
import { describeStartError } from '../backend/start-error.ts';
import { noProbe } from '../backend/step-probe.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';

const USAGE = 'usage: terminal rescue --data DIR --out FILE';

/**
 * Writes what waits in a terminal's folder into a rescue file: also of one that is broken or was taken out of service.
 * It must not run meanwhile. An existing file is never written over.
 * @returns one line for the operator
 */
export function rescue(args: readonly string[], now: () => number): Result<string, string> {
  let data: string | undefined;
  let out: string | undefined;
  try {
    ({ data, out } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, out: { type: 'string' } },
    }).values);
  } catch (error) {
    return err(`${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'wrong options'}; ${USAGE}`);
  }
  if (!data || !out) return err(USAGE);
  if (!existsSync(join(data, DATABASE_FILE))) return err(`there is no terminal's data in ${data}`);
  const source = openSource(data, out, now);
  if (!source.ok) return source;
  const { db, close } = source.value;
  try {
    const file = openSync(out, 'wx', 0o600);
    const marked = source.value.isCopy ? false : mark(db, now());
    try {
      const applications = writeRescueFile(file, { db, dataDir: data, exportedAt: now() });
      fsyncSync(file);
      const logCut = source.value.isLogCut || hasCutSalvage(db);
      return ok(JSON.stringify({ file: out, applications, marked, logCut }));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return err(`cannot write ${out}: ${error instanceof Error ? error.message : 'it failed'}`);
  } finally {
    close();
  }
}

interface Source {
  readonly db: SqliteDatabase;
  readonly isCopy: boolean;
  /** Something of SQLite's log is lost: what was withdrawn last may be among what waits. */
  readonly isLogCut: boolean;
  close(): void;
}

/** What it needs to be opened in place, a broken disk may not have: then a copy is, where the rescue file is to be. */
function openSource(data: string, out: string, now: () => number): Result<Source, string> {
  const opened = openInPlace(data);
  if (opened?.ok) return ok({ db: opened.value, isCopy: false, isLogCut: false, close: () => opened.value.close() });
  if (opened !== null && !COPIED.includes(opened.error.code)) return err(describeStartError(opened.error, data));
  let folder: string;
  try {
    folder = mkdtempSync(join(dirname(out), 'rescue-'));
  } catch (error) {
    return err(`cannot write ${out}: ${error instanceof Error ? error.message : 'it failed'}`);
  }
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const isCut = copyReadable(data, folder);
    const copy = openOrSalvage({ dataDir: folder, probe: noProbe, now });
    if (copy.ok) {
      const { value: db } = copy;
      return ok({
        db,
        isCopy: true,
        isLogCut: isCut,
        close: () => {
          db.close();
          remove();
        },
      });
    }
    remove();
    return err(describeStartError(copy.error, folder));
  } catch (error) {
    remove();
    return err(`cannot copy the database: ${error instanceof Error ? error.message : 'it failed'}`);
  }
}

/** null: only a copy may be opened. */
function openInPlace(data: string): Result<SqliteDatabase, OpenDatabaseError> | null {
  if (isBeingSalvaged(data)) return null;
  const cut = isLogCut(data);
  if (!cut.ok) return cut;
  return cut.value ? null : openDatabase({ dataDir: data, probe: noProbe });
}

/** By the terminal itself, and no staff have seen it. */
const hasCutSalvage = (db: SqliteDatabase): boolean =>
  db.prepare('select 1 from salvage where log_cut = 1 and confirmed_at is null').get() !== undefined;

const COPIED: readonly OpenDatabaseError['code'][] = [
  'database-corrupt',
  'disk-full',
  'data-not-writable',
  'database-not-durable',
];

/**
 * So that the terminal, should it run again, knows that central may get them. A disk that takes no writes any more is
 * what this is for, too: then they are not marked.
 */
function mark(db: SqliteDatabase, now: number): boolean {
  try {
    markExported(db, now);
    return true;
  } catch (error) {
    if (isDiskFailure(error)) return false;
    throw error;
  }
}
