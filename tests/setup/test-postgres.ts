import { cp } from 'node:fs/promises';
import { inject } from 'vitest';

/** False only on a developer's machine without PostgreSQL: `describe.skipIf(!hasPostgres())`. */
export const hasPostgres = (): boolean => inject('hasPostgres');

/** An empty database of its own on the run's PostgreSQL, as a `postgres://…` URL. */
export async function createTestDatabase(name: string): Promise<string> {
  if (!hasPostgres()) throw new Error('PostgreSQL is not installed: guard with hasPostgres()');
  return askBroker(`/?name=${encodeURIComponent(name)}`);
}

/** For what no store does in its own way: PostgreSQL, the faster one, where it is; null: PGlite. */
export const createAnyDatabase = (name: string): Promise<string | null> =>
  hasPostgres() ? createTestDatabase(name) : Promise.resolve(null);

/** Puts an empty PGlite into central's data folder, as the first start of a central would. */
export async function putEmptyPglite(dataDirectory: string): Promise<void> {
  await cp(await askBroker('/pglite'), dataDirectory, { recursive: true });
}

async function askBroker(path: string): Promise<string> {
  const response = await fetch(`${inject('databaseBroker')}${path}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
