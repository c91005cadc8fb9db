import { createServer, type Server } from 'node:http';
import type { TestProject } from 'vitest/node';
import { createDatabase, findPostgresPrograms, type Postgres, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `testPostgres` asks for a database; null where PostgreSQL isn't installed. */
    postgresBroker: string | null;
  }
}

let broker: Server | undefined;
let cluster: Promise<Postgres> | undefined;

/** One PostgreSQL for the whole run, started by the first test that asks for a database, so that others don't wait. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  if ((await findPostgresPrograms()) === undefined) {
    if (process.getuid?.() === 0) throw new Error('PostgreSQL is not installed: npm test installs it');
    process.stderr.write(
      '\n*** PostgreSQL is not installed: its tests are SKIPPED (apt-get install postgresql) ***\n\n',
    );
    project.provide('postgresBroker', null);
    return () => Promise.resolve();
  }
  broker ??= await startBroker();
  const address = broker.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  project.provide('postgresBroker', `http://127.0.0.1:${String(address.port)}`);
  return tearDown;
}

async function startBroker(): Promise<Server> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://broker').searchParams.get('name') ?? 'test';
    cluster ??= startPostgres();
    cluster
      .then((postgres) => createDatabase(postgres.url, name, null))
      .then(
        (url) => response.end(url),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return server;
}

async function tearDown(): Promise<void> {
  const started = cluster;
  cluster = undefined;
  broker?.close();
  broker = undefined;
  await (await started)?.stop();
}
