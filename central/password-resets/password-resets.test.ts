import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CODE_LIFE_SECONDS, CODE_TRIES } from '../../shared/central-api/codes.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { hasPostgres } from '../../tests/setup/test-postgres.ts';
import {
  CODE_LIMIT,
  CODE_MAIL_LIMIT,
  createSignInThrottle,
  LOGIN_LIMIT,
  TERMINAL_LIMIT,
} from '../identity/sign-in-throttle.ts';
import { renewIdentity } from '../store/identity-version.ts';
import type { Database } from '../store/schema.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { type ResetRig, type ResetVisit, said, startResets, visitOf } from '../testing/reset-rig.ts';
import type { TestCentral } from '../testing/test-central.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';

const NEW = 'Canary%Reset1';
const NOBODY = 'nobody@example.jp';

describe.skipIf(!hasPostgres())('a forgotten password is set anew', () => {
  let rig: ResetRig;
  let central: TestCentral;
  let other: TestCentral;
  let db: Database;

  beforeAll(async () => {
    rig = await startResets('resets');
    ({ central, other, db } = rig);
    // While nobody is asked a secret question, those whom nobody knows aren't either.
    expect((await rig.setWay('1000000009', 'code')).status).toBe(200);
  });
  afterAll(() => rig.close());

  const complete = ({ id, sessionId }: ResetVisit, password = NEW, at = central, by = rig.token()): Promise<Answer> =>
    call(`${at.url}${CENTRAL_PATHS.passwordResets}/${id}/completion`, { token: by, body: { sessionId, password } });

  it('by a code to the contact address, once, and puts out and lets in whom it has to', async () => {
    const thief = await signIn(central.url, 'taro@example.jp');
    for (let miss = 0; miss < LOGIN_LIMIT.failures; miss += 1) await rig.statusOf('taro@example.jp', 'wrong');
    const visit = visitOf();
    expect((await rig.begin(visit, 'taro@EXAMPLE.jp')).json()).toEqual({
      ...{ id: visit.id, way: 'code', expiresInSeconds: CODE_LIFE_SECONDS },
    });
    const code = await rig.codeFor('taro@example.jp');
    expect((await complete(visit)).status).toBe(409);
    expect((await rig.prove(visit, code)).status).toBe(200);
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
    expect((await rig.begin(visit, 'taro@example.jp')).status).toBe(409);

    expect(await rig.statusOf('taro@example.jp', NEW)).toBe(200);
    expect(await rig.statusOf('taro@example.jp', 'Counter2026')).toBe(401);
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
    const answers = [await rig.begin(known, 'hanako@example.jp'), await rig.begin(unknown, NOBODY)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map(said)[0]).toEqual(answers.map(said)[1]);
    await rig.codeFor('hanako@example.jp');
    for (let tries = 0; tries <= CODE_TRIES; tries += 1) {
      const [one, two] = [await rig.prove(known, '00000x'), await rig.prove(unknown, '00000x')];
      expect([one.status, one.json()]).toEqual([two.status, two.json()]);
      expect(one.json()).toMatchObject({ code: 'code-wrong' });
    }
    const states = await Promise.all([known, unknown].map(rig.stateOf));
    expect(states.map(said)[0]).toEqual(states.map(said)[1]);
    // Whoever knows the ID may be the one who guesses: the customer's other codes stay as good as they were.
    const others = Array.from({ length: CODE_LIMIT.failures }, () =>
      createSignInThrottle(db).takeTry({ kind: 'code', id: '1000000002' }, central.clocks.system()),
    );
    expect(await Promise.all(others)).not.toContain(false);
    expect((await rig.prove(known, await rig.codeFor('hanako@example.jp'))).json()).toMatchObject({
      code: 'code-wrong',
    });
    expect([(await complete(known)).json(), (await complete(unknown)).json()]).toEqual([
      expect.objectContaining({ code: 'password-reset-over' }),
      expect.objectContaining({ code: 'password-reset-over' }),
    ]);
    // The terminal's own count is another matter.
    await rig.wait(TERMINAL_LIMIT.seconds);
    for (const loginId of ['hanako@example.jp', NOBODY]) {
      for (let mails = 1; mails < CODE_MAIL_LIMIT.failures; mails += 1) {
        expect((await rig.begin(visitOf(), loginId)).status).toBe(200);
      }
      const refused = await rig.begin(visitOf(), loginId);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    }
    expect(await rig.mailsTo(NOBODY)).toHaveLength(0);
  });

  it('not after half an hour, not by the mail before, and not where the customer has another ID since', async () => {
    await rig.wait(TERMINAL_LIMIT.seconds);
    const visit = visitOf();
    await rig.begin(visit, 'jiro@example.jp');
    const first = await rig.codeFor('jiro@example.jp');
    await rig.begin(visit, 'jiro@example.jp');
    const second = await rig.codeFor('jiro@example.jp', 2);
    if (first !== second) expect((await rig.prove(visit, first)).json()).toMatchObject({ code: 'code-wrong' });
    expect((await rig.prove(visit, second)).status).toBe(200);
    await rig.wait(CODE_LIFE_SECONDS);
    expect((await complete(visit)).json()).toMatchObject({ code: 'password-reset-over' });
    expect((await rig.prove(visit, second)).json()).toMatchObject({ code: 'code-over' });

    const overtaken = visitOf();
    await rig.begin(overtaken, 'saburo@example.jp');
    expect((await rig.prove(overtaken, await rig.codeFor('saburo@example.jp'))).status).toBe(200);
    await db.transaction().execute((transaction) => renewIdentity(transaction, '1000000004', null));
    expect((await complete(overtaken)).json()).toMatchObject({ code: 'password-reset-over' });

    const readElsewhere = visitOf();
    await rig.begin(readElsewhere, 'goro@example.jp');
    expect((await rig.prove(readElsewhere, await rig.codeFor('goro@example.jp'))).status).toBe(200);
    const moved = { contact_email: 'goro-new@example.jp' };
    await db.updateTable('customers').set(moved).where('contact_email', '=', 'goro@example.jp').execute();
    expect((await complete(readElsewhere)).json()).toMatchObject({ code: 'password-reset-over' });

    const later = visitOf();
    await rig.begin(later, 'jiro@example.jp');
    expect((await rig.prove(later, await rig.codeFor('jiro@example.jp', 3))).status).toBe(200);
    await db
      .updateTable('digital_identities')
      .set({ login_id: 'jiro-new@example.jp' })
      .where('login_id', '=', 'jiro@example.jp')
      .execute();
    expect((await complete(later)).json()).toMatchObject({ code: 'password-reset-over' });
    expect(await rig.statusOf('jiro-new@example.jp', 'Counter2026')).toBe(200);
  });

  it('from one terminal for so many IDs, whoever has them', async () => {
    await rig.wait(TERMINAL_LIMIT.seconds);
    for (let mails = 0; mails < TERMINAL_LIMIT.failures; mails += 1) {
      expect((await rig.begin(visitOf(), `nobody-${mails}@example.jp`)).status).toBe(200);
    }
    for (const loginId of ['shiro@example.jp', 'nobody-else@example.jp']) {
      expect((await rig.begin(visitOf(), loginId)).status).toBe(429);
    }
    await rig.wait(TERMINAL_LIMIT.seconds);
    expect((await rig.begin(visitOf(), 'shiro@example.jp')).status).toBe(200);
  });

  it('is for terminals, and for customers whom staff serve', async () => {
    const { accessToken } = await signIn(central.url, 'shiro@example.jp');
    for (const [by, loginId] of [
      [accessToken, null],
      [accessToken, 'shiro@example.jp'],
      [rig.token(), null],
    ] as const) {
      expect((await rig.begin(visitOf(), loginId, { by })).status).toBe(403);
    }
    expect((await rig.begin(visitOf(), '')).status).toBe(400);
  });
});
