import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { tmfCustomerSchema } from '../../shared/central-api/party.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { CODE_MAIL_LIMIT, CONTRACTOR_LIMIT } from '../identity/sign-in-throttle.ts';
import { lockCustomer } from '../store/customers.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral, expectOk } from '../testing/test-central.ts';
import { terminalToken, tokenOfAnother } from '../testing/test-terminal.ts';

const YAMADA = {
  ...{ kana: 'ヤマダタロウ', phone: '0312345678', additional: null },
  proof: { kind: 'card', value: '4242' },
} as const;
const PASSWORD = 'Canary%Pass1';
const OTHER_TERMS = { terms: [{ id: 'b-cas', version: '2026-11-01' }] };

describe.skipIf(!hasPostgres())('registration of an iTSCOM ID', () => {
  let central: TestCentral;
  let other: TestCentral;
  let db: Database;
  let token: string;

  beforeAll(async () => {
    const url = await createTestDatabase('registration');
    central = await startTestCentral(url);
    other = await central.second();
    db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
    token = await terminalToken(central.url);
  });
  afterAll(async () => {
    await db.destroy();
    await other.close();
    await central.dispose();
  });

  const begin = () => ({ id: randomUUID(), sessionId: randomUUID() });
  type Visit = ReturnType<typeof begin>;
  const post = (path: string, body: object, at = central, by = token): Promise<Answer> =>
    call(`${at.url}${CENTRAL_PATHS.registrations}${path}`, { token: by, body });
  const verify = (visit: Visit, contractor: object = YAMADA, by = token): Promise<Answer> =>
    post('', { ...visit, contractor }, central, by);
  const mail = ({ id, sessionId }: Visit, more: object = {}, by = token): Promise<Answer> =>
    post(
      `/${id}/mail`,
      {
        ...{ sessionId, loginId: 'yamada@example.jp', password: PASSWORD, language: 'ja' },
        ...{ terms: [{ id: 'my-page', version: '2026-11-01' }], ...more },
      },
      central,
      by,
    );
  const complete = ({ id, sessionId }: Visit, contact = 'id', at = central, by = token): Promise<Answer> =>
    post(`/${id}/completion`, { sessionId, contact }, at, by);
  const mailsTo = async (address: string) => (await caughtMails(central.url)).filter(({ to }) => to.includes(address));
  /** The link and code of the newest mail, once there are so many. */
  const mailed = (address: string, count: number) =>
    eventually(async () => {
      const mails = (await mailsTo(address)).filter(({ text }) => text.includes('/confirm/'));
      expect(mails).toHaveLength(count);
      const text = mails.at(-1)?.text ?? '';
      return {
        code: /認証コード：(\d{6})/.exec(text)?.[1] ?? '',
        link: /https?:\S+\/confirm\/\S+/.exec(text)?.[0] ?? '',
      };
    });
  const prove = ({ id, sessionId }: Visit, code: string, by = token): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.codes}/${id}/proof`, { token: by, body: { sessionId, code } });
  /** Few mails go out for one contract in a while. */
  const waitForMoreMails = async (): Promise<void> => {
    central.clocks.advance(CODE_MAIL_LIMIT.seconds * 1000 + 1);
    token = await terminalToken(central.url);
  };
  const waitingForLocks = async (): Promise<number> => {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    return rows[0]?.waiting ?? 0;
  };
  const press = (link: string) => fetch(link, { method: 'POST', body: new URLSearchParams() });

  it('knows the contractor however it is written, by each proof', async () => {
    for (const contractor of [
      { kana: 'ﾔﾏﾀﾞ ﾀﾛｳ', phone: '03-1234-5678', proof: { kind: 'device', value: 'ABC-123:456' } },
      {
        kana: 'やまだ　たろう',
        phone: '０３１２３４５６７８',
        proof: { kind: 'customer-number', value: '１００００００００８' },
      },
      { kana: 'ヤマダ　タロウ', phone: '03ー1234ー5678', proof: { kind: 'card', value: '４２４２' } },
    ]) {
      const answer = await verify(begin(), { ...contractor, additional: null });
      expect(answer.json()).toMatchObject({ state: 'verified', replaces: false });
    }
    const hanako = { kana: 'ホシノハナコ', phone: '0398765432', proof: { kind: 'bank-account', value: '2024' } };
    const known = await db.selectFrom('customers').selectAll().where('number', '=', '1000000002').executeTakeFirst();
    const answer = await verify(begin(), { ...hanako, kana: known?.kana, phone: known?.phone, additional: null });
    expect(answer.json()).toMatchObject({ replaces: true });
  });

  it('says the same of whatever is wrong, and of too much of it', async () => {
    const taro = await db
      .selectFrom('customers')
      .selectAll()
      .where('number', '=', '1000000001')
      .executeTakeFirstOrThrow();
    const right = { kana: taro.kana, phone: taro.phone, proof: { kind: 'card', value: '1881' }, additional: null };
    const wrong = [
      { ...right, proof: { kind: 'card', value: '4242' } },
      { ...right, kana: 'ヤマダタロウ' },
      { ...right, kana: 'taro' },
      { ...right, proof: { kind: 'device', value: 'ABC123456' } },
      { ...right, proof: { kind: 'customer-number', value: '1000000008' } },
    ];
    const answers = [];
    for (const contractor of wrong) answers.push(await verify(begin(), contractor));
    expect(wrong).toHaveLength(CONTRACTOR_LIMIT.failures);
    answers.push(await verify(begin(), right));
    answers.push(await verify(begin(), { ...right, phone: '0999999999' }));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.json()).toMatchObject({ status: '422', code: 'contractor-refused' });
    central.clocks.advance(CONTRACTOR_LIMIT.seconds * 1000 + 1);
    token = await terminalToken(central.url);
    expect((await verify(begin(), right)).status).toBe(200);
  });

  it('asks for another proof where name, phone and proof are of several contracts', async () => {
    const row = await db
      .selectFrom('customers')
      .selectAll()
      .where('number', '=', '1000000006')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('customers')
      .values({ ...row, number: '2000000006', individual_id: 'twin', contact_email: null })
      .execute();
    await db
      .insertInto('payment_endings')
      .values({ customer_number: '2000000006', kind: 'card', last_four: '6011' })
      .execute();
    const contractor = { kana: row.kana, phone: row.phone, proof: { kind: 'card', value: '6011' }, additional: null };
    expect((await verify(begin(), contractor)).json()).toMatchObject({ state: 'additional' });
    const additional = (value: string) => ({ ...contractor, additional: { kind: 'customer-number', value } });
    expect((await verify(begin(), additional('2000000006'))).json()).toMatchObject({
      state: 'verified',
      replaces: false,
    });
    expect((await verify(begin(), additional('1000000006'))).json()).toMatchObject({
      state: 'verified',
      replaces: true,
    });
    expect((await verify(begin(), additional('1000000001'))).status).toBe(422);
  });

  it('registers what a link proved, once however often it is told, and tells it by mail', async () => {
    const visit = begin();
    expect((await mail(visit)).json()).toMatchObject({ status: '409', code: 'registration-over' });
    await verify(visit);
    for (const broken of [
      { loginId: 'yamada' },
      { loginId: 'ya mada@example.jp' },
      { password: 'short' },
      OTHER_TERMS,
    ]) {
      expect((await mail(visit, broken)).json()).toMatchObject({ status: '422', code: 'registration-rule' });
    }
    expect((await mail(visit)).status).toBe(200);
    expect((await complete(visit)).status).toBe(409);
    const { link } = await mailed('yamada@example.jp', 1);
    expect(link.startsWith(`${central.url}/confirm/`)).toBe(true);
    expect(await (await press(link)).text()).toContain('メールアドレスを確認しました');
    expect((await complete(visit, 'id', central, await tokenOfAnother(central.url))).status).toBe(409);
    expect((await complete({ ...visit, sessionId: randomUUID() })).status).toBe(409);
    const done = await Promise.all([complete(visit), complete(visit, 'id', other), complete(visit)]);
    expect(done.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    const session = await signIn(central.url, 'yamada@example.jp', PASSWORD);
    expect(session.customerNumber).toBe('1000000008');
    const customer = await call(`${central.url}${CENTRAL_PATHS.customer}/1000000008`, { token: session.accessToken });
    expect(JSON.stringify(tmfCustomerSchema.parse(customer.json()).contactMedium)).toContain('yamada@example.jp');
    await eventually(async () =>
      expect((await mailsTo('yamada@example.jp')).map(({ subject }) => subject)).toEqual([
        ...['iTSCOM IDの本登録のご案内', 'iTSCOM IDを登録しました'],
      ]),
    );
    const visits = await db.selectFrom('party_interactions').selectAll().where('kind', '=', 'id-registered').execute();
    expect(visits.map(({ details }) => details)).toEqual([
      { kind: 'id-registered', replaced: false, terms: [{ id: 'my-page', version: '2026-11-01' }] },
    ]);
  });

  it('replaces the ID that there was, and keeps the contact address where that is wished', async () => {
    const visit = begin();
    expect((await verify(visit)).json()).toMatchObject({ replaces: true });
    expect((await mail(visit, { loginId: 'yamada@example.jp' })).json()).toMatchObject({ presentContact: null });
    expect((await mail(visit, { loginId: 'taro.yamada@example.jp' })).json()).toMatchObject({
      presentContact: 'y****@example.jp',
    });
    const { code } = await mailed('taro.yamada@example.jp', 1);
    expect((await prove(visit, code)).json()).toMatchObject({ state: 'proved' });
    expect((await complete(visit, 'present')).status).toBe(200);
    await expect(signIn(central.url, 'yamada@example.jp', PASSWORD)).rejects.toThrow();
    await signIn(central.url, 'taro.yamada@example.jp', PASSWORD);
    // Whoever had it is told.
    await eventually(async () => expect(await mailsTo('yamada@example.jp')).toHaveLength(4));
  });

  it('lets a mailbox of the operator’s be the contact address, each told by no more than it takes', async () => {
    const rokuro = { kana: 'ナカムラロクロウ', phone: '0312345607', proof: { kind: 'bank-account', value: '7077' } };
    const visit = begin();
    await verify(visit, { ...rokuro, additional: null });
    expect((await mail(visit, { loginId: 'rokuro@example.jp' })).json()).toMatchObject({
      ...{ presentContact: null, mailAddresses: ['ro****@mail.example.jp', 'ry****@mail.example.jp'] },
    });
    expect((await mail(visit, { loginId: 'ryoko@mail.example.jp' })).json()).toMatchObject({
      ...{ presentContact: 'r****@example.jp', mailAddresses: ['r****@mail.example.jp'] },
    });
    await mail(visit, { loginId: 'rokuro@example.jp' });
    await press((await mailed('rokuro@example.jp', 2)).link);
    expect((await complete(visit, 'ta****@mail.example.jp')).json()).toMatchObject({ code: 'registration-over' });
    expect((await complete(visit, 'nowhere')).status).toBe(400);
    expect((await complete(visit, 'ry****@mail.example.jp')).status).toBe(200);
    await eventually(async () => expect(await mailsTo('ryoko@mail.example.jp')).toHaveLength(2));
    const customer = await db.selectFrom('customers').selectAll().where('number', '=', '1000000007').executeTakeFirst();
    expect(customer?.contact_email).toBe('ryoko@mail.example.jp');
  });

  it('registers one of two that were begun at once; the other begins anew', async () => {
    const another = await tokenOfAnother(central.url);
    const [one, two] = [begin(), begin()];
    await verify(one);
    await verify(two, YAMADA, another);
    await mail(one, { loginId: 'one@example.jp' });
    await mail(two, { loginId: 'two@example.jp' }, another);
    await press((await mailed('one@example.jp', 1)).link);
    await press((await mailed('two@example.jp', 1)).link);
    const done = await Promise.all([complete(one), complete(two, 'id', other, another)]);
    expect(done.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const ids = await db
      .selectFrom('digital_identities')
      .selectAll()
      .where('customer_number', '=', '1000000008')
      .execute();
    expect(ids).toHaveLength(1);
    expect(ids[0]?.login_id).toBe(done[0].status === 200 ? 'one@example.jp' : 'two@example.jp');
  });

  it('tells by no clock which of two was first', async () => {
    await waitForMoreMails();
    const behind = await central.second(-10 * 60_000);
    const [one, two, three] = [begin(), begin(), begin()];
    await verify(one);
    await verify(two);
    for (const [visit, loginId] of [
      [one, 'ahead@example.jp'],
      [two, 'behind@example.jp'],
    ] as const) {
      await mail(visit, { loginId });
      await press((await mailed(loginId, 1)).link);
    }
    expect((await complete(two, 'id', behind)).status).toBe(200);
    expect((await complete(one)).json()).toMatchObject({ code: 'registration-over' });
    // Begun after it, where it is earlier.
    expect((await post('', { ...three, contractor: YAMADA }, behind)).json()).toMatchObject({ replaces: true });
    await mail(three, { loginId: 'third@example.jp' });
    await press((await mailed('third@example.jp', 1)).link);
    expect((await complete(three)).status).toBe(200);
    await behind.close();
  });

  it('is over for whoever chooses another address while it completes', async () => {
    await waitForMoreMails();
    const visit = begin();
    await verify(visit);
    await mail(visit, { loginId: 'chosen@example.jp' });
    await press((await mailed('chosen@example.jp', 1)).link);
    let completing: Promise<Answer> | undefined;
    let choosing: Promise<Answer> | undefined;
    await db.transaction().execute(async (transaction) => {
      await lockCustomer(transaction, '1000000008');
      completing = complete(visit);
      await eventually(async () => expect(await waitingForLocks()).toBe(1));
      choosing = mail(visit, { loginId: 'too.late@example.jp' });
      await eventually(async () => expect(await waitingForLocks()).toBe(2));
    });
    expect((await completing)?.status).toBe(200);
    expect((await choosing)?.json()).toMatchObject({ status: '409', code: 'registration-over' });
    expect((await complete(visit)).json()).toMatchObject({ loginId: 'chosen@example.jp' });
    const row = await db.selectFrom('registrations').selectAll().where('id', '=', visit.id).executeTakeFirst();
    expect(row?.password_hash).toBeNull();
  });

  it('gives one ID to one of two contracts that take it at once', async () => {
    await waitForMoreMails();
    const third = await db
      .selectFrom('customers')
      .selectAll()
      .where('number', '=', '1000000003')
      .executeTakeFirstOrThrow();
    const contractor = {
      ...{ kana: third.kana, phone: third.phone, additional: null },
      proof: { kind: 'customer-number', value: third.number },
    };
    const [one, two] = [begin(), begin()];
    await verify(one);
    await verify(two, contractor);
    for (const [at, visit] of [one, two].entries()) {
      await mail(visit, { loginId: 'family@example.jp' });
      await press((await mailed('family@example.jp', at + 1)).link);
    }
    let completing: Promise<Answer>[] = [];
    await db.transaction().execute(async (transaction) => {
      await lockCustomer(transaction, '1000000008');
      await lockCustomer(transaction, third.number);
      completing = [complete(one), complete(two, 'id', other)];
      await eventually(async () => expect(await waitingForLocks()).toBe(2));
    });
    const done = await Promise.all(completing);
    expect(done.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    // What the other had stays.
    const ids = await db
      .selectFrom('digital_identities')
      .select('login_id')
      .where('customer_number', 'in', ['1000000008', third.number])
      .execute();
    expect(ids).toHaveLength(2);
  });

  it('tells only the mailbox that its address is another contract’s', async () => {
    await waitForMoreMails();
    const visit = begin();
    await verify(visit);
    expect((await mail(visit, { loginId: 'hanako@example.jp' })).status).toBe(200);
    const told = await eventually(async () => {
      const subjects = (await mailsTo('hanako@example.jp')).map(({ subject }) => subject);
      expect(subjects).toContain('このメールアドレスはすでに登録されています');
      return subjects;
    });
    expect(told.filter((subject) => subject === 'このメールアドレスはすでに登録されています')).toHaveLength(1);
    const booked = await db.selectFrom('mails').select('customer_number').where('kind', '=', 'id-taken').execute();
    expect(booked).toEqual([{ customer_number: '1000000002' }]);
    expect((await prove(visit, '123456')).json()).toMatchObject({ code: 'code-wrong' });
    expect((await complete(visit)).status).toBe(409);
    // Another address, in the same visit.
    await mail(visit, { loginId: 'free@example.jp' });
    await press((await mailed('free@example.jp', 1)).link);
    expect((await complete(visit)).status).toBe(200);
    await signIn(central.url, 'hanako@example.jp');
  });

  it('is over after half an hour', async () => {
    const visit = begin();
    await verify(visit);
    await mail(visit, { loginId: 'late@example.jp' });
    const { link } = await mailed('late@example.jp', 1);
    central.clocks.advance(30 * 60_000);
    token = await terminalToken(central.url);
    expect((await press(link)).status).toBe(410);
    expect((await complete(visit)).json()).toMatchObject({ code: 'registration-over' });
    expect((await mail(visit)).status).toBe(409);
  });

  it('keeps nothing for long of what was broken off, and what was done for a day', async () => {
    central.clocks.advance(30 * 60_000);
    token = await terminalToken(central.url);
    const visit = begin();
    await verify(visit);
    await mail(visit, { loginId: 'next@example.jp' });
    await eventually(async () => {
      central.timers.fire();
      const registrations = await db.selectFrom('registrations').selectAll().execute();
      expect(registrations.filter(({ done_at }) => done_at === null).map(({ id }) => id)).toEqual([visit.id]);
      expect(registrations.length).toBeGreaterThan(1);
      expect((await db.selectFrom('codes').select('id').execute()).map(({ id }) => id)).toEqual([visit.id]);
    });
    central.clocks.advance(24 * 60 * 60_000);
    token = await terminalToken(central.url);
    const later = begin();
    await verify(later);
    await eventually(async () => {
      central.timers.fire();
      expect((await db.selectFrom('registrations').select('id').execute()).map(({ id }) => id)).toEqual([later.id]);
    });
  });

  it('leaves no secret in the database', async () => {
    const codes = (await caughtMails(central.url)).flatMap(({ text }) => [
      ...[...text.matchAll(/認証コード：(\d{6})/g)].map(([, code]) => code ?? ''),
      ...[...text.matchAll(/\/confirm\/(\S+)/g)].map(([, link]) => link ?? ''),
    ]);
    expect(codes.length).toBeGreaterThan(8);
    const everything = JSON.stringify([
      await db.selectFrom('mails').selectAll().execute(),
      await db.selectFrom('codes').selectAll().execute(),
      await db.selectFrom('registrations').selectAll().execute(),
      await db.selectFrom('digital_identities').selectAll().execute(),
      await db.selectFrom('party_interactions').selectAll().execute(),
      await db.selectFrom('audit_log').selectAll().execute(),
    ]);
    for (const secret of [PASSWORD, ...codes]) expect(everything).not.toContain(secret);
  });
});
