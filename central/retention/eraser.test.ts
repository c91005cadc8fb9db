import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { pino } from 'pino';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { areComplete, eraseAbandoned } from '../captures/capture-store.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { expectOk, manualTimers, startTestCentral } from '../testing/test-central.ts';
import { startEraser } from './eraser.ts';

const HOUR_MS = 60 * 60_000;
const MONTH_MS = 31 * 24 * HOUR_MS;
const TABLES = ['codes', 'record_changes', 'registrations', 'one_time_passwords', 'captures', 'capture_parts'] as const;

it('goes on with the other kinds and with the next time where one fails', async () => {
  const timers = manualTimers();
  const erased: string[] = [];
  const eraser = startEraser({
    kinds: {
      broken: () => Promise.reject(new Error('no connection')),
      whole: () => {
        erased.push('whole');
        return Promise.resolve();
      },
    },
    timers,
    logger: pino({ level: 'silent' }),
  });
  await eventually(() => expect(erased).toHaveLength(1));
  await eventually(() => {
    timers.fire();
    expect(erased.length).toBeGreaterThan(1);
  });
  await eraser.stop();
  const before = erased.length;
  timers.fire();
  expect(erased).toHaveLength(before);
});

it.skipIf(!hasPostgres())('erases what is over by two centrals at once, and nothing that isn’t', async () => {
  const url = await createTestDatabase('eraser');
  const central = await startTestCentral(url);
  const second = await central.second();
  const db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
  try {
    await put(db, central.clocks.system(), 'old');
    central.clocks.advance(MONTH_MS);
    await put(db, central.clocks.system(), 'new');
    await eventually(async () => {
      central.timers.fire();
      second.timers.fire();
      for (const table of TABLES) expect([table, await countIn(db, table)]).toEqual([table, 1]);
      const { rows } = await sql<{ about: string }>`select about from mails where sealed_body is not null`.execute(db);
      expect(rows).toEqual([{ about: 'code/new' }]);
    });
  } finally {
    await db.destroy();
    await second.close();
    await central.dispose();
  }
});

// On a database of its own: a central that erases at the same time would wait as well.
it.skipIf(!hasPostgres())('keeps pictures that are over while their order is being accepted', async () => {
  const url = await createTestDatabase('eraser-accepting');
  const db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
  try {
    const declared = Date.UTC(2026, 10, 24);
    const { applicationId, hash } = await putCapture(db, new Date(declared));
    const now = declared + MONTH_MS;
    let erasing: Promise<void> = Promise.resolve();
    await db.transaction().execute(async (transaction) => {
      expect(await areComplete(transaction, { applicationId, terminal: 'T01' }, [hash])).toBe(true);
      erasing = eraseAbandoned(db, now);
      await eventually(async () => {
        const { rows } = await sql<{ waiting: number }>`
          select count(*)::int as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
        expect(rows[0]?.waiting).toBe(1);
      });
      await transaction
        .insertInto('product_orders')
        .values({
          ...{ id: uuidv7(), external_id: applicationId, customer_number: '1000000003', terminal_code: 'T01' },
          ...{ shop: null, order_date: new Date(now), completion_date: null, state: 'held', held_reason: 'conflict' },
          ...{ step_due_at: null, answer_body: '{}', category: null, request: '{}', replaces: null, quote: null },
          ...{ fingerprint: '', answer_location: '' },
        })
        .execute();
    });
    await erasing;
    expect(await countIn(db, 'captures')).toBe(1);
    await db.deleteFrom('product_orders').execute();
    await eraseAbandoned(db, now);
    expect([await countIn(db, 'captures'), await countIn(db, 'capture_parts')]).toEqual([0, 0]);
  } finally {
    await db.destroy();
  }
});

/** One of each kind, as customers leave them. */
async function put(db: Database, at: number, name: string): Promise<void> {
  const [now, soon] = [new Date(at), new Date(at + HOUR_MS / 2)];
  const place = { terminal_code: 'T01', session_id: randomUUID(), language: 'ja' };
  const customer_number = '1000000003';
  await db
    .insertInto('codes')
    .values({
      ...{ id: name, purpose: 'change-contact', customer_number, ...place, address: 'new@example.jp' },
      ...{ code_hash: 'hash', link_hash: null, expires_at: soon, proved_at: null, spent_at: null },
    })
    .execute();
  await db
    .insertInto('record_changes')
    .values({
      ...{ id: name, customer_number, ...place, wish: JSON.stringify({}), needs_code: true },
      ...{ made_at: now, done_at: null },
    })
    .execute();
  const mine = {
    terminal_code: 'T01',
    customer_number,
    staff_number: null,
    verified_at: now,
    expires_at: soon,
    identity_version: 0,
  };
  await db
    .insertInto('registrations')
    .values({
      ...{ id: name, ...mine, session_id: randomUUID(), login_id: 'new@example.jp', password_hash: 'hash' },
      ...{ language: 'ja', terms: '[]', done_at: null, registered_at: null },
    })
    .execute();
  await db
    .insertInto('one_time_passwords')
    .values({
      ...{ id: name, ...mine, number: name, password_hash: 'hash', begun_by: null, login_id: null },
      ...{ terms: '[]', language: 'ja', redeemed_for: null },
    })
    .execute();
  await putCapture(db, now);
  await db
    .insertInto('mails')
    .values({
      ...{
        id: uuidv7(),
        about: `code/${name}`,
        place: 1,
        kind: 'code-change-contact',
        language: 'ja',
        customer_number,
      },
      // As a central without a mail server leaves it.
      ...{ to_address: 'new@example.jp', subject: 'code', body: '***', sealed_body: 'sealed', queued_at: now },
      ...{ state: 'initial', failure: null, due_at: null, give_up_at: soon },
    })
    .execute();
}

async function putCapture(db: Database, now: Date): Promise<{ readonly applicationId: string; readonly hash: string }> {
  const content = randomBytes(10);
  const hash = createHash('sha256').update(content).digest('hex');
  const applicationId = uuidv7();
  await db
    .insertInto('captures')
    .values({
      ...{
        application_id: applicationId,
        hash,
        terminal_code: 'T01',
        media_type: 'image/jpeg',
        bytes: 10,
        received: 10,
      },
      ...{ declared_at: now, completed_at: now, erased_at: null },
    })
    .execute();
  await db
    .insertInto('capture_parts')
    .values({ application_id: applicationId, hash, starts_at: 0, content, sealed_content: null })
    .execute();
  return { applicationId, hash };
}

async function countIn(db: Database, table: (typeof TABLES)[number]): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select((select) => select.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
