import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caughtMails } from '../../../central/testing/caught-mails.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { ResetOwner } from '../../../shared/contract/password-reset.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type AnswerLoser, startAnswerLoser } from '../testing/answer-loser.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

const PASSWORD = 'Canary%Reset1';
let rig: CounterRig;
let loser: AnswerLoser;

beforeAll(async () => {
  rig = await startCounter(Date.now, async (central) => {
    loser = await startAnswerLoser(() => central);
    return new URL(loser.url);
  });
}, 60_000);
afterAll(async () => {
  await rig.close();
  await loser.close();
});

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
  expect(await refusalOf(begin(visitOf(), await open('1000000008')))).toBe('NO_CONTACT');
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
