import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { createDatabase, findPostgresPrograms, type Postgres, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests ask for a database. */
    databaseBroker: string;
    hasPostgres: boolean;
  }
}

let broker: Server | undefined;
let cluster: Promise<Postgres> | undefined;
let pglite: Promise<string> | undefined;

/** The databases of the whole run, each started by the first test that asks for it, so that others don't wait. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const hasPostgres = (await findPostgresPrograms()) !== undefined;
  if (!hasPostgres) {
    if (process.getuid?.() === 0) throw new Error('PostgreSQL is not installed: npm test installs it');
    process.stderr.write(
      '\n*** PostgreSQL is not installed: its tests are SKIPPED (apt-get install postgresql) ***\n\n',
    );
  }
  broker ??= await startBroker();
  const address = broker.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  project.provide('databaseBroker', `http://127.0.0.1:${String(address.port)}`);
  project.provide('hasPostgres', hasPostgres);
  return tearDown;
}

async function startBroker(): Promise<Server> {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://broker');
    // Kept open, it would now and then be closed just when the next test asks.
    response.setHeader('connection', 'close');
    const answer = asked.pathname === '/pglite' ? initialisedPglite() : newDatabase(asked.searchParams.get('name'));
    answer.then(
      (place) => response.end(place),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return server;
}

async function newDatabase(name: string | null): Promise<string> {
  cluster ??= startPostgres();
  return createDatabase((await cluster).url, name ?? 'test', null);
}

/** The folder of an empty PGlite that nobody opens: making one takes five seconds, copying it a tenth of one. */
function initialisedPglite(): Promise<string> {
  pglite ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'madoguchi-pglite-'));
    await (await PGlite.create(join(folder, 'pglite'))).close();
    return folder;
  })();
  return pglite;
}

async function tearDown(): Promise<void> {
  const [startedCluster, startedPglite] = [cluster, pglite];
  cluster = undefined;
  pglite = undefined;
  broker?.close();
  broker = undefined;
  await (await startedCluster)?.stop();
  if (startedPglite !== undefined) await rm(await startedPglite, { recursive: true, force: true });
}
