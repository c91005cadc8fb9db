import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { errorText, type StartFailure } from '../start-failure.ts';
import { migrate } from './migrate.ts';
import { openPglitePool } from './pglite-pool.ts';
import type { Database, Tables } from './schema.ts';

export type DatabaseLocation =
  | { readonly kind: 'postgres'; readonly url: string }
  /** For demo and development only: it runs without fsync. */
  | { readonly kind: 'pglite'; readonly dataDirectory: string };

/** Longer than any order takes; then the request is answered with 409 and the client asks again. */
const LOCK_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const CONNECTIONS = 10;

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
  const pool = new pg.Pool({
    connectionString: location.url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    keepAlive: true,
  });
  // Without a listener a connection that the server drops while idle would end the process.
  pool.on('error', (error) => logger.warn({ error: errorText(error) }, 'database connection lost'));
  return pool;
}
