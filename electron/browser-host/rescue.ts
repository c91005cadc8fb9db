import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DATABASE_FILE, isDiskFailure, type SqliteDatabase } from '../backend/database/open-database.ts';
import { openOrSalvage } from '../backend/database/salvage/salvage-database.ts';
import { markExported, rescueFile } from '../backend/outbox/rescue-file.ts';
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
  const db = openOrSalvage({ dataDir: data, probe: noProbe, now });
  if (!db.ok) return err(describeStartError(db.error, data));
  try {
    const { text, applications } = rescueFile(db.value, data, now());
    const file = openSync(out, 'wx', 0o600);
    const marked = mark(db.value, now());
    try {
      writeFileSync(file, text, { flush: true });
    } finally {
      closeSync(file);
    }
    return ok(JSON.stringify({ file: out, applications, marked }));
  } catch (error) {
    return err(`cannot write ${out}: ${error instanceof Error ? error.message : 'it failed'}`);
  } finally {
    db.value.close();
  }
}

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
