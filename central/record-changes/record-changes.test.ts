import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CODE_LIFE_SECONDS, CODE_TRIES } from '../../shared/central-api/codes.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import type { RecordWish } from '../../shared/central-api/record-changes.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { CODE_LIMIT, CODE_MAIL_LIMIT, TERMINAL_LIMIT } from '../identity/sign-in-throttle.ts';
import { lockCustomer } from '../store/customers.ts';
import { renewIdentity } from '../store/identity-version.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { type Answer, call, type Session, signIn } from '../testing/client.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';

const CONTACT = { kind: 'contact', daytimePhone: '0312345678', wantsNews: false, email: null } as const;

describe.skipIf(!hasPostgres())('changes of what is on record', () => {
  let central: TestCentral;
  let other: TestCentral;
  let db: Database;

  beforeAll(async () => {
    const url = await createTestDatabase('record_changes');
    central = await startTestCentral(url);
    other = await central.second();
    db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
  });
  afterAll(async () => {
    await db.destroy();
    await other.close();
    await central.dispose();
  });

  const begin = (session: Session, id: string, wish: RecordWish): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.recordChanges}`, {
      ...{ token: session.accessToken, body: { id, wish, language: 'ja' } },
    });
  const complete = (session: Session, id: string, at = central): Promise<Answer> =>
    call(`${at.url}${CENTRAL_PATHS.recordChanges}/${id}/completion`, {
      ...{ token: session.accessToken, body: {} },
    });
  const used = new Set<string>();
  const codeAt = (address: string): Promise<string> =>
    eventually(async () => {
      const mails = (await caughtMails(central.url)).filter(({ to }) => to.includes(address));
      const code = mails.flatMap(({ text }) => /認証コード：(\d{6})/.exec(text)?.[1] ?? []).at(-1);
      if (code === undefined || used.has(code)) throw new Error('no code yet');
      used.add(code);
      return code;
    });
  const prove = async (session: Session, id: string, address: string): Promise<void> => {
    const body = { sessionId: session.sessionId, code: await codeAt(address) };
    const answer = await call(`${central.url}${CENTRAL_PATHS.codes}/${id}/proof`, { token: session.accessToken, body });
    expect(answer.status, answer.text).toBe(200);
  };
  /** A wish for that ID, with its code proved. */
  const proved = async (session: Session, address: string, loginId: string): Promise<string> => {
    const id = randomUUID();
    expect((await begin(session, id, { kind: 'id', loginId, contact: 'present' })).status).toBe(200);
    await prove(session, id, address);
    return id;
  };
  const waitingForLocks = async (): Promise<number> => {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    return rows[0]?.waiting ?? 0;
  };

  it('gives one ID to one of two customers who take it at once', async () => {
    const [taro, hanako] = [
      await signIn(central.url, 'taro@example.jp'),
      await signIn(central.url, 'hanako@example.jp'),
    ];
    const ids = [
      await proved(taro, 'taro@example.jp', 'family@example.jp'),
      await proved(hanako, 'hanako@example.jp', 'family@example.jp'),
    ] as const;
    let completing: Promise<Answer>[] = [];
    await db.transaction().execute(async (transaction) => {
      await transaction.selectFrom('digital_identities').select('login_id').forUpdate().execute();
      completing = [complete(taro, ids[0]), complete(hanako, ids[1], other)];
      await eventually(async () => expect(await waitingForLocks()).toBe(2));
    });
    const answers = await Promise.all(completing);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.json()).toMatchObject({ code: 'id-taken' });
  });

  it('waits for a registration of the same contract, and tells nobody of a change without effect', async () => {
    const jiro = await signIn(central.url, 'jiro@example.jp');
    const id = await proved(jiro, 'jiro@example.jp', 'jiro.new@example.jp');
    const customer = await db
      .selectFrom('digital_identities')
      .selectAll()
      .where('login_id', '=', 'jiro@example.jp')
      .executeTakeFirstOrThrow();
    let completing: Promise<Answer> | undefined;
    await db.transaction().execute(async (transaction) => {
      await lockCustomer(transaction, customer.customer_number);
      completing = complete(jiro, id);
      await eventually(async () => expect(await waitingForLocks()).toBe(1));
      // As a registration does it.
      await transaction
        .insertInto('digital_identities')
        .values({ ...customer, login_id: 'registered@example.jp' })
        .execute();
      await transaction.deleteFrom('digital_identities').where('login_id', '=', customer.login_id).execute();
    });
    expect((await completing)?.status).toBe(200);
    const identities = await db
      .selectFrom('digital_identities')
      .select('login_id')
      .where('customer_number', '=', customer.customer_number)
      .execute();
    expect(identities).toEqual([{ login_id: 'jiro.new@example.jp' }]);

    const next = await proved(jiro, 'jiro@example.jp', 'jiro.last@example.jp');
    await db.deleteFrom('digital_identities').where('customer_number', '=', customer.customer_number).execute();
    expect((await complete(jiro, next)).json()).toMatchObject({ status: '409', code: 'code-over' });
    const told = await db.selectFrom('mails').select('about').where('about', '=', `recordChange/${next}`).execute();
    expect(told).toEqual([]);
  });

  it('changes nothing for a session that was over before its turn came', async () => {
    const ROKURO = 'rokuro@example.jp';
    const [thief, owner] = [await signIn(central.url, ROKURO), await signIn(central.url, ROKURO)];
    const id = randomUUID();
    await begin(thief, id, { kind: 'contact', daytimePhone: '0312345678', wantsNews: false, email: null });
    const post = (path: string, body: object): Promise<Answer> =>
      call(`${other.url}${path}`, { token: thief.accessToken, body: { id: randomUUID(), language: 'ja', ...body } });
    const accountId = 'account-7-access';
    let answers: Promise<Answer>[] = [];
    await db.transaction().execute(async (transaction) => {
      await lockCustomer(transaction, owner.customerNumber);
      answers = [
        complete(thief, id, other),
        post(CENTRAL_PATHS.passwordIssues, { attempt: 1, accountId }),
        post(CENTRAL_PATHS.passwordChanges, { accountId, present: 'Counter2026', next: 'b2345' }),
      ];
      await eventually(async () => expect(await waitingForLocks()).toBe(3));
      await renewIdentity(transaction, owner.customerNumber, owner.sessionId);
    });
    for (const answer of await Promise.all(answers)) {
      expect([answer.status, answer.json()]).toMatchObject([401, { code: 'session-over' }]);
    }
    const own = randomUUID();
    await begin(owner, own, { kind: 'contact', daytimePhone: '0312345679', wantsNews: false, email: null });
    expect((await complete(owner, own)).status).toBe(200);
  });

  it('limits its mails and wrong codes by customer, and wrong codes by terminal', async () => {
    const [saburo, shiro, goro] = [
      await signIn(central.url, 'saburo@example.jp'),
      await signIn(central.url, 'shiro@example.jp'),
      await signIn(central.url, 'goro@example.jp'),
    ];
    const wishOf = async (session: Session): Promise<{ id: string; email: string; answer: Answer }> => {
      const [id, email] = [randomUUID(), `${randomUUID()}@example.net`];
      return { id, email, answer: await begin(session, id, { ...CONTACT, email }) };
    };
    const tryCode = (session: Session, id: string, code: string, at = central): Promise<Answer> =>
      call(`${at.url}${CENTRAL_PATHS.codes}/${id}/proof`, {
        ...{ token: session.accessToken, body: { sessionId: session.sessionId, code } },
      });
    const guess = async (session: Session, guesses: number): Promise<void> => {
      const { id } = await wishOf(session);
      for (let at = 0; at < guesses; at += 1) {
        expect((await tryCode(session, id, 'no', at % 2 === 0 ? central : other)).json()).toMatchObject({
          code: 'code-wrong',
        });
      }
    };
    for (let misses = 0; misses < CODE_LIMIT.failures; misses += CODE_TRIES) await guess(saburo, CODE_TRIES);
    // Whichever wish it is for, the right one too, and changes nothing.
    const next = await wishOf(saburo);
    expect((await tryCode(saburo, next.id, await codeAt(next.email))).json()).toMatchObject({ code: 'code-wrong' });
    expect((await complete(saburo, next.id)).status).toBe(409);
    for (let mails = CODE_LIMIT.failures / CODE_TRIES + 1; mails < CODE_MAIL_LIMIT.failures; mails += 1) {
      expect((await wishOf(saburo)).answer.status).toBe(200);
    }
    const tooMany = await wishOf(saburo);
    expect([tooMany.answer.status, tooMany.answer.json()]).toMatchObject([429, { code: 'throttled' }]);
    expect(Number(tooMany.answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await db.selectFrom('record_changes').select('id').where('id', '=', tooMany.id).execute()).toEqual([]);

    const missed = CODE_LIMIT.failures + 1;
    for (let misses = missed; misses < TERMINAL_LIMIT.failures; misses += CODE_TRIES) {
      await guess(shiro, Math.min(CODE_TRIES, TERMINAL_LIMIT.failures - misses));
    }
    const slowed = await wishOf(goro);
    expect((await tryCode(goro, slowed.id, await codeAt(slowed.email), other)).status).toBe(429);
    central.clocks.advance(TERMINAL_LIMIT.seconds * 1000);
  });

  it('keeps no wish for long that was broken off, and none for ever', async () => {
    const kept = async () => (await db.selectFrom('record_changes').select('id').execute()).map(({ id }) => id);
    const wish = async (): Promise<string> => {
      const id = randomUUID();
      expect((await begin(await signIn(central.url, 'goro@example.jp'), id, CONTACT)).status).toBe(200);
      return id;
    };
    const goro = await signIn(central.url, 'goro@example.jp');
    const done = randomUUID();
    await begin(goro, done, CONTACT);
    expect((await complete(goro, done)).status).toBe(200);
    const brokenOff = await wish();
    expect(await kept()).toEqual(expect.arrayContaining([done, brokenOff]));
    central.clocks.advance(CODE_LIFE_SECONDS * 1000);
    const next = await wish();
    await eventually(async () => {
      central.timers.fire();
      expect(await kept()).not.toContain(brokenOff);
    });
    expect(await kept()).toEqual(expect.arrayContaining([done, next]));
    central.clocks.advance(24 * 60 * 60_000);
    const last = await wish();
    await eventually(async () => {
      central.timers.fire();
      expect(await kept()).toEqual([last]);
    });
  });
});
