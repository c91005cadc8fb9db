import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { expectOk } from '../testing/test-central.ts';
import { type AuditEntry, writeAudit } from './audit.ts';
import { openDatabase } from './open-database.ts';
import type { Database, DatabaseTransaction } from './schema.ts';
import { WITH_COMMIT } from './with-commit.ts';

const ENTRY: AuditEntry = { action: 'change', resource: 'note', resourceId: null, customerNumber: null };

describe.skipIf(!hasPostgres())('a transaction', () => {
  let db: Database;
  beforeAll(async () => {
    const url = await createTestDatabase('pool');
    db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
    await sql`create table notes (text text primary key)`.execute(db);
  });
  afterAll(() => db.destroy());

  const note = (at: Database | DatabaseTransaction, text: string) =>
    sql`insert into notes (text) values (${text})`.execute(at);
  const noteWithCommit = (at: DatabaseTransaction, text: string) =>
    sql`${sql.raw(WITH_COMMIT)} insert into notes (text) values (${text})`.execute(at);
  const audit = (at: Database | DatabaseTransaction, detail: string) =>
    writeAudit(at, { kind: 'page', number: '9001' }, Date.now(), { ...ENTRY, detail });
  const notes = async (): Promise<unknown[]> => {
    const { rows } = await sql`select text from notes order by text`.execute(db);
    await sql`delete from notes`.execute(db);
    return rows;
  };
  const audited = async (): Promise<(string | null)[]> => {
    const rows = await db.selectFrom('audit_log').select('detail').orderBy('place').execute();
    return rows.map(({ detail }) => detail);
  };

  it('keeps nobody from the end of the audit chain before it commits, and is told of in the order of the commits', async () => {
    const earlier = await audited();
    await db.transaction().execute(async (slow) => {
      await audit(slow, 'slow');
      await db.transaction().execute((fast) => audit(fast, 'fast'));
      await audit(db, 'by itself');
      await audit(slow, 'slow, again');
      await note(slow, 'after it');
    });
    expect(await audited()).toEqual([...earlier, 'fast', 'by itself', 'slow', 'slow, again']);
    expect(await notes()).toEqual([{ text: 'after it' }]);
  });

  it('leaves nothing behind where one of its statements fails, be it the first, a later one, or one sent with the commit', async () => {
    const before = await audited();
    await note(db, 'taken');
    const failing = (work: (transaction: DatabaseTransaction) => Promise<unknown>) =>
      expect(db.transaction().execute(work)).rejects.toMatchObject({ code: '23505' });
    await failing(async (transaction) => {
      await audit(transaction, 'undone');
      await note(transaction, 'taken');
    });
    await failing(async (transaction) => {
      await note(transaction, 'first');
      await note(transaction, 'taken');
    });
    await failing(async (transaction) => {
      await note(transaction, 'first');
      await noteWithCommit(transaction, 'taken');
      await audit(transaction, 'undone');
    });
    await failing((transaction) => noteWithCommit(transaction, 'taken'));
    expect(await notes()).toEqual([{ text: 'taken' }]);
    expect(await audited()).toEqual(before);
  });

  it('is undone by a value that the driver cannot send, be it by itself or with the commit', async () => {
    const before = await audited();
    const endless: { self?: unknown } = {};
    endless.self = endless;
    const statement = sql`insert into notes (text) values (${endless})`;
    const withCommit = sql`${sql.raw(WITH_COMMIT)} insert into notes (text) values (${endless})`;
    for (const refused of [statement, withCommit]) {
      const work = db.transaction().execute(async (transaction) => {
        await note(transaction, 'first');
        await audit(transaction, 'undone');
        await refused.execute(transaction);
      });
      // A request that brought it about is answered as one with a value that can't be stored.
      await expect(work).rejects.toMatchObject({ code: '22000' });
    }
    expect(await notes()).toEqual([]);
    expect(await audited()).toEqual(before);
  });

  it('has no isolation level of its own: its end would never be sent', async () => {
    const levelled = db.transaction().setIsolationLevel('serializable');
    await expect(levelled.execute((transaction) => note(transaction, 'levelled'))).rejects.toThrow('isolation level');
    expect(await notes()).toEqual([]);
  });

  it('goes on with prepared statements when a table gets another column, and prepares no more than it may', async () => {
    const again = async () => {
      for (let round = 0; round < 12; round += 1) {
        await db.transaction().execute(async (transaction) => {
          await note(transaction, `again ${round}`);
          await sql`select * from notes where text = ${`again ${round}`} for update`.execute(transaction);
          await sql`update notes set text = text where text = ${`again ${round}`} returning text`.execute(transaction);
          await audit(transaction, 'again');
        });
      }
      return (await notes()).length;
    };
    expect(await again()).toBe(12);
    await sql`alter table notes add column more text`.execute(db);
    expect(await again()).toBe(12);
    const failing = db.transaction().execute(async (transaction) => {
      await note(transaction, 'twice');
      await note(transaction, 'twice');
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect(await again()).toBe(12);
  });

  it('that asks for nothing, or is given up, leaves its connection as it was', async () => {
    const before = await audited();
    // More than there are connections, so that each is used again.
    for (let round = 0; round < 12; round += 1) {
      await db.transaction().execute(() => Promise.resolve());
      const given = db.transaction().execute(async (transaction) => {
        await note(transaction, 'given up');
        await audit(transaction, 'given up');
        throw new Error('given up');
      });
      await expect(given).rejects.toThrow('given up');
      // Without a transaction a statement holds at once.
      await note(db, `round ${String.fromCharCode(97 + round)}`);
    }
    expect(await notes()).toHaveLength(12);
    expect(await audited()).toEqual(before);
  });
});
