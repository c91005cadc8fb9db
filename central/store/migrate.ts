import { sql } from 'kysely';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { errorCode, type StartFailure } from '../start-failure.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Database } from './schema.ts';

const versionRowSchema = z.object({ version: z.int() });

/** Another central of the same database was faster: unique violation, or the table is there already. */
const LOST_RACE = new Set(['23505', '42P07']);
const ATTEMPTS = 5;

/**
 * Brings the database to this program's schema, each step in a transaction of its own. A database that a newer program
 * has migrated is refused, never touched. Several processes may start at once: the first one's version row makes the
 * others wait and look again.
 */
export async function migrate(db: Database): Promise<Result<void, StartFailure>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await migrateOnce(db);
    } catch (error) {
      if (attempt === ATTEMPTS || !LOST_RACE.has(errorCode(error) ?? '')) throw error;
    }
  }
}

async function migrateOnce(db: Database): Promise<Result<void, StartFailure>> {
  await sql`create table if not exists schema_versions (version integer primary key)`.execute(db);
  const { rows } = await sql`select version from schema_versions`.execute(db);
  const present = new Set(rows.map((row) => versionRowSchema.parse(row).version));
  const newest = MIGRATIONS.at(-1)?.version ?? 0;
  const reached = Math.max(0, ...present);
  if (reached > newest) {
    return err({
      code: 'database-newer',
      message: `the database has schema version ${reached}, this program knows ${newest}: start the newer program`,
    });
  }
  for (const migration of MIGRATIONS.filter(({ version }) => !present.has(version))) {
    await db.transaction().execute(async (transaction) => {
      await sql`insert into schema_versions (version) values (${migration.version})`.execute(transaction);
      await migration.up(transaction.schema, transaction);
    });
  }
  return ok(undefined);
}
