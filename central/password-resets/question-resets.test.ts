import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CODE_LIFE_SECONDS } from '../../shared/central-api/codes.ts';
import {
  passwordResetIssueSchema,
  passwordResetSchema,
  type ResetWay,
} from '../../shared/central-api/password-resets.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { SECRET_ANSWER_TRIES } from '../../shared/domain/secret-question.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { hasPostgres } from '../../tests/setup/test-postgres.ts';
import { CODE_MAIL_LIMIT, LOGIN_LIMIT, TERMINAL_LIMIT } from '../identity/sign-in-throttle.ts';
import { hashPassword } from '../identity/sign-in.ts';
import { renewIdentity } from '../store/identity-version.ts';
import type { Database } from '../store/schema.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { type ResetRig, type ResetVisit, said, startResets, visitOf } from '../testing/reset-rig.ts';
import type { TestCentral } from '../testing/test-central.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';

const ANSWER = { question: 'pet', answer: 'カナリア一号' } as const;

describe.skipIf(!hasPostgres())('a forgotten password is replaced by a secret question', () => {
  let rig: ResetRig;
  let central: TestCentral;
  let other: TestCentral;
  let db: Database;

  beforeAll(async () => {
    rig = await startResets('questions');
    ({ central, other, db } = rig);
    for (const number of ['1000000001', '1000000002', '1000000003', '1000000004']) {
      expect((await rig.setWay(number, 'secret-question')).status).toBe(200);
    }
  });
  afterAll(() => rig.close());

  const wayOf = (answer: Answer): ResetWay => passwordResetSchema.parse(answer.json()).way;
  const remember = ({ id, sessionId }: ResetVisit, given: object = ANSWER): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.passwordResets}/${id}/question`, {
      ...{ token: rig.token(), body: { sessionId, ...given, language: 'ja' } },
    });
  const issue = ({ id, sessionId }: ResetVisit, wish: object = {}, at = central, by = rig.token()): Promise<Answer> =>
    call(`${at.url}${CENTRAL_PATHS.passwordResets}/${id}/issue`, {
      ...{ token: by, body: { sessionId, issueId: randomUUID(), attempt: 1, ...ANSWER, ...wish } },
    });
  const revoke = (issueId: string, attempt = 1): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.passwordIssues}/${issueId}/revocation`, {
      ...{ token: rig.token(), body: { attempt } },
    });
  const issuedOf = (answer: Answer) => {
    expect(answer.status, answer.text).toBe(201);
    return passwordResetIssueSchema.parse(answer.json());
  };
  const codeOf = (answer: Answer): string => z.object({ code: z.string() }).parse(answer.json()).code;
  /** Up to where the answer is asked for again. */
  async function proved(loginId: string, count = 1): Promise<ResetVisit> {
    const visit = visitOf();
    expect(wayOf(await rig.begin(visit, loginId))).toBe('secret-question');
    expect((await remember(visit)).status).toBe(200);
    expect((await rig.prove(visit, await rig.codeFor(loginId, count))).status).toBe(200);
    return visit;
  }

  it('by a code and the same answer however it is typed, again after a lost answer, and puts out whom it has to', async () => {
    const thief = await signIn(central.url, 'taro@example.jp');
    for (let miss = 0; miss < LOGIN_LIMIT.failures; miss += 1) await rig.statusOf('taro@example.jp', 'wrong');
    const visit = visitOf();
    expect((await rig.begin(visit, 'taro@EXAMPLE.jp')).json()).toEqual({
      ...{ id: visit.id, way: 'secret-question', expiresInSeconds: CODE_LIFE_SECONDS },
    });
    expect((await issue(visit)).json()).toMatchObject({ code: 'password-reset-over' });
    expect((await remember(visit, { ...ANSWER, answer: 'no-symbols' })).json()).toMatchObject({
      ...{ status: '422', code: 'password-reset-rule' },
    });
    expect((await remember(visit)).json()).toEqual({ id: visit.id, expiresInSeconds: CODE_LIFE_SECONDS });
    const { code, text } = await rig.mailed('taro@example.jp');
    // Whoever reads the mail has to come to where the answer was chosen, which may be a stranger's.
    expect(text).not.toContain('/confirm/');
    expect((await issue(visit)).json()).toMatchObject({ code: 'password-reset-over' });
    expect((await rig.prove(visit, code)).status).toBe(200);

    // The way of the code is another.
    const chosen = { token: rig.token(), body: { sessionId: visit.sessionId, password: 'Canary%Reset1' } };
    expect((await call(`${central.url}${CENTRAL_PATHS.passwordResets}/${visit.id}/completion`, chosen)).status).toBe(
      409,
    );
    expect((await issue({ ...visit, sessionId: randomUUID() })).status).toBe(409);
    expect((await issue(visit, {}, central, await tokenOfAnother(central.url))).status).toBe(409);
    expect((await issue(visit, { question: 'hero' })).json()).toMatchObject({ code: 'password-reset-answer-wrong' });

    const issueId = randomUUID();
    const lost = issuedOf(await issue(visit, { issueId, answer: 'かなりあ 一号' }));
    expect(lost).toMatchObject({ id: issueId, loginId: 'taro@example.jp' });
    const { password } = issuedOf(await issue(visit, { issueId, attempt: 2, answer: 'ｶﾅﾘｱ一号' }, other));
    expect((await issue(visit, { issueId, attempt: 1 })).json()).toMatchObject({ code: 'overtaken' });
    expect([
      await rig.statusOf('taro@example.jp', lost.password),
      await rig.statusOf('taro@example.jp', password),
    ]).toEqual([401, 200]);
    expect(await rig.statusOf('taro@example.jp', 'Counter2026')).toBe(401);
    const looked = await call(`${other.url}${CENTRAL_PATHS.customer}/${thief.customerNumber}`, {
      token: thief.accessToken,
    });
    expect(looked.status).toBe(401);
    expect((await rig.begin(visit, 'taro@example.jp')).status).toBe(409);
    expect((await remember(visit)).status).toBe(409);
    await eventually(async () => {
      const news = (await caughtMails(central.url)).filter(({ text }) => text.includes('パスワードを再発行しました'));
      expect(news).toHaveLength(2);
      for (const { text } of news) expect(text).not.toContain(password);
    });
    const kept = JSON.stringify([
      await db.selectFrom('password_resets').selectAll().execute(),
      await db.selectFrom('mails').selectAll().execute(),
    ]);
    for (const secret of ['カナリア', 'かなりあ', password]) expect(kept).not.toContain(secret);
  });

  it('once more where it may lie on paper, unless the customer has another since', async () => {
    const visit = await proved('hanako@example.jp');
    const first = issuedOf(await issue(visit));
    const finder = await signIn(central.url, 'hanako@example.jp', first.password);
    expect((await revoke(first.id)).status).toBe(200);
    expect((await revoke(first.id)).status).toBe(200);
    expect(await rig.statusOf('hanako@example.jp', first.password)).toBe(401);
    const looked = await call(`${central.url}${CENTRAL_PATHS.customer}/1000000002`, { token: finder.accessToken });
    expect(looked.status).toBe(401);
    // Late on its way, and of an issue that was taken back.
    expect((await issue(visit, { issueId: first.id })).json()).toMatchObject({ code: 'overtaken' });
    const second = issuedOf(await issue(visit));
    expect(await rig.statusOf('hanako@example.jp', second.password)).toBe(200);
    expect((await revoke(first.id)).status).toBe(200);
    expect(await rig.statusOf('hanako@example.jp', second.password)).toBe(200);

    await db.transaction().execute((transaction) => renewIdentity(transaction, '1000000002', null));
    expect((await issue(visit)).json()).toMatchObject({ code: 'password-reset-over' });
    // Whoever chose another is not put out by a revocation that waited.
    const { id } = second;
    const session = await signIn(central.url, 'hanako@example.jp', second.password);
    const change = { id: randomUUID(), accountId: null, present: second.password, next: 'Canary%Own1' };
    const changed = await call(`${central.url}${CENTRAL_PATHS.passwordChanges}`, {
      ...{ token: session.accessToken, body: { ...change, language: 'ja' } },
    });
    expect(changed.status, changed.text).toBe(200);
    expect((await revoke(id)).status).toBe(200);
    expect(await rig.statusOf('hanako@example.jp', 'Canary%Own1')).toBe(200);
  });

  it('not after five other answers, half an hour, or with the mailbox of before', async () => {
    const visit = await proved('jiro@example.jp');
    const codes: string[] = [];
    for (let tries = 0; tries <= SECRET_ANSWER_TRIES; tries += 1) {
      codes.push(codeOf(await issue(visit, { answer: '別の答え' }, tries % 2 === 0 ? central : other)));
    }
    const [wrong, over] = ['password-reset-answer-wrong', 'password-reset-over'];
    expect(codes).toEqual([wrong, wrong, wrong, wrong, over, over]);
    expect(codeOf(await issue(visit))).toBe(over);
    // Another mail, and all begins anew.
    expect((await remember(visit)).status).toBe(200);
    expect(codeOf(await issue(visit))).toBe(over);
    expect((await rig.prove(visit, await rig.codeFor('jiro@example.jp', 2))).status).toBe(200);
    await rig.wait(CODE_LIFE_SECONDS);
    expect(codeOf(await issue(visit))).toBe(over);
    expect(codeOf(await remember(visit))).toBe(over);
    expect(await rig.statusOf('jiro@example.jp', 'Counter2026')).toBe(200);

    const readElsewhere = await proved('jiro@example.jp', 3);
    const moved = { contact_email: 'jiro-new@example.jp' };
    await db.updateTable('customers').set(moved).where('contact_email', '=', 'jiro@example.jp').execute();
    expect(codeOf(await issue(readElsewhere))).toBe(over);

    // Begun for somebody else under the same name, a proof of before is none.
    const stolen = await proved('saburo@example.jp');
    await rig.begin(stolen, 'shichiro@example.jp');
    expect(codeOf(await issue(stolen))).toBe(over);
    await remember(stolen);
    expect(codeOf(await issue(stolen))).toBe(over);
  });

  it('says the same of an ID that nobody has, whose way is always the same', async () => {
    await rig.wait(TERMINAL_LIMIT.seconds);
    const nobodies = Array.from({ length: 20 }, (_, at) => `nobody-${at}@example.jp`);
    const ways: ResetWay[] = [];
    for (const loginId of nobodies) ways.push(wayOf(await rig.begin(visitOf(), loginId)));
    await rig.wait(TERMINAL_LIMIT.seconds);
    for (const [at, loginId] of nobodies.entries())
      expect(wayOf(await rig.begin(visitOf(), loginId, { at: other }))).toBe(ways[at]);
    expect(new Set(ways)).toEqual(new Set(['code', 'secret-question']));
    await rig.wait(CODE_LIFE_SECONDS);
    const nobody = nobodies[ways.indexOf('secret-question')] ?? '';

    const visits = [visitOf(), visitOf()] as const;
    const ids = ['shichiro@example.jp', nobody];
    const pairs: (readonly [Answer, Answer])[] = [];
    const both = async (one: (visit: ResetVisit, loginId: string) => Promise<Answer>): Promise<void> => {
      pairs.push([await one(visits[0], ids[0] ?? ''), await one(visits[1], ids[1] ?? '')]);
    };
    await both((visit, loginId) => rig.begin(visit, loginId));
    await both((visit) => remember(visit));
    await both((visit) => rig.stateOf(visit));
    for (let tries = 0; tries < 6; tries += 1) await both((visit) => rig.prove(visit, '00000x'));
    await both((visit) => rig.stateOf(visit));
    await both((visit) => issue(visit));
    for (const [known, unknown] of pairs) expect([known.status, said(known)]).toEqual([unknown.status, said(unknown)]);
    for (let mails = 1; mails < CODE_MAIL_LIMIT.failures; mails += 1) {
      for (const visit of visits) expect((await remember(visit)).status).toBe(200);
    }
    for (const visit of visits) {
      const refused = await remember(visit);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    }
    expect(await rig.mailsTo(nobody)).toHaveLength(0);
  });

  it('is revoked also where the revocation came while it was issued; so is an account’s', async () => {
    const password = 'Canary%Late1';
    const { terminal_code } = await db.selectFrom('password_issues').select('terminal_code').executeTakeFirstOrThrow();
    const ofIdentity = randomUUID();
    const ofAccount = randomUUID();
    const set = async (issue_id: string) => ({ issue_id, password_hash: await hashPassword(password) });
    let revoking: Promise<Answer>[] = [];
    await db.transaction().execute(async (transaction) => {
      // As issuing does it, whose answer nobody got.
      const at = new Date(central.clocks.system());
      for (const id of [ofIdentity, ofAccount]) {
        const issued = { id, terminal_code, account_id: null, attempt: 1, at, revoked_at: null };
        await transaction.insertInto('password_issues').values(issued).execute();
      }
      const [identity, account] = [await set(ofIdentity), await set(ofAccount)];
      await transaction
        .updateTable('digital_identities')
        .set(identity)
        .where('login_id', '=', 'goro@example.jp')
        .execute();
      await transaction.updateTable('service_accounts').set(account).where('id', '=', 'account-1-access').execute();
      revoking = [revoke(ofIdentity), revoke(ofAccount)];
      await eventually(async () => {
        const { rows } = await sql<{ waiting: number }>`
          select count(*)::int as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
        expect(rows[0]?.waiting).toBe(2);
      });
    });
    expect((await Promise.all(revoking)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await rig.statusOf('goro@example.jp', password)).toBe(401);
    const account = db.selectFrom('service_accounts').select('password_hash').where('id', '=', 'account-1-access');
    expect(await account.executeTakeFirstOrThrow()).toEqual({ password_hash: null });
  });

  it('is set by operators alone', async () => {
    expect((await rig.setWay('1000000005', 'secret-question', rig.token())).status).toBe(403);
    expect((await rig.setWay('none', 'secret-question')).status).toBe(404);
    expect((await rig.setWay('1000000005', 'mail')).status).toBe(400);
    expect(wayOf(await rig.begin(visitOf(), 'shiro@example.jp'))).toBe('code');
  });
});
