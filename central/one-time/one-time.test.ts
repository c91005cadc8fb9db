import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ONE_TIME_LIFE_SECONDS, ONE_TIME_TRIES } from '../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import {
  createSignInThrottle,
  ONE_TIME_LIMIT,
  ONE_TIME_PAGE_LIMIT,
  TERMINAL_LIMIT,
  type ThrottleSubject,
} from '../identity/sign-in-throttle.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { openCustomer, staffSignIn } from '../testing/staff.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { terminalToken, tokenOfAnother } from '../testing/test-terminal.ts';

const YAMADA = {
  ...{ kana: 'ヤマダタロウ', phone: '0312345678', additional: null },
  proof: { kind: 'card', value: '4242' },
} as const;
const TERMS = [{ id: 'my-page', version: '2026-11-01' }] as const;
const PASSWORD = 'Canary%Pass1';

describe.skipIf(!hasPostgres())('one-time passwords', () => {
  let central: TestCentral;
  let other: TestCentral;
  let db: Database;
  let token: string;
  let another: string;
  const seen = new Set<string>();

  beforeAll(async () => {
    const url = await createTestDatabase('one-time');
    central = await startTestCentral(url);
    other = await central.second();
    db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
  });
  beforeEach(async () => {
    central.clocks.advance(ONE_TIME_LIMIT.seconds * 1000 + 1);
    other.clocks.advance(ONE_TIME_LIMIT.seconds * 1000 + 1);
    token = await terminalToken(central.url);
    another = await tokenOfAnother(central.url);
  });
  afterAll(async () => {
    await db.destroy();
    await other.close();
    await central.dispose();
  });

  interface Visit {
    readonly id: string;
    readonly sessionId: string;
  }
  const visitOf = (): Visit => ({ id: randomUUID(), sessionId: randomUUID() });
  const post = (path: string, body: object, by = token, at = central): Promise<Answer> =>
    call(`${at.url}${path}`, { token: by, body });
  async function begin(): Promise<Visit> {
    const visit = visitOf();
    expect((await post(CENTRAL_PATHS.registrations, { ...visit, contractor: YAMADA })).status).toBe(200);
    return visit;
  }
  const issue = (registration: Visit | null, more: object = {}, by = token): Promise<Answer> =>
    post(
      CENTRAL_PATHS.oneTimePasswords,
      { ...{ id: randomUUID(), attempt: 1, registration, terms: TERMS, language: 'ja' }, ...more },
      by,
    );
  async function issued(registration: Visit | null, more: object = {}, by = token): Promise<string> {
    const answer = await issue(registration, more, by);
    expect(answer.status, answer.text).toBe(201);
    const { password } = z.object({ password: z.string() }).parse(answer.json());
    seen.add(password);
    return password;
  }
  const redeem = (password: string, visit = visitOf(), by = another, at = central): Promise<Answer> =>
    post(
      `${CENTRAL_PATHS.oneTimePasswords}/redemption`,
      { password, registrationId: visit.id, sessionId: visit.sessionId },
      by,
      at,
    );
  const revoke = (id: string, attempt = 1): Promise<Answer> =>
    post(`${CENTRAL_PATHS.passwordIssues}/${id}/revocation`, { attempt });
  const mail = ({ id, sessionId }: Visit, loginId: string, by = another): Promise<Answer> =>
    post(
      `${CENTRAL_PATHS.registrations}/${id}/mail`,
      { ...{ sessionId, loginId, password: PASSWORD, language: 'ja', terms: TERMS } },
      by,
    );
  const mailTo = (address: string) =>
    eventually(async () => {
      const text = (await caughtMails(central.url)).findLast(({ to }) => to.includes(address))?.text ?? '';
      const code = /認証コード：(\d{6})/.exec(text)?.[1] ?? '';
      expect(code).not.toBe('');
      return { text, code, link: /https?:\S+\/confirm\/\S+/.exec(text)?.[0] ?? '' };
    });
  async function finish(visit: Visit, loginId: string): Promise<void> {
    await mail(visit, loginId, token);
    const { id, sessionId } = visit;
    const { code } = await mailTo(loginId);
    await post(`${CENTRAL_PATHS.codes}/${id}/proof`, { sessionId, code });
    const done = await post(`${CENTRAL_PATHS.registrations}/${id}/completion`, { sessionId, contact: 'id' });
    expect(done.status).toBe(200);
  }
  const nowAt = ({ clocks }: TestCentral): Date => new Date(clocks.system());
  const waitingForLocks = async (): Promise<number> => {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    return rows[0]?.waiting ?? 0;
  };
  const wrong = (password: string): string => `${password.slice(0, -1)}${(Number(password.at(-1)) + 1) % 10}`;

  it('lets the registration go on at another terminal, to the end, and lies nowhere', async () => {
    const visit = await begin();
    const password = await issued(visit);
    expect(password).toMatch(/^\d{12}$/);
    const next = visitOf();
    expect((await redeem(`${password.slice(0, 4)} ${password.slice(4, 8)}-${password.slice(8)}`, next)).json()).toEqual(
      {
        ...{ id: next.id, loginId: null, replaces: false, terms: TERMS },
      },
    );
    expect((await mail(next, 'elsewhere@example.jp')).status).toBe(200);
    const { code } = await mailTo('elsewhere@example.jp');
    const { id, sessionId } = next;
    await post(`${CENTRAL_PATHS.codes}/${id}/proof`, { sessionId, code }, another);
    const path = `${CENTRAL_PATHS.registrations}/${id}/completion`;
    expect((await post(path, { sessionId, contact: 'id' }, another)).status).toBe(200);
    expect((await signIn(central.url, 'elsewhere@example.jp', PASSWORD)).customerNumber).toBe('1000000008');
  });

  it('is good once, for one place, at whichever central, and its repeat is harmless', async () => {
    const password = await issued(await begin());
    const visits = Array.from({ length: 6 }, visitOf);
    const answers = await Promise.all(
      visits.map((visit, at) => redeem(password, visit, another, at % 2 === 0 ? central : other)),
    );
    // More at once than tries: none of those is a second one that was right.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 200);
    central.clocks.advance(1);
    const next = await issued(await begin());
    const visit = visitOf();
    const first = await redeem(next, visit);
    const repeats = [await redeem(next, visit, another, other), await redeem(next, visit), await redeem(next, visit)];
    expect(new Set([first, ...repeats].map(({ text }) => text)).size).toBe(1);
    expect((await redeem(next, visits[winner])).status).toBe(422);
    expect((await redeem(next)).status).toBe(422);
  });

  it('says the same of whatever is wrong: another, used, over, taken back, tried too often', async () => {
    const refused: Answer[] = [await redeem('123456789012'), await redeem('12345'), await redeem('ABCD EFGH IJKL')];

    const used = await issued(await begin());
    await redeem(used);
    refused.push(await redeem(used));

    const tried = await issued(await begin());
    const tries = Array.from({ length: ONE_TIME_TRIES * 2 }, (_, at) =>
      redeem(wrong(tried), visitOf(), another, at % 2 === 0 ? central : other),
    );
    refused.push(...(await Promise.all(tries)), await redeem(tried));

    const revokedId = randomUUID();
    const revoked = await issued(await begin(), { id: revokedId });
    expect((await revoke(revokedId)).status).toBe(200);
    refused.push(await redeem(revoked));

    const replacedBy = await begin();
    const replaced = await issued(replacedBy);
    await issued(replacedBy);
    refused.push(await redeem(replaced));

    const late = await issued(await begin());
    central.clocks.advance(ONE_TIME_LIFE_SECONDS * 1000);
    another = await tokenOfAnother(central.url);
    refused.push(await redeem(late));

    expect(new Set(refused.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set([`422 ${refused[0]?.text ?? ''}`]),
    );
    expect(refused[0]?.json()).toMatchObject({ code: 'one-time-password-refused' });
  });

  it('settles a lost answer by the next attempt, and refuses one that comes too late', async () => {
    const visit = await begin();
    const id = randomUUID();
    const first = await issued(visit, { id });
    const second = await issued(visit, { id, attempt: 2 });
    expect((await issue(visit, { id })).json()).toMatchObject({ code: 'overtaken' });
    expect((await redeem(first)).status).toBe(422);
    expect((await redeem(second)).status).toBe(200);
    const never = randomUUID();
    await revoke(never, 3);
    expect((await issue(visit, { id: never, attempt: 3 })).json()).toMatchObject({ code: 'overtaken' });
  });

  it('takes back also what its finder has begun, however long that goes on', async () => {
    const id = randomUUID();
    const password = await issued(await begin(), { id });
    const finder = visitOf();
    expect((await redeem(password, finder)).status).toBe(200);
    central.clocks.advance(ONE_TIME_LIFE_SECONDS * 1000 - 60_000);
    another = await tokenOfAnother(central.url);
    expect((await mail(finder, 'finder@example.jp')).status).toBe(200);
    central.clocks.advance(2 * 60_000);
    token = await terminalToken(central.url);
    another = await tokenOfAnother(central.url);
    await issued(await begin());
    await eventually(async () => {
      central.timers.fire();
      const over = db.selectFrom('one_time_passwords').select('id').where('expires_at', '<=', nowAt(central));
      expect(await over.execute()).toEqual([{ id }]);
    });
    await revoke(id);
    expect((await mail(finder, 'finder@example.jp')).json()).toMatchObject({ code: 'registration-over' });
  });

  it('ends what was begun with the one before it', async () => {
    const visit = await begin();
    const id = randomUUID();
    const [finder, second, third] = [visitOf(), visitOf(), visitOf()];
    expect((await redeem(await issued(visit, { id }), finder)).status).toBe(200);
    expect((await redeem(await issued(visit, { id, attempt: 2 }), second)).status).toBe(200);
    expect((await mail(finder, 'finder@example.jp')).json()).toMatchObject({ code: 'registration-over' });
    expect((await redeem(await issued(visit), third)).status).toBe(200);
    expect((await mail(second, 'second@example.jp')).json()).toMatchObject({ code: 'registration-over' });
    expect((await mail(third, 'third@example.jp')).status).toBe(200);
  });

  it('is worth nothing once its registration is done at the terminal', async () => {
    const visit = await begin();
    const password = await issued(visit);
    await finish(visit, 'here@example.jp');
    expect((await redeem(password)).json()).toMatchObject({ code: 'one-time-password-refused' });
  });

  it('is taken back before the registration that it began is done, or after, and never in between', async () => {
    const id = randomUUID();
    const password = await issued(await begin(), { id });
    const finder = visitOf();
    expect((await redeem(password, finder)).status).toBe(200);
    await mail(finder, 'between@example.jp');
    const { code } = await mailTo('between@example.jp');
    await post(`${CENTRAL_PATHS.codes}/${finder.id}/proof`, { sessionId: finder.sessionId, code }, another);
    let completing: Promise<Answer> | undefined;
    let revoking: Promise<Answer> | undefined;
    await db.transaction().execute(async (transaction) => {
      // In the middle of the completion.
      await transaction.selectFrom('codes').selectAll().where('id', '=', finder.id).forUpdate().execute();
      const completion = { sessionId: finder.sessionId, contact: 'id' };
      completing = post(`${CENTRAL_PATHS.registrations}/${finder.id}/completion`, completion, another, other);
      await eventually(async () => expect(await waitingForLocks()).toBe(1));
      revoking = revoke(id);
      await eventually(async () => expect(await waitingForLocks()).toBe(2));
    });
    expect([(await completing)?.status, (await revoking)?.status]).toEqual([200, 200]);
    const row = await db.selectFrom('registrations').selectAll().where('id', '=', finder.id).executeTakeFirst();
    expect(row?.login_id).toBe('between@example.jp');
    expect(row?.done_at).toBeInstanceOf(Date);
  });

  it('counts a wish once whose answers are lost', async () => {
    const visit = await begin();
    const id = randomUUID();
    for (let attempt = 1; attempt <= ONE_TIME_LIMIT.failures + 1; attempt += 1) await issued(visit, { id, attempt });
    expect((await issue(visit, { id })).json()).toMatchObject({ code: 'overtaken' });
    const answers = [];
    for (let at = 0; at < ONE_TIME_LIMIT.failures; at += 1) answers.push((await issue(visit)).status);
    expect(answers).toEqual([...Array.from({ length: ONE_TIME_LIMIT.failures - 1 }, () => 201), 429]);
  });

  it('is issued for a registration that is under way, or by staff, and only so often', async () => {
    const visit = await begin();
    expect((await issue(visit, { terms: [{ id: 'b-cas', version: '2026-11-01' }] })).status).toBe(422);
    expect((await issue(visit, {}, another)).json()).toMatchObject({ code: 'registration-over' });
    expect((await issue(visitOf())).json()).toMatchObject({ code: 'registration-over' });
    const alone = await signIn(central.url, 'taro@example.jp');
    expect((await issue(null, {}, alone.accessToken)).status).toBe(403);
    expect((await issue(null)).status).toBe(403);
    const staff = await openCustomer(central.url, await staffSignIn(central.url), '1000000008');
    const password = await issued(null, {}, staff.accessToken);
    const next = visitOf();
    expect((await redeem(password, next)).status).toBe(200);
    const row = await db.selectFrom('registrations').selectAll().where('id', '=', next.id).executeTakeFirst();
    expect(row).toMatchObject({ customer_number: '1000000008', staff_number: '1001' });
    const answers = [];
    for (let at = 0; at < ONE_TIME_LIMIT.failures; at += 1) answers.push((await issue(visit)).status);
    expect(new Set(answers)).toEqual(new Set([201, 429]));
  });

  it('stops a terminal, and a browser, that goes on guessing', async () => {
    let last: Answer | null = null;
    for (let at = 0; at <= TERMINAL_LIMIT.failures; at += 1) last = await redeem('123456789012');
    expect([last?.status, last?.headers.get('retry-after')]).toEqual([429, String(TERMINAL_LIMIT.seconds)]);
    const throttle = createSignInThrottle(db);
    const browser = { kind: 'one-time-page', id: '127.0.0.1' } as const;
    while (await throttle.takeTry(browser, central.clocks.system()));
    const form = new URLSearchParams({ visit: 'a'.repeat(43), password: '123456789012' });
    const answer = await fetch(`${central.url}${CENTRAL_PATHS.oneTimePage}?lang=ja`, { method: 'POST', body: form });
    expect([answer.status, await answer.text()]).toEqual([429, expect.stringContaining('5分ほどたってから')]);
    expect(ONE_TIME_PAGE_LIMIT.seconds).toBe(5 * 60);
  });

  describe('on a phone', () => {
    let cookie = '';
    const page = CENTRAL_PATHS.oneTimePage;
    const open = (path: string) => fetch(`${central.url}${path}`, { redirect: 'manual', headers: { cookie } });
    const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(`${central.url}${path}`, {
        ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers: { cookie, ...headers } },
      });
    const visitIn = (text: string): string => /name="visit" value="([\w-]+)"/.exec(text)?.[1] ?? '';

    it('goes on from the form to the new ID, with nothing secret in an address', async () => {
      const password = await issued(await begin());
      const form = await open(`${page}?lang=ja`);
      expect(form.headers.get('cache-control')).toBe('no-store');
      expect(form.headers.get('referrer-policy')).toBe('no-referrer');
      expect(form.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'sha256-[^']+';/);
      const visit = visitIn(await form.text());
      expect((await send(page, { visit, password }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await send(page, { visit, password: '123' })).status).toBe(422);
      expect(await (await send(`${page}?lang=ja`, { visit, password: wrong(password) })).text()).toContain(
        'このワンタイムパスワードは使えません',
      );
      expect((await open(`${page}/registration`)).status).toBe(410);
      // Pressed twice.
      const pressed = await Promise.all([send(page, { visit, password }), send(page, { visit, password })]);
      expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
      const set = pressed[0].headers.get('set-cookie') ?? '';
      expect(set).toMatch(/^madoguchi-one-time=[\w-]{43}; Path=\/one-time; HttpOnly; SameSite=Strict; Max-Age=3600$/);
      expect(pressed[0].headers.get('location')).toBe('/one-time/registration?lang=ja');
      // Another browser, with the slip.
      const elsewhere = visitIn(await (await fetch(`${central.url}${page}`)).text());
      expect((await send(page, { visit: elsewhere, password })).status).toBe(422);
      cookie = set.split(';')[0] ?? '';

      const account = { loginId: 'phone@example.jp', next: PASSWORD, again: PASSWORD };
      for (const broken of [{ loginId: 'phone' }, { next: 'short', again: 'short' }, { again: 'another1' }]) {
        const answer = await send(`${page}/account?lang=ja`, { ...account, ...broken });
        expect(answer.status).toBe(422);
        expect(await answer.text()).toContain('aria-invalid="true"');
      }
      expect((await send(`${page}/account?lang=ja`, account)).status).toBe(303);
      expect(await (await open(`${page}/registration?lang=ja`)).text()).toContain('phone@example.jp に送りました');
      const { text, link } = await mailTo('phone@example.jp');
      expect(text).toContain('認証コードを登録のページに入力してください');
      expect(await (await send(`${page}/code?lang=ja`, { code: '12' })).text()).toContain('数字6桁で入力して');
      expect((await send(`${page}/completion`, { contact: 'id' })).status).toBe(410);
      const confirmed = await fetch(link, { method: 'POST', body: new URLSearchParams() });
      expect(await confirmed.text()).toContain('href="/one-time/registration"');
      for (const lang of LANGUAGES) {
        const shown = await (await open(`${page}/registration?lang=${lang}`)).text();
        expect(shown).toContain('phone@example.jp');
        expect(shown).not.toMatch(/one-time:|codes:|\{\{/);
      }
      const done = await Promise.all([
        send(`${page}/completion`, { contact: 'present' }),
        send(`${page}/completion`, { contact: 'present' }),
      ]);
      expect(done.map(({ status }) => status)).toEqual([303, 303]);
      expect(await (await open(`${page}/registration?lang=ja`)).text()).toContain('iTSCOM IDを登録しました');
      expect((await signIn(central.url, 'phone@example.jp', PASSWORD)).customerNumber).toBe('1000000008');
    });

    it('takes the code of the mail, and is over with the half hour', async () => {
      const password = await issued(await begin());
      const visit = visitIn(await (await open(page)).text());
      const redeemed = await send(page, { visit, password });
      cookie = redeemed.headers.get('set-cookie')?.split(';')[0] ?? '';
      await send(`${page}/account?lang=ja`, { loginId: 'code@example.jp', next: PASSWORD, again: PASSWORD });
      const { code } = await mailTo('code@example.jp');
      const another = code === '000000' ? '000001' : '000000';
      expect(await (await send(`${page}/code?lang=ja`, { code: another })).text()).toContain('認証コードが違います');
      const throttle = createSignInThrottle(db);
      const takeAll = async (subject: ThrottleSubject): Promise<number> => {
        for (let taken = 0; ; taken += 1) if (!(await throttle.takeTry(subject, central.clocks.system()))) return taken;
      };
      // None was counted at the kiosk; and who locks the kiosk locks nothing here.
      expect(await takeAll({ kind: 'terminal', id: 'T01' })).toBe(TERMINAL_LIMIT.failures);
      const browser = { kind: 'one-time-page', id: '127.0.0.1' } as const;
      expect(await takeAll(browser)).toBe(ONE_TIME_PAGE_LIMIT.failures - 1);
      const stopped = await send(`${page}/code?lang=ja`, { code });
      expect([stopped.status, await stopped.text()]).toEqual([429, expect.stringContaining('5分ほどたってから')]);
      await throttle.giveBack(browser);
      expect((await send(`${page}/code`, { code })).headers.get('location')).toBe('/one-time/registration?lang=ja');
      expect(await (await open(`${page}/registration?lang=ja`)).text()).toContain('登録内容の確認');
      central.clocks.advance(ONE_TIME_LIFE_SECONDS * 1000);
      expect((await open(`${page}/registration`)).status).toBe(410);
      expect((await send(`${page}/completion`, { contact: 'id' })).status).toBe(410);
    });
  });

  it('is nowhere afterwards', async () => {
    expect(seen.size).toBeGreaterThan(5);
    const { rows } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
    for (const { name } of rows) {
      const found = await sql<{ text: string }>`select t::text as text from ${sql.table(name)} t`.execute(db);
      const everything = found.rows.map(({ text }) => text).join('\n');
      for (const password of seen) expect(everything, name).not.toContain(password);
    }
  });
});
