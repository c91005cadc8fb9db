import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const START_ATTEMPTS = 3;

export interface Postgres {
  /** `postgres://…` of the administrative database. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The server's programs, newest version first; undefined where PostgreSQL isn't installed. */
export async function findPostgresPrograms(): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(':');
  const debian = '/usr/lib/postgresql';
  if (existsSync(debian)) {
    const versions = (await readdir(debian)).filter((name) => /^\d+$/.test(name)).map(Number);
    versions.sort((a, b) => b - a);
    folders.unshift(...versions.map((version) => join(debian, String(version), 'bin')));
  }
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

/**
 * A cluster of its own in a temporary folder, on a free port of the loopback interface. As root everything runs as the
 * user `postgres`, since initdb refuses root.
 * @param isDurable false: it doesn't sync to disk, since it never outlives the tests
 */
export async function startPostgres(isDurable = false): Promise<Postgres> {
  const programs = await findPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed (apt-get install postgresql)');
  const asRoot = process.getuid?.() === 0;
  const runProgram = (name: string, args: readonly string[]) =>
    asRoot
      ? run('runuser', ['-u', 'postgres', '--', join(programs, name), ...args], { cwd: '/' })
      : run(join(programs, name), args, { cwd: '/' });

  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-postgres-'));
  try {
    if (asRoot) await chown(folder, await postgresId('-u'), await postgresId('-g'));
    const data = join(folder, 'data');
    const options = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
    await runProgram('initdb', ['--pgdata', data, ...options]);
    const port = await startOnFreePort(data, folder, runProgram, isDurable);
    return {
      url: `postgres://postgres@127.0.0.1:${String(port)}/postgres`,
      stop: async () => {
        await runProgram('pg_ctl', ['stop', '--pgdata', data, '--mode', 'immediate', '--silent']);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * A database of its own whose name begins with `name`.
 * @param template URL of a database that nobody is connected to: the new one is its copy; null: the new one is empty
 * @returns its URL
 */
export async function createDatabase(server: string, name: string, template: string | null): Promise<string> {
  const database = `${name}_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const copied = template === null ? '' : ` TEMPLATE ${pg.escapeIdentifier(new URL(template).pathname.slice(1))}`;
    await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}${copied}`);
  } finally {
    await client.end();
  }
  return new URL(`/${database}`, server).href;
}

type RunProgram = (name: string, args: readonly string[]) => Promise<unknown>;

async function startOnFreePort(
  data: string,
  folder: string,
  runProgram: RunProgram,
  isDurable: boolean,
): Promise<number> {
  const log = join(folder, 'server.log');
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const server = `-p ${String(port)} -k ${folder} -h 127.0.0.1 ${isDurable ? '' : '-F '}-c max_connections=200`;
    try {
      await runProgram('pg_ctl', ['start', '--pgdata', data, '--wait', '--silent', '--log', log, '-o', server]);
      return port;
    } catch (error) {
      // Another process may have taken the port since; anything else will fail again and is then reported.
      if (attempt < START_ATTEMPTS) continue;
      throw new Error(`PostgreSQL didn't start:\n${await readFile(log, 'utf8')}`, { cause: error });
    }
  }
}

async function postgresId(which: '-u' | '-g'): Promise<number> {
  return Number((await run('id', [which, 'postgres'])).stdout);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
