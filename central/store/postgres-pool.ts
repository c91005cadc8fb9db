import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { prepareStatements } from './prepared-statements.ts';
import { WITH_COMMIT } from './with-commit.ts';

/** Longer than any order takes; then the request is answered with 409 and the client asks again. */
const LOCK_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const CONNECTIONS = 10;

/** @param onLost told of a connection that the server drops while idle */
export function openPostgresPool(url: string, onLost: (error: Error) => void): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    keepAlive: true,
    pipeline: true,
  });
  // Without a listener it would end the process.
  pool.on('error', onLost);
  // Kysely remembers a connection by its client, so it is the same object each time.
  const clients = new WeakMap<pg.PoolClient, TransactionClient>();
  return {
    connect: async () => {
      const connected = await pool.connect();
      const client = clients.get(connected) ?? new TransactionClient(connected);
      clients.set(connected, client);
      return client;
    },
    end: () => pool.end(),
  };
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The same on each connection. */
const nameOf = prepareStatements();

const DONE: PostgresQueryResult<never> = { command: 'SELECT', rowCount: 0, rows: [] };

/**
 * Saves a transaction round trips, each of which other transactions may have to wait for: BEGIN travels with the first
 * statement, and with COMMIT what is marked for it.
 */
class TransactionClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  #transaction: 'none' | 'due' | 'begun' = 'none';
  #withCommit: Statement[] = [];

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  release(isLost?: boolean): void {
    this.#client.release(isLost);
  }

  query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(text: string | PostgresCursor<R>, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new Error('central reads no cursors');
    return this.#run({ text, values });
  }

  async #run(asked: Statement): Promise<unknown> {
    switch (asked.text) {
      case 'begin':
        this.#transaction = 'due';
        return DONE;
      case 'commit':
        return this.#end(asked, this.#withCommit);
      case 'rollback':
        return this.#end(asked, []);
      default:
    }
    // Kysely begins so where an isolation level is asked for.
    if (asked.text.startsWith('start transaction')) throw new Error('central sets no isolation level');
    // Now, while it can still undo the transaction: what travels together is begun and committed without it.
    const statement = { text: asked.text, values: asked.values.map(sendable) };
    if (this.#transaction !== 'none' && statement.text.startsWith(WITH_COMMIT)) {
      this.#withCommit.push(statement);
      return DONE;
    }
    return this.#sendTogether(this.#begun([statement]));
  }

  #end(ending: Statement, before: readonly Statement[]): Promise<unknown> {
    const isAsked = this.#transaction === 'begun' || before.length > 0;
    const statements = isAsked ? this.#begun([...before, ending]) : [];
    this.#transaction = 'none';
    this.#withCommit = [];
    return this.#sendTogether(statements);
  }

  #begun(statements: readonly Statement[]): readonly Statement[] {
    if (this.#transaction !== 'due') return statements;
    this.#transaction = 'begun';
    return [{ text: 'begin', values: [] }, ...statements];
  }

  /** @returns the last one's result. Where one fails, the server refuses those after it, so the first error counts. */
  async #sendTogether(statements: readonly Statement[]): Promise<unknown> {
    const { stream } = this.#client.connection;
    stream.cork();
    const sent = statements.map(({ text, values }) => {
      const name = values.length === 0 ? undefined : nameOf(text);
      return this.#client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
    });
    stream.uncork();
    let last: unknown = DONE;
    for (const outcome of await Promise.allSettled(sent)) {
      if (outcome.status === 'rejected') throw outcome.reason;
      last = outcome.value;
    }
    return last;
  }
}

/** SQLSTATE of a value that can't be one. */
const DATA_EXCEPTION = '22000';

/** As the driver sends it, so that it refuses nothing any more. */
function sendable(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(sendable);
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw Object.assign(new Error('a value cannot be sent', { cause }), { code: DATA_EXCEPTION });
  }
}
