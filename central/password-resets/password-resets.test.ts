import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { z } from 'zod';
import { CODE_LIFE_SECONDS, CODE_TRIES } from '../../shared/central-api/codes.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import {
  CODE_LIMIT,
  CODE_MAIL_LIMIT,
  createSignInThrottle,
  LOGIN_LIMIT,
  TERMINAL_LIMIT,
} from '../identity/sign-in-throttle.ts';
import { openDatabase } from '../store/open-database.ts';
import { renewIdentity } from '../store/identity-version.ts';
import type { Database } from '../store/schema.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { terminalToken, tokenOfAnother } from '../testing/test-terminal.ts';

const NEW = 'Canary%Reset1';
const NOBODY = 'nobody@example.jp';

describe.skipIf(!hasPostgres())('a forgotten password is set anew', () => {
  let central: TestCentral;
  let other: TestCentral;
  let db: Database;
  let token: string;

  beforeAll(async () => {
    const url = await createTestDatabase('resets');
    central = await startTestCentral(url);
    other = await central.second();
    db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
    token = await terminalToken(central.url);
    // While nobody is asked a secret question, those whom nobody knows aren't either.
    const setting = { token: await central.tokens.forOperator(['tmf.write']), method: 'PUT', body: { way: 'code' } };
    const path = `${CENTRAL_PATHS.operatorCustomer}/1000000009/password-reset`;
    expect((await call(`${central.url}${path}`, setting)).status).toBe(200);
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
  const begin = (visit: Visit, loginId: string | null, by = token): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.passwordResets}`, { token: by, body: { ...visit, loginId, language: 'ja' } });
  const prove = ({ id, sessionId }: Visit, code: string, by = token): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.codes}/${id}/proof`, { token: by, body: { sessionId, code } });
  const complete = ({ id, sessionId }: Visit, password = NEW, at = central, by = token): Promise<Answer> =>
    call(`${at.url}${CENTRAL_PATHS.passwordResets}/${id}/completion`, { token: by, body: { sessionId, password } });
  const trySignIn = (loginId: string, password: string): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.signIn}`, { token, body: { loginId, password, sessionId: randomUUID() } });
  const codeMails = async (address: string) =>
    (await caughtMails(central.url)).filter(({ to, text }) => to.includes(address) && text.includes('認証コード：'));
  /** Of the newest of so many mails. */
  const codeFor = (address: string, count = 1): Promise<string> =>
    eventually(async () => {
      const mails = await codeMails(address);
      expect(mails).toHaveLength(count);
      return /認証コード：(\d{6})/.exec(mails.at(-1)?.text ?? '')?.[1] ?? '';
    });
  const said = (answer: Answer): unknown => ({ ...z.record(z.string(), z.unknown()).parse(answer.json()), id: 'any' });
  const wait = async (seconds: number): Promise<void> => {
    central.clocks.advance(seconds * 1000 + 1);
    token = await terminalToken(central.url);
  };

  it('by a code to the contact address, once, and puts out and lets in whom it has to', async () => {
    const thief = await signIn(central.url, 'taro@example.jp');
    for (let miss = 0; miss < LOGIN_LIMIT.failures; miss += 1) await trySignIn('taro@example.jp', 'wrong');
    const visit = visitOf();
    expect((await begin(visit, 'taro@EXAMPLE.jp')).json()).toEqual({
      ...{ id: visit.id, way: 'code', expiresInSeconds: CODE_LIFE_SECONDS },
    });
    const code = await codeFor('taro@example.jp');
    expect((await complete(visit)).status).toBe(409);
    expect((await prove(visit, code)).status).toBe(200);
    expect((await complete(visit, 'short')).json()).toMatchObject({ code: 'password-reset-rule' });
    expect((await complete({ ...visit, sessionId: randomUUID() })).status).toBe(409);
    const elsewhere = await tokenOfAnother(central.url);
    expect((await complete(visit, NEW, central, elsewhere)).status).toBe(409);
    // A double tap, at two centrals.
    const both = await Promise.all([complete(visit), complete(visit, NEW, other)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0].json()).toEqual(both[1].json());
    expect((await complete(visit)).json()).toEqual(both[0].json());
    expect((await complete(visit, 'Another%Pass1')).status).toBe(409);
    expect((await begin(visit, 'taro@example.jp')).status).toBe(409);

    expect((await trySignIn('taro@example.jp', NEW)).status).toBe(200);
    expect((await trySignIn('taro@example.jp', 'Counter2026')).status).toBe(401);
    const looked = await call(`${other.url}${CENTRAL_PATHS.customer}/${thief.customerNumber}`, {
      token: thief.accessToken,
    });
    expect(looked.status).toBe(401);
    await eventually(async () => {
      const news = (await caughtMails(central.url)).filter(({ text }) => text.includes('パスワードを変更しました'));
      expect(news).toHaveLength(1);
      expect(news[0]?.text).not.toContain(NEW);
    });
  });

  it('says the same of an ID that nobody has, of wrong codes and of too many', async () => {
    const [known, unknown] = [visitOf(), visitOf()];
    const answers = [await begin(known, 'hanako@example.jp'), await begin(unknown, NOBODY)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(said)[0]).toEqual(answers.map(said)[1]);
    await codeFor('hanako@example.jp');
    for (let tries = 0; tries <= CODE_TRIES; tries += 1) {
      const [one, two] = [await prove(known, '00000x'), await prove(unknown, '00000x')];
      expect([one.status, one.json()]).toEqual([two.status, two.json()]);
      expect(one.json()).toMatchObject({ code: 'code-wrong' });
    }
    const states = await Promise.all(
      [known, unknown].map(({ id, sessionId }) =>
        call(`${central.url}${CENTRAL_PATHS.codes}/${id}?sessionId=${sessionId}`, { token }),
      ),
    );
    expect(states.map(said)[0]).toEqual(states.map(said)[1]);
    // Whoever knows the ID may be the one who guesses: the customer's other codes stay as good as they were.
    const others = Array.from({ length: CODE_LIMIT.failures }, () =>
      createSignInThrottle(db).takeTry({ kind: 'code', id: '1000000002' }, central.clocks.system()),
    );
    expect(await Promise.all(others)).not.toContain(false);
    expect((await prove(known, await codeFor('hanako@example.jp'))).json()).toMatchObject({ code: 'code-wrong' });
    expect([(await complete(known)).json(), (await complete(unknown)).json()]).toEqual([
      expect.objectContaining({ code: 'password-reset-over' }),
      expect.objectContaining({ code: 'password-reset-over' }),
    ]);
    // The terminal's own count is another matter.
    await wait(TERMINAL_LIMIT.seconds);
    for (const loginId of ['hanako@example.jp', NOBODY]) {
      for (let mails = 1; mails < CODE_MAIL_LIMIT.failures; mails += 1) {
        expect((await begin(visitOf(), loginId)).status).toBe(200);
      }
      const refused = await begin(visitOf(), loginId);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    }
    expect(await codeMails(NOBODY)).toHaveLength(0);
  });

  it('not after half an hour, not by the mail before, and not where the customer has another ID since', async () => {
    await wait(TERMINAL_LIMIT.seconds);
    const visit = visitOf();
    await begin(visit, 'jiro@example.jp');
    const first = await codeFor('jiro@example.jp');
    await begin(visit, 'jiro@example.jp');
    const second = await codeFor('jiro@example.jp', 2);
    if (first !== second) expect((await prove(visit, first)).json()).toMatchObject({ code: 'code-wrong' });
    expect((await prove(visit, second)).status).toBe(200);
    await wait(CODE_LIFE_SECONDS);
    expect((await complete(visit)).json()).toMatchObject({ code: 'password-reset-over' });
    expect((await prove(visit, second)).json()).toMatchObject({ code: 'code-over' });

    const overtaken = visitOf();
    await begin(overtaken, 'saburo@example.jp');
    expect((await prove(overtaken, await codeFor('saburo@example.jp'))).status).toBe(200);
    await db.transaction().execute((transaction) => renewIdentity(transaction, '1000000004', null));
    expect((await complete(overtaken)).json()).toMatchObject({ code: 'password-reset-over' });

    const readElsewhere = visitOf();
    await begin(readElsewhere, 'goro@example.jp');
    expect((await prove(readElsewhere, await codeFor('goro@example.jp'))).status).toBe(200);
    const moved = { contact_email: 'goro-new@example.jp' };
    await db.updateTable('customers').set(moved).where('contact_email', '=', 'goro@example.jp').execute();
    expect((await complete(readElsewhere)).json()).toMatchObject({ code: 'password-reset-over' });

    const later = visitOf();
    await begin(later, 'jiro@example.jp');
    expect((await prove(later, await codeFor('jiro@example.jp', 3))).status).toBe(200);
    await db
      .updateTable('digital_identities')
      .set({ login_id: 'jiro-new@example.jp' })
      .where('login_id', '=', 'jiro@example.jp')
      .execute();
    expect((await complete(later)).json()).toMatchObject({ code: 'password-reset-over' });
    expect((await trySignIn('jiro-new@example.jp', 'Counter2026')).status).toBe(200);
  });

  it('from one terminal for so many IDs, whoever has them', async () => {
    await wait(TERMINAL_LIMIT.seconds);
    for (let mails = 0; mails < TERMINAL_LIMIT.failures; mails += 1) {
      expect((await begin(visitOf(), `nobody-${mails}@example.jp`)).status).toBe(200);
    }
    for (const loginId of ['shiro@example.jp', 'nobody-else@example.jp']) {
      expect((await begin(visitOf(), loginId)).status).toBe(429);
    }
    await wait(TERMINAL_LIMIT.seconds);
    expect((await begin(visitOf(), 'shiro@example.jp')).status).toBe(200);
  });

  it('is for terminals, and for customers whom staff serve', async () => {
    const { accessToken } = await signIn(central.url, 'shiro@example.jp');
    for (const [by, loginId] of [
      [accessToken, null],
      [accessToken, 'shiro@example.jp'],
      [token, null],
    ] as const) {
      expect((await begin(visitOf(), loginId, by)).status).toBe(403);
    }
    expect((await begin(visitOf(), '')).status).toBe(400);
  });
});
