import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { errorText, type StartFailure } from '../start-failure.ts';
import { migrate } from './migrate.ts';
import { openPglitePool } from './pglite-pool.ts';
import { openPostgresPool } from './postgres-pool.ts';
import type { Database, Tables } from './schema.ts';

export type DatabaseLocation =
  | { readonly kind: 'postgres'; readonly url: string }
  /** For demo and development only: it runs without fsync. */
  | { readonly kind: 'pglite'; readonly dataDirectory: string };

export async function openDatabase(
  location: DatabaseLocation,
  logger: FastifyBaseLogger,
): Promise<Result<Database, StartFailure>> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: () => openPool(location, logger) }) });
  try {
    const migrated = await migrate(db);
    if (migrated.ok) return ok(db);
    await db.destroy();
    return migrated;
  } catch (error) {
    await db.destroy();
    return err({ code: 'database', message: `cannot open the database: ${errorText(error)}` });
  }
}

async function openPool(location: DatabaseLocation, logger: FastifyBaseLogger): Promise<PostgresPool> {
  if (location.kind === 'pglite') return openPglitePool(join(location.dataDirectory, 'pglite'));
  return openPostgresPool(location.url, (error) =>
    logger.warn({ error: errorText(error) }, 'database connection lost'),
  );
}
