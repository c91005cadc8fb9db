import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { tmfCustomerSchema } from '../../shared/central-api/party.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { hasPostgres } from '../../tests/setup/test-postgres.ts';
import { CODE_MAIL_LIMIT } from '../identity/sign-in-throttle.ts';
import { lockCustomer } from '../store/customers.ts';
import type { Database } from '../store/schema.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import {
  newVisit,
  type OwnCentral,
  PASSWORD,
  startOwnCentral,
  verifyAt,
  type Visit,
  YAMADA,
} from '../testing/registrations.ts';
import type { TestCentral } from '../testing/test-central.ts';
import { terminalToken, tokenOfAnother } from '../testing/test-terminal.ts';

const OTHER_TERMS = { terms: [{ id: 'b-cas', version: '2026-11-01' }] };

describe.skipIf(!hasPostgres())('registration of an iTSCOM ID', () => {
  let own: OwnCentral;
  let central: TestCentral;
  let other: TestCentral;
  let db: Database;
  let token: string;

  beforeAll(async () => {
    own = await startOwnCentral('registration');
    ({ central, db } = own);
    other = await central.second();
    token = await terminalToken(central.url);
  });
  afterAll(async () => {
    await other.close();
    await own.close();
  });

  const begin = newVisit;
  const post = (path: string, body: object, at = central, by = token): Promise<Answer> =>
    call(`${at.url}${CENTRAL_PATHS.registrations}${path}`, { token: by, body });
  const verify = (visit: Visit, contractor: object = YAMADA, by = token): Promise<Answer> =>
    verifyAt(central, by, visit, contractor);
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
  const waitingForLocks = (): Promise<number> => own.waitingForLocks();
  const press = (link: string) => fetch(link, { method: 'POST', body: new URLSearchParams() });

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
