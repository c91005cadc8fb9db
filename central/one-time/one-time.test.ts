import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ONE_TIME_LIFE_SECONDS, ONE_TIME_TRIES } from '../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { hasPostgres } from '../../tests/setup/test-postgres.ts';
import {
  createSignInThrottle,
  ONE_TIME_LIMIT,
  ONE_TIME_PAGE_LIMIT,
  TERMINAL_LIMIT,
} from '../identity/sign-in-throttle.ts';
import type { Database } from '../store/schema.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { openCustomer, staffSignIn } from '../testing/staff.ts';
import { type OneTimeRig, startOneTimeRig, TERMS } from '../testing/one-time-rig.ts';
import { newVisit, PASSWORD, type Visit } from '../testing/registrations.ts';
import type { TestCentral } from '../testing/test-central.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';

describe.skipIf(!hasPostgres())('one-time passwords', () => {
  let rig: OneTimeRig;
  let central: TestCentral;
  let other: TestCentral;
  let db: Database;
  let token: string;
  let another: string;

  beforeAll(async () => {
    rig = await startOneTimeRig('one-time');
    ({ central, db } = rig);
    other = await central.second();
  });
  beforeEach(async () => {
    other.clocks.advance(ONE_TIME_LIMIT.seconds * 1000 + 1);
    await rig.renew();
    ({ token, another } = rig.tokens);
  });
  afterAll(async () => {
    await other.close();
    await rig.close();
  });

  const begin = (): Promise<Visit> => rig.begin();
  const issue: OneTimeRig['issue'] = (...of) => rig.issue(...of);
  const issued: OneTimeRig['issued'] = (...of) => rig.issued(...of);
  const mailTo: OneTimeRig['mailTo'] = (address) => rig.mailTo(address);
  const waitingForLocks = (): Promise<number> => rig.waitingForLocks();
  const post = (path: string, body: object, by = token, at = central): Promise<Answer> =>
    call(`${at.url}${path}`, { token: by, body });
  const redeem = (password: string, visit = newVisit(), by = another, at = central): Promise<Answer> =>
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
  async function finish(visit: Visit, loginId: string): Promise<void> {
    await mail(visit, loginId, token);
    const { id, sessionId } = visit;
    const { code } = await mailTo(loginId);
    await post(`${CENTRAL_PATHS.codes}/${id}/proof`, { sessionId, code });
    const done = await post(`${CENTRAL_PATHS.registrations}/${id}/completion`, { sessionId, contact: 'id' });
    expect(done.status).toBe(200);
  }
  const nowAt = ({ clocks }: TestCentral): Date => new Date(clocks.system());
  const wrong = (password: string): string => rig.wrong(password);

  it('lets the registration go on at another terminal, to the end, and lies nowhere', async () => {
    const visit = await begin();
    const password = await issued(visit);
    expect(password).toMatch(/^\d{12}$/);
    const next = newVisit();
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
    const visits = Array.from({ length: 6 }, newVisit);
    const answers = await Promise.all(
      visits.map((visit, at) => redeem(password, visit, another, at % 2 === 0 ? central : other)),
    );
    // More at once than tries: none of those is a second one that was right.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = answers.findIndex(({ status }) => status === 200);
    central.clocks.advance(1);
    const next = await issued(await begin());
    const visit = newVisit();
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
      redeem(wrong(tried), newVisit(), another, at % 2 === 0 ? central : other),
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
    const finder = newVisit();
    expect((await redeem(password, finder)).status).toBe(200);
    central.clocks.advance(ONE_TIME_LIFE_SECONDS * 1000 - 60_000);
    another = await tokenOfAnother(central.url);
    expect((await mail(finder, 'finder@example.jp')).status).toBe(200);
    central.clocks.advance(2 * 60_000);
    await rig.renewTokens();
    ({ token, another } = rig.tokens);
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
    const [finder, second, third] = [newVisit(), newVisit(), newVisit()];
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
    const finder = newVisit();
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
    expect((await issue(newVisit())).json()).toMatchObject({ code: 'registration-over' });
    const alone = await signIn(central.url, 'taro@example.jp');
    expect((await issue(null, {}, alone.accessToken)).status).toBe(403);
    expect((await issue(null)).status).toBe(403);
    const staff = await openCustomer(central.url, await staffSignIn(central.url), '1000000008');
    const password = await issued(null, {}, staff.accessToken);
    const next = newVisit();
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

  it('is nowhere afterwards', () => rig.expectNowhere());
});
