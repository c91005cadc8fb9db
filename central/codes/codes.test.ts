import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CODE_LIFE_SECONDS, CODE_TRIES } from '../../shared/central-api/codes.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { createServer } from '../http/server.ts';
import { CODE_LIMIT, CODE_MAIL_LIMIT } from '../identity/sign-in-throttle.ts';
import { createMailSeal } from '../mail/mail-seal.ts';
import { type Mailer, startMailer } from '../mail/mailer.ts';
import { createSmtp } from '../mail/smtp.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { startTestSmtp, type TestSmtp } from '../testing/smtp-server.ts';
import { expectOk, manualTimers, testClocks, type TestClocks } from '../testing/test-central.ts';
import { type Codes, createCodes, type MadeCode, type NewCode } from './codes.ts';
import { confirmationPages } from './confirmation-pages.ts';
import { createMailCode } from './mail-code.ts';

const quiet = pino({ level: 'fatal' });
const seal = createMailSeal({ jwk: { d: 'AAAA' } });
const PLACE = { terminal: 'T01', sessionId: '3f0a8a56-8d0e-4a2b-9c58-0a6a3c6e9d11' } as const;
const HERE = { kind: 'terminal', id: 'T01' } as const;
const CUSTOMER = '1000000008';

const nothingMore = () => Promise.resolve();

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('codes that are mailed, on %s', (store) => {
  let folder: string;
  /** As two processes have it; PGlite is one process's. */
  let databases: readonly [Database, Database];
  let clocks: TestClocks;
  let smtp: TestSmtp;
  let mailer: Mailer;
  let codes: Codes;
  let others: Codes;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'madoguchi-codes-'));
    const url = store === 'postgres' ? await createTestDatabase('codes') : null;
    const open = async (): Promise<Database> =>
      expectOk(
        await openDatabase(url === null ? { kind: 'pglite', dataDirectory: folder } : { kind: 'postgres', url }, quiet),
      );
    const first = await open();
    databases = [first, url === null ? first : await open()];
    await first
      .insertInto('customers')
      .values({
        ...{ number: CUSTOMER, individual_id: 'individual', full_name: '山田 太郎', family_name: '山田' },
        ...{ given_name: '太郎', kana: 'ヤマダタロウ', dwelling: 'house', contact_email: null },
        ...{ phone: '0312345678', address: '東京都' },
      })
      .execute();
  });
  beforeEach(async () => {
    const [db, second] = databases;
    for (const table of ['codes', 'mails', 'sign_in_throttles'] as const) await db.deleteFrom(table).execute();
    smtp = await startTestSmtp();
    clocks = testClocks();
    mailer = startMailer({
      ...{ db, clocks, timers: manualTimers(), random: () => 0, seal, domain: 'operator.example', logger: quiet },
      send: createSmtp(smtp.settings),
    });
    const mailCode = createMailCode({
      ...{ clocks, demo: false, seal, publicUrl: () => 'https://bss.example' },
      shopOf: () => Promise.resolve({ name: '見本店', phone: '0120000000' }),
    });
    codes = await createCodes({ db, clocks, mailCode });
    others = await createCodes({ db: second, clocks, mailCode });
  });
  afterEach(async () => {
    await mailer.stop();
    await smtp.close();
  });
  afterAll(async () => {
    const [first, second] = databases;
    await first.destroy();
    if (second !== first) await second.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  const wish = (): NewCode => ({
    ...{ ...PLACE, id: randomUUID(), purpose: 'register', customerNumber: CUSTOMER, address: 'yamada@example.jp' },
    ...{ language: 'ja', withLink: true },
  });
  const issue = async (one: NewCode) => {
    const made = expectOk(await codes.make(one.customerNumber ?? 'nobody'));
    await databases[0].transaction().execute((transaction) => codes.issue(transaction, made, one));
    mailer.wake();
    return made;
  };
  const spend = (id: string, with_: Codes = codes) =>
    (with_ === codes ? databases[0] : databases[1])
      .transaction()
      .execute((transaction) => with_.spend(transaction, id, { ...PLACE, purpose: 'register' }));
  const waitingForLocks = async (): Promise<number> => {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(databases[0]);
    return rows[0]?.waiting ?? 0;
  };
  /** Never the right one. */
  const another = (code: string): string => (code === '000000' ? '000001' : '000000');
  const CODE_OVER = { ok: false, error: { status: 409, code: 'code-over' } };
  const CODE_WRONG = { ok: false, error: { status: 422, code: 'code-wrong' } };

  it('arrives as code and link, and lies nowhere in the database', async () => {
    const one = wish();
    const made = await issue(one);
    await eventually(() => expect(smtp.deliveries).toHaveLength(1));
    const raw = smtp.deliveries[0]?.message ?? '';
    const text = Buffer.from((raw.split('\r\n\r\n')[1] ?? '').replaceAll('\r\n', ''), 'base64').toString('utf8');
    expect(smtp.deliveries[0]?.to).toBe('yamada@example.jp');
    expect(text).toContain(`認証コード：${made.code}`);
    expect(text).toContain(`https://bss.example/confirm/${made.linkToken}`);
    // Whoever gets it by a slip of the finger learns no name.
    expect(text).not.toContain('山田');
    await eventually(async () => {
      const [mail] = await databases[0].selectFrom('mails').selectAll().execute();
      expect(mail?.state).toBe('completed');
      expect(mail?.sealed_body).toBeNull();
    });
    const everything = JSON.stringify([
      await databases[0].selectFrom('mails').selectAll().execute(),
      await databases[0].selectFrom('codes').selectAll().execute(),
    ]);
    expect(everything).not.toContain(made.code);
    expect(everything).not.toContain(made.linkToken);
  });

  it('speaks of no link where it sends none', async () => {
    await issue({ ...wish(), purpose: 'change-contact', withLink: false });
    const { body } = await databases[0].selectFrom('mails').select('body').executeTakeFirstOrThrow();
    expect(body).toContain('認証コードは、受け付けてから30分');
    expect(body).not.toMatch(/URL|http/);
  });

  it('proves by the code where it was asked for, and is spent once, also by two processes at once', async () => {
    const one = wish();
    const { code } = await issue(one);
    expect(await spend(one.id)).toMatchObject(CODE_OVER);
    for (const elsewhere of [
      { ...PLACE, terminal: 'T02' },
      { ...PLACE, sessionId: randomUUID() },
    ]) {
      expect(await codes.prove(one.id, elsewhere, code, HERE)).toMatchObject(CODE_OVER);
    }
    expect(await others.prove(one.id, PLACE, code, HERE)).toEqual({ ok: true, value: undefined });
    // The answer was lost: the same again.
    expect(await codes.prove(one.id, PLACE, code, HERE)).toEqual({ ok: true, value: undefined });
    expect((await codes.stateOf(one.id, PLACE)).state).toBe('proved');
    const spent = await Promise.all(Array.from({ length: 6 }, (_, at) => spend(one.id, at % 2 === 0 ? codes : others)));
    expect(spent.filter(({ ok }) => ok)).toEqual([
      { ok: true, value: { customerNumber: CUSTOMER, address: 'yamada@example.jp' } },
    ]);
    expect(await codes.prove(one.id, PLACE, code, HERE)).toMatchObject(CODE_OVER);
  });

  it('takes five tries, however many come at once and wherever, and leaves the link', async () => {
    const one = wish();
    const { code, linkToken } = await issue(one);
    const tried = await Promise.all(
      Array.from({ length: CODE_TRIES * 2 }, (_, at) =>
        (at % 2 === 0 ? codes : others).prove(one.id, PLACE, another(code), HERE),
      ),
    );
    for (const answer of tried) expect(answer).toMatchObject(CODE_WRONG);
    expect(await codes.prove(one.id, PLACE, code, HERE)).toMatchObject(CODE_WRONG);
    expect(await codes.stateOf(one.id, PLACE)).toMatchObject({ state: 'waiting', triesLeft: 0 });
    await others.proveByLink(linkToken, nothingMore);
    expect((await spend(one.id)).ok).toBe(true);
  });

  it('takes the right code again whose answer was lost, after the last try too', async () => {
    const one = wish();
    const { code } = await issue(one);
    for (let miss = 1; miss < CODE_TRIES; miss += 1) {
      expect(await codes.prove(one.id, PLACE, another(code), HERE)).toMatchObject(CODE_WRONG);
    }
    for (let at = 0; at < CODE_LIMIT.failures; at += 1) {
      expect(await codes.prove(one.id, PLACE, code, HERE)).toEqual({ ok: true, value: undefined });
    }
    expect(await codes.prove(one.id, PLACE, another(code), HERE)).toMatchObject(CODE_WRONG);
    const next = wish();
    expect(await codes.prove(next.id, PLACE, (await issue(next)).code, HERE)).toEqual({ ok: true, value: undefined });
  });

  it('is over after half an hour, code and link', async () => {
    const one = wish();
    const { code, linkToken } = await issue(one);
    clocks.advance(CODE_LIFE_SECONDS * 1000);
    expect(await codes.prove(one.id, PLACE, code, HERE)).toMatchObject(CODE_OVER);
    await codes.proveByLink(linkToken, nothingMore);
    expect(await codes.stateOf(one.id, PLACE)).toMatchObject({ state: 'over', expiresInSeconds: 0 });
    expect((await codes.readLink(linkToken))?.state).toBe('over');
  });

  it('replaces what the same wish got before, and only that', async () => {
    const one = wish();
    const first = await issue(one);
    const second = await issue(one);
    expect(await codes.readLink(first.linkToken)).toBeNull();
    await issue({ ...one, sessionId: randomUUID() });
    expect(await codes.prove(one.id, PLACE, second.code, HERE)).toEqual({ ok: true, value: undefined });
  });

  // PGlite has one connection: nothing is under way beside another thing there.
  it.skipIf(store === 'pglite')('proves nothing by what was replaced while it was being looked at', async () => {
    const proofs = [
      (_id: string, { linkToken }: MadeCode) => codes.proveByLink(linkToken, nothingMore),
      (id: string, { code }: MadeCode) => codes.prove(id, PLACE, code, HERE),
    ];
    for (const prove of proofs) {
      const one = wish();
      const first = await issue(one);
      const next = expectOk(await others.make(CUSTOMER));
      let proving: Promise<unknown> = Promise.resolve();
      await databases[1].transaction().execute(async (transaction) => {
        await others.issue(transaction, next, { ...one, address: 'another@example.jp' });
        proving = prove(one.id, first);
        await eventually(async () => expect(await waitingForLocks()).toBe(1));
      });
      await proving;
      expect((await codes.stateOf(one.id, PLACE)).state).toBe('waiting');
    }
  });

  it('says the same of an ID that nobody has, and mails nobody', async () => {
    const one = { ...wish(), customerNumber: null, address: null };
    const made = await issue(one);
    expect(await codes.stateOf(one.id, PLACE)).toMatchObject({ state: 'waiting', triesLeft: CODE_TRIES });
    for (const code of [another(made.code), made.code]) {
      expect(await codes.prove(one.id, PLACE, code, HERE)).toMatchObject(CODE_WRONG);
    }
    expect(await databases[0].selectFrom('mails').selectAll().execute()).toEqual([]);
  });

  it('limits mails and wrong codes of one customer, whichever code they are for', async () => {
    for (let at = 0; at < CODE_LIMIT.failures / CODE_TRIES; at += 1) {
      const one = wish();
      const { code } = await issue(one);
      for (let miss = 0; miss < CODE_TRIES; miss += 1) {
        expect(await codes.prove(one.id, PLACE, another(code), HERE)).toMatchObject(CODE_WRONG);
      }
    }
    const one = wish();
    const { code } = await issue(one);
    expect(await codes.prove(one.id, PLACE, code, HERE)).toMatchObject(CODE_WRONG);
    for (let at = CODE_LIMIT.failures / CODE_TRIES + 1; at < CODE_MAIL_LIMIT.failures; at += 1) await issue(wish());
    expect(await others.make(CUSTOMER)).toMatchObject({ ok: false, error: { status: 429, code: 'throttled' } });
    clocks.advance(CODE_MAIL_LIMIT.seconds * 1000);
    const later = wish();
    expect(await codes.prove(later.id, PLACE, (await issue(later)).code, HERE)).toEqual({ ok: true, value: undefined });
  });

  it('shows a page that opening alone does not answer, in four languages, kept nowhere', async () => {
    const app = createServer(quiet);
    await app.register((pages, _options, done) => {
      confirmationPages(pages, { codes, whenProved: nothingMore, onMail: () => undefined });
      done();
    });
    const one = wish();
    const { linkToken } = await issue(one);
    const url = `/confirm/${linkToken}`;
    const opened = await app.inject({ url });
    expect([opened.statusCode, opened.headers['cache-control'], opened.headers['referrer-policy']]).toEqual([
      ...[200, 'no-store', 'no-referrer'],
    ]);
    expect(opened.body).toContain('<html lang="ja">');
    expect(opened.body).toContain('次へ');
    for (const language of ['en', 'zh', 'ko']) {
      const translated = await app.inject({ url: `${url}?lang=${language}` });
      expect(translated.body).not.toMatch(/codes:/);
    }
    await app.inject({ url, method: 'HEAD' });
    expect((await codes.stateOf(one.id, PLACE)).state).toBe('waiting');
    const pressed = await app.inject({
      ...{ url, method: 'POST', payload: '' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(pressed.body).toContain('メールアドレスを確認しました');
    expect((await app.inject({ url })).body).toContain('メールアドレスを確認しました');
    expect((await spend(one.id)).ok).toBe(true);
    expect((await app.inject({ url })).statusCode).toBe(410);
    const forged = await app.inject({ url: '/confirm/nothing?lang=en' });
    expect([forged.statusCode, forged.body]).toEqual([410, expect.stringContaining('This link can’t be used')]);
    for (const { body } of [opened, pressed, forged]) expect(body).not.toContain('yamada@example.jp');
    await app.close();
  });
});
