import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from './test-postgres.ts';

describe.skipIf(!hasPostgres())('the PostgreSQL of a test run', () => {
  it('gives every caller an empty database of its own, on version 15 or newer', async () => {
    const urls = await Promise.all([createTestDatabase('same'), createTestDatabase('same')]);
    expect(new Set(urls).size).toBe(2);
    for (const url of urls) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const version = await client.query<{ server_version_num: string }>('SHOW server_version_num');
      expect(Number(version.rows[0]?.server_version_num)).toBeGreaterThanOrEqual(150_000);
      await client.query('CREATE TABLE only_here (id integer)');
      await client.end();
    }
  });
});
