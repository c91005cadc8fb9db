import { build } from '../../tools/build.mjs';
import { startPostgres } from './postgres.ts';

const POSTGRES_OF_RUN = 'MADOGUCHI_TEST_POSTGRES';

/**
 * The programs, and one PostgreSQL for every central of the run: a central starts on it in a third of the time that the
 * embedded one takes, and it is what a real one runs on. The workers inherit its address.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  await build();
  const postgres = await startPostgres();
  process.env[POSTGRES_OF_RUN] = postgres.url;
  return () => postgres.stop();
}

/** `postgres://…` of its administrative database. */
export function postgresOfRun(): string {
  const url = process.env[POSTGRES_OF_RUN];
  if (url === undefined) throw new Error('this runs in Playwright only, whose global setup starts PostgreSQL');
  return url;
}
