import { randomUUID } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  cableIdAddedSchema,
  passwordIssueSchema,
  tmfDigitalIdentitySchema,
} from '../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { LOGIN_LIMIT } from '../identity/sign-in-throttle.ts';
import { openDatabase } from '../store/open-database.ts';
import { type Answer, call, type Session, signIn } from '../testing/client.ts';
import { listMessages } from '../testing/messages.ts';
import { openCustomer, staffSignIn } from '../testing/staff.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';

const visitSchema = z.looseObject({
  reason: z.string(),
  visit: z.looseObject({ account: z.string().optional() }),
  relatedParty: z.array(z.looseObject({ id: z.string() })),
});

const TARO_ACCESS = 'account-1-access';

describe('accounts and their passwords', () => {
  let central: TestCentral;
  let taro: Session;

  beforeAll(async () => {
    central = await startTestCentral(await createAnyDatabase('accounts'));
    taro = await signIn(central.url, 'taro@example.jp');
  });
  afterAll(() => central.dispose());

  const issue = (
    { id, attempt = 1, accountId = TARO_ACCESS }: { id: string; attempt?: number; accountId?: string },
    token: string = taro.accessToken,
  ): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.passwordIssues}`, { token, body: { id, attempt, accountId, language: 'ja' } });
  const issued = async (wish: Parameters<typeof issue>[0], token?: string): Promise<string> => {
    const answer = await issue(wish, token);
    expect(answer.status, answer.text).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return passwordIssueSchema.parse(answer.json()).password;
  };
  const revoke = (id: string, attempt: number, token: string = taro.terminalToken): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.passwordIssues}/${id}/revocation`, { token, body: { attempt } });
  /** Whether the account takes that password now. */
  const takes = async (password: string, accountId = TARO_ACCESS): Promise<boolean> => {
    const { password_hash: hash } = await readRows(async (db) =>
      db.selectFrom('service_accounts').select('password_hash').where('id', '=', accountId).executeTakeFirstOrThrow(),
    );
    return hash !== null && verify(hash, password);
  };
  const readRows = async <T>(
    read: (db: Extract<Awaited<ReturnType<typeof openDatabase>>, { ok: true }>['value']) => Promise<T>,
  ): Promise<T> => {
    // PGlite is one process's at a time.
    const isEmbedded = central.databaseUrl === null;
    if (isEmbedded) await central.close();
    const db = expectOk(
      await openDatabase(
        central.databaseUrl === null
          ? { kind: 'pglite', dataDirectory: central.dataDirectory }
          : { kind: 'postgres', url: central.databaseUrl },
        pino({ level: 'fatal' }),
      ),
    );
    const rows = await read(db);
    await db.destroy();
    if (isEmbedded) central = await central.restart();
    return rows;
  };

  it('shows customers their own accounts, as TMF720, without a password', async () => {
    const answer = await call(`${central.url}${CENTRAL_PATHS.digitalIdentity}?relatedParty.id=1000000001`, {
      token: taro.accessToken,
    });
    const identities = tmfDigitalIdentitySchema.array().parse(answer.json());
    expect(identities.map(({ '@type': type, nickname }) => [type, nickname])).toEqual([
      ['AccessAccount', 'a1000001@net.example.jp'],
      ['CableId', 'c100000101'],
      ['PortalAccount', 'taro@example.jp'],
    ]);
    expect(answer.text).not.toMatch(/argon2|password|hash/i);
    const foreign = await call(`${central.url}${CENTRAL_PATHS.digitalIdentity}/account-2-access`, {
      token: taro.accessToken,
    });
    expect(foreign.status).toBe(404);
  });

  it('issues a password, and anew on every repeat; late and overtaken ones are refused', async () => {
    const id = randomUUID();
    const first = await issued({ id });
    expect(await takes(first)).toBe(true);
    expect((await issue({ id })).json()).toMatchObject({ status: '409', code: 'overtaken' });
    const third = await issued({ id, attempt: 3 });
    expect((await issue({ id, attempt: 2 })).status).toBe(409);
    expect([await takes(first), await takes(third)]).toEqual([false, true]);
  });

  it('revokes at once and for good; what was revoked before it came is never issued', async () => {
    const id = randomUUID();
    const first = await issued({ id });
    expect((await revoke(id, 1)).status).toBe(200);
    expect((await revoke(id, 1)).status).toBe(200);
    expect(await takes(first)).toBe(false);
    expect((await issue({ id })).status).toBe(409);
    const anew = await issued({ id: randomUUID() });
    expect((await revoke(id, 1)).status).toBe(200);
    expect(await takes(anew)).toBe(true);

    const never = randomUUID();
    expect((await revoke(never, 2)).status).toBe(200);
    expect((await issue({ id: never, attempt: 2 })).status).toBe(409);
    expect(await takes(anew)).toBe(true);
    const later = await issued({ id: never, attempt: 3 });
    expect((await revoke(never, 2)).status).toBe(200);
    expect(await takes(later)).toBe(true);
  });

  it('is for the customer of the session and the terminal of the issue', async () => {
    const id = randomUUID();
    expect((await issue({ id, accountId: 'account-2-access' })).status).toBe(404);
    expect((await issue({ id, accountId: 'nothing' })).status).toBe(404);
    expect((await issue({ id }, taro.terminalToken)).status).toBe(403);
    const password = await issued({ id });
    expect((await issue({ id, attempt: 2, accountId: 'account-1-cable' })).status).toBe(422);
    expect((await revoke(id, 1, await tokenOfAnother(central.url))).status).toBe(404);
    expect((await revoke(id, 1, taro.accessToken)).status).toBe(403);
    expect((await revoke('x', 1)).status).toBe(404);
    expect((await revoke(id, 0)).status).toBe(400);
    for (const body of [{}, { id, attempt: 1 }, { id: 'x', attempt: 1, accountId: TARO_ACCESS, language: 'ja' }]) {
      const answer = await call(`${central.url}${CENTRAL_PATHS.passwordIssues}`, { token: taro.accessToken, body });
      expect(answer.status).toBe(400);
    }
    expect(await takes(password)).toBe(true);
  });

  it('lets many wishes at once leave one password that is worth something', async () => {
    const id = randomUUID();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((attempt) => issue({ id, attempt })));
    const given = answers.flatMap((answer) => {
      expect([201, 409]).toContain(answer.status);
      return answer.status === 201 ? [passwordIssueSchema.parse(answer.json()).password] : [];
    });
    expect(answers.at(-1)?.status).toBe(201);
    const { hash, issues } = await readRows(async (db) => ({
      hash: await db
        .selectFrom('service_accounts')
        .select('password_hash')
        .where('id', '=', TARO_ACCESS)
        .executeTakeFirstOrThrow(),
      issues: await db.selectFrom('password_issues').select('attempt').where('id', '=', id).execute(),
    }));
    const worth = await Promise.all(given.map((password) => verify(hash.password_hash ?? '', password)));
    expect(worth.filter(Boolean)).toHaveLength(1);
    expect(issues).toEqual([{ attempt: 6 }]);
  });

  it('tells the customer by mail and the visit log who had it done, and nobody the password', async () => {
    const staff = await staffSignIn(central.url);
    const hanako = await openCustomer(central.url, staff, '1000000002');
    const password = await issued({ id: randomUUID(), accountId: 'account-2-access' }, hanako.accessToken);
    const operator = await central.tokens.forOperator(['operator']);
    const mail = (await listMessages(central.url, operator)).find(({ receiver }) => receiver[0]?.id === '1000000002');
    expect(mail?.subject).toBe('パスワードを再発行しました');
    expect(mail?.content).toContain('アクセスアカウント：a1000002@net.example.jp');
    const visits = await call(`${central.url}${CENTRAL_PATHS.partyInteraction}?relatedParty.id=1000000002`, {
      token: operator,
    });
    const visit = visitSchema
      .array()
      .parse(visits.json())
      .find(({ reason }) => reason === 'password-issued');
    expect(visit?.visit.account).toBe('access-account');
    expect(visit?.relatedParty.map(({ id }) => id)).toContain('1001');
    const everything = await readRows(async (db) =>
      JSON.stringify([
        await db.selectFrom('mails').selectAll().execute(),
        await db.selectFrom('party_interactions').selectAll().execute(),
        await db.selectFrom('audit_log').selectAll().execute(),
        await db.selectFrom('password_issues').selectAll().execute(),
        await db.selectFrom('service_accounts').selectAll().execute(),
      ]),
    );
    expect(everything).not.toContain(password);
  });

  const change = (body: object, token: string): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.passwordChanges}`, { token, body });
  const wish = (present: string, next: string, accountId: string | null = null) => ({
    ...{ id: randomUUID(), accountId, present, next, language: 'ja' },
  });

  it('changes a password that the customer knows, once however often it is told', async () => {
    const hanako = await signIn(central.url, 'hanako@example.jp');
    const first = wish('Counter2026', 'My%new+Pass1');
    const answer = await change(first, hanako.accessToken);
    expect([answer.status, answer.json()]).toMatchObject([200, { id: first.id, login: 'hanako@example.jp' }]);
    expect((await change(first, hanako.accessToken)).status).toBe(200);
    expect((await change({ ...first, id: randomUUID() }, hanako.accessToken)).json()).toMatchObject({
      status: '422',
      code: 'present-refused',
    });
    await signIn(central.url, 'hanako@example.jp', 'My%new+Pass1');
    const operator = await central.tokens.forOperator(['operator']);
    const told = (await listMessages(central.url, operator)).filter(
      ({ subject }) => subject === 'パスワードを変更しました',
    );
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain('My%new+Pass1');
  });

  it('takes an issued password as the present one, and never one that was revoked', async () => {
    const id = randomUUID();
    const issuedOne = await issued({ id });
    expect((await change(wish(issuedOne, 'a2345', TARO_ACCESS), taro.accessToken)).status).toBe(200);
    expect(await takes('a2345')).toBe(true);
    // The issue is over: what the customer chose since stays.
    expect((await revoke(id, 1)).status).toBe(200);
    expect(await takes('a2345')).toBe(true);
    const another = randomUUID();
    const lost = await issued({ id: another });
    expect((await revoke(another, 1)).status).toBe(200);
    expect((await change(wish(lost, 'b2345', TARO_ACCESS), taro.accessToken)).status).toBe(422);
  });

  it('refuses what breaks the rules, staff, and accounts that are not for choosing', async () => {
    const staff = await staffSignIn(central.url);
    const opened = await openCustomer(central.url, staff, '1000000003');
    expect((await change(wish('Counter2026', 'abc12345'), opened.accessToken)).status).toBe(403);
    for (const next of ['a2345', 'a'.repeat(33), 'abc def', 'あいうえおか', 'abcdef!']) {
      const answer = await change(wish('Counter2026', next), taro.accessToken);
      expect([answer.status, answer.json()]).toMatchObject([422, { code: 'password-rule' }]);
    }
    expect((await change(wish('Counter2026', 'abc12345', 'account-2-access'), taro.accessToken)).status).toBe(404);
    expect((await change({ ...wish('a', 'b'), more: 1 }, taro.accessToken)).status).toBe(400);
  });

  it('adds Cable IDs for who knows the password of one, each wish once, and no more than there may be', async () => {
    const add = (id: string, present = 'Counter2026', accountId = 'account-1-cable', token = taro.accessToken) =>
      call(`${central.url}${CENTRAL_PATHS.cableIds}`, { token, body: { id, accountId, present, language: 'ja' } });
    const id = randomUUID();
    expect((await add(id, 'wrong')).json()).toMatchObject({ status: '422', code: 'present-refused' });
    const [one, again] = await Promise.all([add(id), add(id)]);
    expect([one.status, one.text]).toEqual([201, again.text]);
    const added = cableIdAddedSchema.parse(one.json());
    expect(added.login).toBe('c100000000101');
    const password = await issued({ id: randomUUID(), accountId: added.id });
    expect(await takes(password, added.id)).toBe(true);
    expect((await add(randomUUID(), password, added.id)).status).toBe(201);

    expect((await add(randomUUID(), 'Counter2026', TARO_ACCESS)).status).toBe(404);
    expect((await add(randomUUID(), 'Counter2026', 'account-2-cable')).status).toBe(404);
    const staff = await staffSignIn(central.url);
    const opened = await openCustomer(central.url, staff, '1000000001');
    expect((await add(randomUUID(), 'Counter2026', 'account-1-cable', opened.accessToken)).status).toBe(403);
    const rest = await Promise.all([1, 2, 3, 4].map(() => add(randomUUID())));
    expect(rest.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409]);
    const operator = await central.tokens.forOperator(['operator']);
    const told = (await listMessages(central.url, operator)).filter(
      ({ subject }) => subject === 'イッツコムケーブルIDを追加しました',
    );
    expect(told).toHaveLength(4);
  });

  it('counts wrong present passwords as misses of the sign-in: wrong and locked answer alike', async () => {
    const jiro = await signIn(central.url, 'jiro@example.jp');
    const answers = [];
    for (let miss = 0; miss < LOGIN_LIMIT.failures; miss += 1) {
      answers.push(await change(wish('wrong', 'abc12345'), jiro.accessToken));
    }
    answers.push(await change(wish('Counter2026', 'abc12345'), jiro.accessToken));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.json()).toMatchObject({ code: 'present-refused' });
    await expect(signIn(central.url, 'jiro@example.jp')).rejects.toThrow();
    central.clocks.advance(LOGIN_LIMIT.seconds * 1000 + 1);
    await signIn(central.url, 'jiro@example.jp');
  });
});
