import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, hasPostgres, putEmptyPglite } from '../../tests/setup/test-postgres.ts';
import { type DatabaseLocation, openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { startTestSmtp, type TestSmtp } from '../testing/smtp-server.ts';
import { expectOk, type ManualTimers, manualTimers, type TestClocks, testClocks } from '../testing/test-central.ts';
import { createMailSeal } from './mail-seal.ts';
import { type MailRow, mailRowSchema, type NewMail, queueMail } from './mail-store.ts';
import { type Mailer, startMailer } from './mailer.ts';
import { createSmtp } from './smtp.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const quiet = pino({ level: 'fatal' });
const seal = createMailSeal({ jwk: { d: 'AAAA' } });

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('the mailer on %s', (store) => {
  let folder: string;
  let location: DatabaseLocation;
  let db: Database;
  let smtp: TestSmtp;
  let clocks: TestClocks;
  let timers: ManualTimers;
  let mailer: Mailer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'madoguchi-mailer-'));
    if (store === 'pglite') await putEmptyPglite(folder);
    location =
      store === 'postgres'
        ? { kind: 'postgres', url: await createTestDatabase('mailer') }
        : { kind: 'pglite', dataDirectory: folder };
    db = expectOk(await openDatabase(location, quiet));
  });
  beforeEach(async () => {
    await db.deleteFrom('mails').execute();
    smtp = await startTestSmtp();
    clocks = testClocks();
    timers = manualTimers();
    mailer = start(db, timers);
  });
  afterEach(async () => {
    await mailer.stop();
    await smtp.close();
  });
  afterAll(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = (database: Database, itsTimers: ManualTimers): Mailer =>
    startMailer({
      db: database,
      clocks,
      timers: itsTimers,
      random: () => 0,
      send: createSmtp(smtp.settings),
      seal,
      domain: 'operator.example',
      logger: quiet,
    });
  const queue = (about: string = uuidv7(), place = 1, sealed?: NewMail['sealed']) =>
    db.transaction().execute((transaction) =>
      queueMail(transaction, clocks, {
        about,
        place,
        kind: 'accepted',
        language: 'ja',
        customerNumber: '1000000001',
        to: `${about}@example.jp`,
        subject: `${about} ${place}`,
        body: 'お申込みありがとうございます。\n',
        ...(sealed === undefined ? {} : { sealed }),
      }),
    );
  const rows = async (): Promise<MailRow[]> => {
    const found = await db.selectFrom('mails').selectAll().orderBy('id').execute();
    return found.map((row) => mailRowSchema.parse(row));
  };
  const states = async () => (await rows()).map(({ state }) => state);
  const recipients = () => smtp.deliveries.map(({ to }) => to);
  const send = async (about: string): Promise<void> => {
    await queue(about);
    mailer.wake();
  };
  /** Waits until the first mail's try has come to nothing. */
  const failed = (tries: number, failure: RegExp) =>
    vi.waitFor(
      async () => {
        const [mail] = await rows();
        expect(mail?.tries).toBe(tries);
        expect(mail?.failure).toMatch(failure);
        return mail;
      },
      { timeout: 10_000 },
    );
  /** Lets whatever waits for a time look again until then. */
  const eventually = (expected: () => Promise<void> | void) =>
    vi.waitFor(
      async () => {
        timers.fire();
        await expected();
      },
      { timeout: 10_000 },
    );

  it.each([
    ['recipient', 450],
    ['data', 451],
  ] as const)('tries again what is refused for now (%s %i), after a while, and delivers it once', async (at, code) => {
    smtp.treat({ kind: 'refuse', at, code });
    await send('a');
    expect(await failed(1, new RegExp(` ${code}$`))).toMatchObject({ state: 'inProgress' });
    await send('b');
    await eventually(() => expect(recipients()).toEqual(['b@example.jp']));
    clocks.advance(MINUTE);
    await eventually(async () => expect(await states()).toEqual(['completed', 'completed']));
    expect(recipients()).toEqual(['b@example.jp', 'a@example.jp']);
  });

  it.each([
    ['recipient', 550],
    ['data', 554],
  ] as const)('gives up what is refused for good (%s %i) and goes on with the others', async (at, code) => {
    smtp.treat({ kind: 'refuse', at, code });
    await send('a');
    const refused = await failed(1, new RegExp(` ${code}$`));
    expect(refused).toMatchObject({ state: 'failed' });
    expect(refused?.failure).not.toContain('@');
    clocks.advance(DAY);
    await send('b');
    await eventually(async () => expect(await states()).toEqual(['failed', 'completed']));
    expect(recipients()).toEqual(['b@example.jp']);
  });

  it('sends no secret whose time is over, and keeps it no longer', async () => {
    const until = clocks.system() + 30 * MINUTE;
    await queue('late', 1, { body: seal.seal('123456'), until });
    await queue('plain');
    clocks.advance(30 * MINUTE);
    mailer.wake();
    await eventually(async () => expect(await states()).toEqual(['failed', 'completed']));
    expect((await rows())[0]).toMatchObject({ failure: 'expired', sealed_body: null });
    expect(recipients()).toEqual(['plain@example.jp']);
  });

  it('sends again what it cannot know of, the same message to the byte', async () => {
    smtp.treat({ kind: 'drop' });
    await send('a');
    await failed(1, /^E/);
    clocks.advance(MINUTE);
    await eventually(async () => expect(await states()).toEqual(['completed']));
    const [first, second, ...others] = smtp.deliveries;
    expect(others).toEqual([]);
    expect(first?.messageId).toMatch(/^<.+@operator\.example>$/);
    expect(second?.message).toBe(first?.message);
  });

  it.each([
    ['takes no connection', { kind: 'refuse', at: 'connect', code: 554 }],
    ['is closing', { kind: 'refuse', at: 'connect', code: 421 }],
    ['does not take the sender', { kind: 'refuse', at: 'sender', code: 550 }],
  ] as const)('leaves a server alone that %s, however many mails come, and loses none', async (_name, treatment) => {
    smtp.treat(treatment, treatment);
    await send('a');
    await failed(1, / \d{3}$/);
    await send('b');
    expect(await states()).toEqual(['inProgress', 'initial']);
    expect(smtp.left()).toBe(1);
    await eventually(async () => expect(await states()).toEqual(['completed', 'completed']));
    expect(smtp.left()).toBe(0);
    expect(recipients().toSorted()).toEqual(['a@example.jp', 'b@example.jp']);
  });

  it('waits for a server that is down', async () => {
    await smtp.goDown();
    await send('a');
    await failed(1, /./);
    await smtp.comeBack();
    await eventually(async () => expect(await states()).toEqual(['completed']));
    expect(recipients()).toEqual(['a@example.jp']);
  });

  it('keeps the order of what is told about one matter', async () => {
    smtp.treat({ kind: 'refuse', at: 'recipient', code: 450 });
    await send('a');
    await failed(1, / 450$/);
    await queue('a', 2);
    await send('b');
    await eventually(() => expect(recipients()).toEqual(['b@example.jp']));
    await eventually(async () => expect(await states()).toEqual(['inProgress', 'initial', 'completed']));
    clocks.advance(MINUTE);
    await eventually(() => expect(smtp.deliveries).toHaveLength(3));
    const subject = (message = '') => /^Subject: (.*)\r$/m.exec(message)?.[1];
    expect(smtp.deliveries.map(({ message }) => subject(message))).toEqual(['b 1', 'a 1', 'a 2']);
  });

  it('gives up after five days of failures', async () => {
    const later = { kind: 'refuse', at: 'recipient', code: 450 } as const;
    smtp.treat(later, later);
    await send('a');
    await failed(1, / 450$/);
    clocks.advance(5 * DAY);
    await eventually(async () => expect(await states()).toEqual(['failed']));
    await failed(2, / 450$/);
  });

  it('queues nothing when its cause is rolled back, and one cause only once', async () => {
    const cause = { about: 'a', place: 1, kind: 'accepted', language: 'en', customerNumber: '1', to: null } as const;
    const twice = db.transaction().execute(async (transaction) => {
      await queueMail(transaction, clocks, { ...cause, subject: '', body: '' });
      await queueMail(transaction, clocks, { ...cause, subject: '', body: '' });
    });
    await expect(twice).rejects.toThrow(/mails_by_cause/);
    expect(await rows()).toEqual([]);
  });

  it('stops in the middle of a try, and goes on with it at the next start', async () => {
    smtp.treat({ kind: 'hang' });
    await send('a');
    await vi.waitFor(() => expect(smtp.deliveries).toHaveLength(1), { timeout: 10_000 });
    const stopped = mailer.stop();
    timers.fire();
    await stopped;
    expect(await rows()).toMatchObject([{ state: 'inProgress', tries: 1, failure: 'EABORT' }]);
    clocks.advance(MINUTE);
    mailer = start(db, timers);
    await eventually(async () => expect(await states()).toEqual(['completed']));
    expect(new Set(smtp.deliveries.map(({ messageId }) => messageId)).size).toBe(1);
  });

  it.skipIf(store !== 'postgres')('shares the work with other processes, each mail sent once', async () => {
    const others = await Promise.all(
      [1, 2].map(async () => {
        const itsDb = expectOk(await openDatabase(location, quiet));
        const itsTimers = manualTimers();
        return { db: itsDb, timers: itsTimers, mailer: start(itsDb, itsTimers) };
      }),
    );
    const names = Array.from({ length: 40 }, (_, index) => `m${index}`);
    for (const name of names) await queue(name);
    mailer.wake();
    for (const other of others) other.mailer.wake();
    await eventually(async () => {
      for (const other of others) other.timers.fire();
      expect(await states()).toEqual(names.map(() => 'completed'));
    });
    expect(recipients().toSorted()).toEqual(names.map((name) => `${name}@example.jp`).toSorted());
    for (const other of others) {
      await other.mailer.stop();
      await other.db.destroy();
    }
  });
});
