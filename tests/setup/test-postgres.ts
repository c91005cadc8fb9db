import { inject } from 'vitest';

/** False only on a developer's machine without PostgreSQL: `describe.skipIf(!hasPostgres())`. */
export const hasPostgres = (): boolean => inject('postgresBroker') !== null;

/** An empty database of its own on the run's PostgreSQL, as a `postgres://…` URL. */
export async function createTestDatabase(name: string): Promise<string> {
  const broker = inject('postgresBroker');
  if (broker === null) throw new Error('PostgreSQL is not installed: guard with hasPostgres()');
  const response = await fetch(`${broker}/?name=${encodeURIComponent(name)}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
