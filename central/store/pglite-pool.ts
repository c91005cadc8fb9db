import { PGlite } from '@electric-sql/pglite';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';

/**
 * PGlite as a pool with one connection, for Kysely's own PostgreSQL dialect. Whoever connects has the database to
 * itself until it releases: with ready-made dialects a rolled-back insert survived beside another transaction.
 */
export async function openPglitePool(directory: string): Promise<PostgresPool> {
  const pglite = await PGlite.create(directory);
  const waiting: (() => void)[] = [];
  let taken = false;
  // Kysely remembers a connection by its client, so it is the same object each time.
  const client = new PgliteClient(pglite, () => {
    const next = waiting.shift();
    if (next === undefined) taken = false;
    else next();
  });
  return {
    connect: async () => {
      if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken = true;
      return client;
    },
    end: () => pglite.close(),
  };
}

class PgliteClient implements PostgresPoolClient {
  readonly #pglite: PGlite;
  readonly release: () => void;
  #aborted = false;

  constructor(pglite: PGlite, release: () => void) {
    this.#pglite = pglite;
    this.release = release;
  }

  query<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(statement: string | PostgresCursor<R>, parameters: readonly unknown[] = []): unknown {
    if (typeof statement !== 'string') throw new Error('central reads no cursors');
    return this.#run<R>(statement, parameters);
  }

  async #run<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const word = statement.slice(0, statement.search(/\s|$/)).toUpperCase();
    if (word === 'BEGIN') this.#aborted = false;
    try {
      const result = await this.#pglite.query<R>(statement, [...parameters]);
      // A server tells by its tag that COMMIT of an aborted transaction rolled it back; PGlite's results have no tag.
      const command = word === 'COMMIT' && this.#aborted ? 'ROLLBACK' : commandOf(word);
      return { command, rowCount: result.affectedRows ?? result.rows.length, rows: result.rows };
    } catch (error) {
      this.#aborted = true;
      throw error;
    }
  }
}

function commandOf(word: string): PostgresQueryResult<unknown>['command'] {
  switch (word) {
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'COMMIT':
    case 'ROLLBACK':
      return word;
    default:
      return 'SELECT';
  }
}
