import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caughtMails } from '../../../central/testing/caught-mails.ts';
import { call } from '../../../central/testing/client.ts';
import type { ResetWay } from '../../../shared/central-api/password-resets.ts';
import { CODE_LIFE_SECONDS } from '../../../shared/central-api/codes.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { ResetOwner } from '../../../shared/contract/password-reset.ts';
import { isIn, needlesOf } from '../../../tests/canaries/forms.ts';
import { filesUnder } from '../../../tests/canaries/places.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { systemTimers } from '../ports.ts';
import { type AnswerLoser, startAnswerLoser } from '../testing/answer-loser.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

const PASSWORD = 'Canary%Reset1';
const ANSWER = 'カナリア一号';
/** In the middle of the slip: after the printer was asked how it is, before the cut. */
const MIDWAY = 300;
/** What happens half an hour after each password was issued. */
const ends: (() => void)[] = [];
let rig: CounterRig;
let loser: AnswerLoser;

beforeAll(async () => {
  const before = async (central: URL): Promise<URL> => {
    loser = await startAnswerLoser(() => central);
    return new URL(loser.url);
  };
  rig = await startCounter(Date.now, before, {
    after: (milliseconds, callback) => {
      if (milliseconds === CODE_LIFE_SECONDS * 1000) ends.push(callback);
      return systemTimers.after(milliseconds, callback);
    },
  });
  // While nobody is asked a secret question, those whom nobody knows aren't either.
  await setWay('1000000009', 'code');
}, 60_000);
afterAll(async () => {
  await rig.close();
  await loser.close();
});

const setWay = async (customerNumber: string, way: ResetWay): Promise<void> => {
  const path = `${CENTRAL_PATHS.operatorCustomer}/${customerNumber}/password-reset`;
  const set = { token: await rig.operatorToken(), method: 'PUT', body: { way } };
  expect((await call(`${rig.central.origin}${path}`, set)).status).toBe(200);
};
const visitOf = () => ({ resetId: randomUUID(), visitId: randomUUID() });
type Visit = ReturnType<typeof visitOf>;
const typed = (loginId: string): ResetOwner => ({ kind: 'id', loginId });
const begin = (visit: Visit, owner: ResetOwner) => rig.client.passwordReset.begin({ ...visit, owner, language: 'ja' });
const refusalOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'not refused',
    (error: unknown) => (error instanceof ORPCError ? String(error.code) : 'unexpected'),
  );
const codeFor = (address: string) =>
  eventually(async () => {
    const mails = (await caughtMails(rig.central.origin)).filter(({ to }) => to.includes(address));
    const code = /認証コード：(\d{6})/.exec(mails.at(-1)?.text ?? '')?.[1] ?? '';
    expect(code).not.toBe('');
    return code;
  });

it('goes on with the same call where an answer was lost, at every step, and keeps nothing of it', async () => {
  const visit = visitOf();
  loser.lose(CENTRAL_PATHS.passwordResets, 1);
  expect(await refusalOf(begin(visit, typed('goro@example.jp')))).toBe('CENTRAL_UNREACHABLE');
  await begin(visit, typed('goro@example.jp'));
  const code = await eventually(async () => {
    const mails = (await caughtMails(rig.central.origin)).filter(({ to }) => to.includes('goro@example.jp'));
    expect(mails).toHaveLength(2);
    return codeFor('goro@example.jp');
  });
  expect(await refusalOf(rig.client.passwordReset.prove({ ...visit, code: 'x' }))).toBe('CODE_WRONG');
  expect(await rig.client.passwordReset.state(visit)).toEqual({ state: 'waiting', triesLeft: 4 });
  const proof = `${CENTRAL_PATHS.codes}/${visit.resetId}/proof`;
  loser.lose(proof, 1);
  expect(await refusalOf(rig.client.passwordReset.prove({ ...visit, code }))).toBe('CENTRAL_UNREACHABLE');
  await rig.client.passwordReset.prove({ ...visit, code });
  expect(await refusalOf(rig.client.passwordReset.complete({ ...visit, password: 'あいうえおか' }))).toBe(
    'NOT_ALLOWED',
  );
  loser.lose(`${CENTRAL_PATHS.passwordResets}/${visit.resetId}/completion`, 1);
  const chosen = { ...visit, password: PASSWORD };
  expect(await refusalOf(rig.client.passwordReset.complete(chosen))).toBe('CENTRAL_UNREACHABLE');
  expect(await rig.client.passwordReset.complete(chosen)).toEqual({ loginId: 'goro@example.jp' });
  const signIn = (password: string) =>
    refusalOf(
      rig.client.session.signIn({ requestId: randomUUID(), loginId: 'goro@example.jp', password, language: 'ja' }),
    );
  expect(await signIn('Counter2026')).toBe('SIGN_IN_REFUSED');
  expect(await signIn(PASSWORD)).toBe('not refused');
  const written = readdirSync(rig.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
  for (const text of [...written, ...rig.logs, ...rig.centralLogs]) {
    for (const secret of [PASSWORD, code, 'goro@example.jp']) expect(text).not.toContain(secret);
  }
});

it('says nothing of who has an ID, until too many mails were asked for', async () => {
  for (const loginId of ['taro@example.jp', 'nobody@example.jp']) {
    for (let mails = 0; mails < 5; mails += 1)
      expect(await refusalOf(begin(visitOf(), typed(loginId)))).toBe('not refused');
    expect(await refusalOf(begin(visitOf(), typed(loginId)))).toBe('THROTTLED');
  }
});

it('is begun by staff for whom they serve, whose ID nobody types, and says where no mail would arrive', async () => {
  const staffSessionId = await rig.signIn();
  const open = async (customerNumber: string) => {
    const opened = await rig.client.staff.openCustomer({
      ...{ staffSessionId, customerNumber, identityMethod: 'drivers-licence' },
    });
    return { kind: 'session', sessionId: opened.sessionId } as const;
  };
  const visit = visitOf();
  const hanako = await open('1000000002');
  await begin(visit, hanako);
  await rig.client.passwordReset.prove({ ...visit, code: await codeFor('hanako@example.jp') });
  expect(await rig.client.passwordReset.complete({ ...visit, password: PASSWORD })).toEqual({
    loginId: 'hanako@example.jp',
  });
  expect(await refusalOf(begin(visitOf(), { kind: 'session', sessionId: randomUUID() }))).toBe('SESSION_GONE');
  await rig.client.session.end({ sessionId: hanako.sessionId });

  // Who is asked a secret question is so with staff too.
  await setWay('1000000004', 'secret-question');
  const other = visitOf();
  const asked = { ...other, question: 'pet', answer: ANSWER } as const;
  const saburo = await open('1000000004');
  expect(await begin(other, saburo)).toEqual({ way: 'secret-question' });
  await rig.client.passwordReset.remember({ ...asked, language: 'ja' });
  await rig.client.passwordReset.prove({ ...other, code: await codeFor('saburo@example.jp') });
  const { password, loginId } = await rig.client.passwordReset.issue({ ...asked, issueId: randomUUID() });
  expect(loginId).toBe('saburo@example.jp');
  const customer = { loginId, password, language: 'ja' } as const;
  expect(await refusalOf(rig.client.session.signIn({ requestId: randomUUID(), ...customer }))).toBe('not refused');
  await rig.client.session.end({ sessionId: saburo.sessionId });
  expect(await refusalOf(begin(visitOf(), await open('1000000008')))).toBe('NO_CONTACT');
});

it('is issued to who answers a secret question twice, and printed once, or revoked and issued anew', async () => {
  await setWay('1000000003', 'secret-question');
  const visit = visitOf();
  const { remember, issue, print, prove, state, forget } = rig.client.passwordReset;
  const given = { ...visit, question: 'pet', answer: ANSWER, language: 'ja' } as const;
  const wish = (issueId: string, answer = ANSWER) => ({ ...visit, question: 'pet', answer, issueId }) as const;
  expect(await begin(visit, typed('jiro@example.jp'))).toEqual({ way: 'secret-question' });
  expect(await refusalOf(remember({ ...given, answer: 'a-b' }))).toBe('NOT_ALLOWED');
  expect(await refusalOf(issue(wish(randomUUID())))).toBe('OVER');
  loser.lose(`${CENTRAL_PATHS.passwordResets}/${visit.resetId}/question`, 1);
  expect(await refusalOf(remember(given))).toBe('CENTRAL_UNREACHABLE');
  await remember(given);
  await eventually(async () => {
    const mails = (await caughtMails(rig.central.origin)).filter(({ to }) => to.includes('jiro@example.jp'));
    expect(mails).toHaveLength(2);
  });
  await prove({ ...visit, code: await codeFor('jiro@example.jp') });
  expect(await state(visit)).toMatchObject({ state: 'proved' });
  expect(await refusalOf(issue(wish(randomUUID(), '別の答え')))).toBe('ANSWER_WRONG');

  const signIn = (password: string) =>
    refusalOf(
      rig.client.session.signIn({ requestId: randomUUID(), loginId: 'jiro@example.jp', password, language: 'ja' }),
    );
  loser.lose(`${CENTRAL_PATHS.passwordResets}/${visit.resetId}/issue`, 1);
  const first = await issue(wish(randomUUID()));
  expect(first.loginId).toBe('jiro@example.jp');
  expect(await issue(wish(first.issueId))).toEqual(first);
  const receipts = rig.printer.receipts.length;
  rig.printer.setPaper('out');
  expect(await print({ ...visit, issueId: first.issueId, language: 'ja' })).toEqual({
    ...{ outcome: { kind: 'refused', reason: 'paper-out' }, password: 'valid' },
  });
  rig.printer.setPaper('ok');
  rig.printer.setFault({ kind: 'drop', afterBytes: MIDWAY });
  expect(await print({ ...visit, issueId: first.issueId, language: 'ja' })).toEqual({
    ...{ outcome: { kind: 'unknown' }, password: 'revoked' },
  });
  rig.printer.setFault(null);
  expect(await signIn(first.password)).toBe('SIGN_IN_REFUSED');
  expect(await refusalOf(issue(wish(first.issueId)))).toBe('REVOKED');
  const second = await issue(wish(randomUUID(), 'ｶﾅﾘｱ 一号'));
  const printing = { ...visit, issueId: second.issueId, language: 'en' } as const;
  const [once, twice] = await Promise.all([print(printing), print(printing)]);
  expect([once, twice]).toEqual([once, { outcome: { kind: 'printed' }, password: 'valid' }]);
  expect(await refusalOf(print(printing))).toBe('ALREADY_PRINTED');
  const slips = rig.printer.receipts.slice(receipts).map(({ text }) => text);
  const slip = slips.find((text) => text.includes(second.password)) ?? '';
  expect(slip).toContain('jiro@example.jp');
  expect(slip.match(/\[underline\]/g)?.length).toBe(second.password.match(/[A-Z]/g)?.length);
  expect(await signIn(second.password)).toBe('not refused');

  const third = await issue(wish(randomUUID()));
  await forget(visit);
  expect(await refusalOf(print({ ...visit, issueId: third.issueId, language: 'ja' }))).toBe('NOT_HELD');
  // A page that crashed forgets nothing.
  const fourth = await issue(wish(randomUUID()));
  ends.at(-1)?.();
  expect(await refusalOf(print({ ...visit, issueId: fourth.issueId, language: 'ja' }))).toBe('NOT_HELD');
  const logs = [...rig.logs, ...rig.centralLogs].map((line) => ({ where: line, content: Buffer.from(line) }));
  const planted = { first: first.password, second: second.password, third: third.password, fourth: fourth.password };
  const needles = needlesOf({ ...planted, ANSWER, typed: 'ｶﾅﾘｱ 一号', another: '別の答え' });
  for (const { where, content } of [...filesUnder(rig.dataDir), ...filesUnder(rig.centralData), ...logs]) {
    expect(
      needles.filter((one) => isIn(content, one)),
      where,
    ).toEqual([]);
  }
});

it('ends the sessions of whoever signed in with the password before, as soon as they ask for anything', async () => {
  const customer = { loginId: 'shiro@example.jp', password: 'Counter2026', language: 'ja' } as const;
  const signIn = async () => (await rig.client.session.signIn({ requestId: randomUUID(), ...customer })).sessionId;
  const sessions = [await signIn(), await signIn(), await signIn()] as const;
  const visit = visitOf();
  await begin(visit, typed(customer.loginId));
  await rig.client.passwordReset.prove({ ...visit, code: await codeFor(customer.loginId) });
  await rig.client.passwordReset.complete({ ...visit, password: PASSWORD });
  const [first, second, third] = sessions;
  expect(await refusalOf(rig.client.session.view({ sessionId: first }))).toBe('SESSION_GONE');
  expect(await refusalOf(rig.client.history.get({ sessionId: second }))).toBe('SESSION_GONE');
  expect(await refusalOf(rig.client.usage.get({ sessionId: third }))).toBe('SESSION_GONE');
  for (const sessionId of sessions) {
    expect(await refusalOf(rig.client.session.touch({ sessionId }))).toBe('SESSION_GONE');
  }
});
