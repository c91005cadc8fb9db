import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createAnyDatabase, createTestDatabase, hasPostgres, putEmptyPglite } from '../../tests/setup/test-postgres.ts';
import type { Caller } from '../identity/caller.ts';
import { writeAudit } from '../store/audit.ts';
import { migrate } from '../store/migrate.ts';
import { MIGRATIONS } from '../store/migrations.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database, DatabaseTransaction, Tables } from '../store/schema.ts';
import { call, signIn } from '../testing/client.ts';
import { terminalToken } from '../testing/test-terminal.ts';
import { expectOk, startTestCentral } from '../testing/test-central.ts';
import { verifyAudit } from './verify-audit.ts';

const OPERATOR: Caller = { kind: 'operator', subject: 'operator', mayWrite: true, operates: true };
const AT = Date.UTC(2026, 10, 18, 3);

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('the audit log on %s', (store) => {
  let folder = '';
  let databases: Database[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'audit-'));
    if (store === 'pglite') await putEmptyPglite(folder);
    const location =
      store === 'postgres'
        ? { kind: 'postgres' as const, url: await createTestDatabase('audit') }
        : { kind: 'pglite' as const, dataDirectory: folder };
    const open = async () => expectOk(await openDatabase(location, pino({ level: 'fatal' })));
    databases = [await open(), ...(store === 'postgres' ? [await open()] : [])];
  });
  afterAll(async () => {
    for (const database of databases) await database.destroy();
    rmSync(folder, { recursive: true });
  });

  const db = (index = 0): Database => {
    const database = databases[index % databases.length];
    if (database === undefined) throw new Error('no database');
    return database;
  };
  const append = (into: Database | DatabaseTransaction, resourceId: string) =>
    writeAudit(into, OPERATOR, AT, { action: 'read', resource: 'customer', resourceId, customerNumber: null });
  /** What verification says of a log that somebody with rights on the database has tampered with. */
  const verifiedAfter = async (tamper: (end: number) => RawBuilder<unknown>): Promise<unknown> => {
    const undo = new Error('undone');
    let verified: unknown;
    const tampering = db()
      .transaction()
      .execute(async (transaction) => {
        await sql`alter table audit_log disable trigger audit_log_is_append_only`.execute(transaction);
        const { entries } = await verifyAudit(transaction);
        await tamper(entries).execute(transaction);
        verified = await verifyAudit(transaction);
        throw undo;
      });
    await expect(tampering).rejects.toBe(undo);
    return verified;
  };

  it('is one chain, however many append at once, and a transaction that failed leaves no gap', async () => {
    const appending = Array.from({ length: 60 }, async (_, index) => {
      if (index % 3 > 0) return append(db(index), `r${index}`);
      const failing = db(index)
        .transaction()
        .execute(async (transaction) => {
          await append(transaction, `rolled back ${index}`);
          throw new Error('given up');
        });
      await expect(failing).rejects.toThrow('given up');
    });
    await Promise.all(appending);
    expect(await verifyAudit(db())).toMatchObject({ status: 'ok', entries: 40 });
  });

  it('refuses to change, remove or empty', async () => {
    await append(db(), 'one');
    const attempts = [
      sql`update audit_log set actor = 'nobody'`,
      sql`delete from audit_log`,
      sql`truncate audit_log`,
      sql`delete from audit_chain`,
    ];
    for (const attempt of attempts) await expect(attempt.execute(db())).rejects.toThrow('append-only');
    expect(await verifyAudit(db())).toMatchObject({ status: 'ok' });
  });

  it('names the first entry that was changed, moved or removed behind its back', async () => {
    for (const name of ['r1', 'r2', 'r3']) await append(db(), name);
    const id: unknown = expect.any(String);
    const change = (end: number) => sql`update audit_log set actor = 'somebody else' where place = ${end - 1}`;
    expect(await verifiedAfter(change)).toMatchObject({ status: 'broken', entry: id });
    const rename = (end: number) => sql`update audit_log set resource_id = 'r3' where place = ${end - 2}`;
    expect(await verifiedAfter(rename)).toMatchObject({ status: 'broken', entry: id });
    const remove = (end: number) => sql`delete from audit_log where place = ${end - 1}`;
    expect(await verifiedAfter(remove)).toMatchObject({ status: 'broken', entry: null });
    const shorten = (end: number) => sql`delete from audit_log where place = ${end}`;
    expect(await verifiedAfter(shorten)).toMatchObject({ status: 'broken', entry: null });
    const { entries } = await verifyAudit(db());
    const first = () => sql`update audit_log set hash = repeat('0', 64) where place = 1`;
    expect(await verifiedAfter(first)).toEqual({ status: 'broken', entries, place: 1, entry: id });
    expect(await verifyAudit(db())).toMatchObject({ status: 'ok', entries });
  });
});

it.skipIf(!hasPostgres())('the audit log chains what an earlier program wrote', async () => {
  const pool = new pg.Pool({ connectionString: await createTestDatabase('chain') });
  const db: Database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await db.transaction().execute(async (transaction) => {
    await sql`create table schema_versions (version integer primary key)`.execute(transaction);
    for (const { version, up } of MIGRATIONS.filter((one) => one.version < 6)) {
      await up(transaction.schema, transaction);
      await sql`insert into schema_versions (version) values (${version})`.execute(transaction);
    }
    for (const [id, at] of [
      ['b', '2026-11-18T03:00:00.001Z'],
      ['a', '2026-11-18T03:00:00.002Z'],
    ]) {
      await sql`
        insert into audit_log (id, at, actor_kind, actor, action, resource)
        values (${id}, ${at}::timestamptz, 'operator', 'operator', 'read', 'customer')`.execute(transaction);
    }
  });
  expectOk(await migrate(db));
  await writeAudit(db, OPERATOR, AT, { action: 'read', resource: 'product', resourceId: null, customerNumber: null });
  expect(await verifyAudit(db)).toMatchObject({ status: 'ok', entries: 3 });
  await db.destroy();
});

it('tells operators, and nobody else, whether the audit log is whole', async () => {
  const central = await startTestCentral(await createAnyDatabase('verified'));
  await signIn(central.url, 'taro@example.jp');
  const verification = `${central.url}${CENTRAL_PATHS.auditVerification}`;
  const token = await central.tokens.forOperator(['tmf.read']);
  expect((await call(verification, { token })).json()).toMatchObject({ status: 'ok', entries: 1 });
  expect((await call(verification, { token: await terminalToken(central.url) })).status).toBe(403);
  expect((await call(verification)).status).toBe(401);
  await central.dispose();
});
