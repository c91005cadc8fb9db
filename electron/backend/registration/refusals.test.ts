import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { caughtMails } from '../../../central/testing/caught-mails.ts';
import { CONTRACTOR_LIMIT, LOGIN_LIMIT, TERMINAL_LIMIT } from '../../../central/identity/sign-in-throttle.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { RecordWish } from '../../../shared/central-api/record-changes.ts';
import type { Contractor } from '../../../shared/central-api/registration.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type AnswerLoser, startAnswerLoser } from '../testing/answer-loser.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

const YAMADA: Contractor = {
  ...{ kana: 'ヤマダタロウ', phone: '0312345678', additional: null },
  proof: { kind: 'card', value: '4242' },
};

const PASSWORD = 'Canary%Pass1';

let rig: CounterRig;
let loser: AnswerLoser;
let terms: { id: 'my-page'; version: string }[];
beforeAll(async () => {
  rig = await startCounter(Date.now, async (central) => {
    loser = await startAnswerLoser(() => central);
    return new URL(loser.url);
  });
  // Known here, so that it is found out when central is away.
  await rig.signIn();
  const [document] = await rig.client.terms.get({ ids: ['my-page'], language: 'ja' });
  terms = [{ id: 'my-page', version: document?.version ?? '' }];
}, 60_000);
afterAll(async () => {
  await rig.close();
  await loser.close();
});

const pauseSchema = z.object({ retryAfterSeconds: z.int().min(1) });

/** As the page gets it: the code, and for how long one has to wait. */
async function told(call: Promise<unknown>): Promise<readonly [string, 'now' | 'later']> {
  try {
    await call;
    return ['not refused', 'now'];
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    return [String(error.code), pauseSchema.safeParse(error.data).success ? 'later' : 'now'];
  }
}
const codeOf = async (call: Promise<unknown>): Promise<string> => (await told(call))[0];
const signIn = (loginId: string, password: string) =>
  told(rig.client.session.signIn({ requestId: randomUUID(), loginId, password, language: 'ja' }));
const verify = (contractor: Contractor) =>
  told(rig.client.registration.verify({ registrationId: randomUUID(), visitId: randomUUID(), contractor }));
const redeem = (password: string) =>
  told(rig.client.registration.redeem({ registrationId: randomUUID(), visitId: randomUUID(), password }));

const visitOf = () => ({ registrationId: randomUUID(), visitId: randomUUID() });
type Visit = ReturnType<typeof visitOf>;
const mail = (visit: Visit, more: object = {}) =>
  rig.client.registration.mail({
    ...{ ...visit, loginId: 'yamada@example.jp', password: PASSWORD, terms, language: 'ja' as const, ...more },
  });
/** The newest of so many mails with a link. */
const mailed = (count: number) =>
  eventually(async () => {
    const mails = (await caughtMails(rig.central.origin)).filter(
      ({ to, text }) => to.includes('yamada@example.jp') && text.includes('/confirm/'),
    );
    expect(mails).toHaveLength(count);
    const text = mails.at(-1)?.text ?? '';
    return {
      code: /認証コード：(\d{6})/.exec(text)?.[1] ?? '',
      link: /https?:\S+\/confirm\/\S+/.exec(text)?.[0] ?? '',
    };
  });
const press = async (link: string): Promise<number> =>
  (await fetch(link, { method: 'POST', body: new URLSearchParams() })).status;

it('a registration takes what fits each field, and says of everything else that it does not', async () => {
  const { registration } = rig.client;
  const visit = visitOf();
  for (const broken of [
    { kana: '' },
    { kana: 'ヤ'.repeat(101) },
    { phone: '' },
    { phone: '0'.repeat(41) },
    { proof: { kind: 'card', value: '' } },
    { proof: { kind: 'card', value: '4'.repeat(61) } },
    { additional: { kind: 'device', value: '' } },
  ] as const) {
    expect(await codeOf(registration.verify({ ...visitOf(), contractor: { ...YAMADA, ...broken } }))).toBe(
      'BAD_REQUEST',
    );
  }
  for (const wrong of [{ kana: '山田太郎' }, { kana: 'ヤマダタロウヤ' }, { phone: '03-1234-567a' }]) {
    expect(await codeOf(registration.verify({ ...visitOf(), contractor: { ...YAMADA, ...wrong } }))).toBe(
      'CONTRACTOR_REFUSED',
    );
  }
  await rig.client.registration.verify({ ...visit, contractor: YAMADA });
  for (const [broken, code] of [
    [{ loginId: '' }, 'BAD_REQUEST'],
    [{ loginId: `${'a'.repeat(100)}@example.jp` }, 'BAD_REQUEST'],
    [{ loginId: 'a@b' }, 'NOT_ALLOWED'],
    [{ loginId: '.taro@example.jp' }, 'NOT_ALLOWED'],
    [{ loginId: 'taro@example.jp.' }, 'NOT_ALLOWED'],
    [{ loginId: 'taro+shop@example.jp' }, 'NOT_ALLOWED'],
    [{ loginId: ' taro@example.jp' }, 'NOT_ALLOWED'],
    [{ password: '' }, 'BAD_REQUEST'],
    [{ password: 'a'.repeat(101) }, 'BAD_REQUEST'],
    [{ password: 'a2345' }, 'NOT_ALLOWED'],
    [{ password: 'a'.repeat(33) }, 'NOT_ALLOWED'],
    [{ password: 'abc def' }, 'NOT_ALLOWED'],
    [{ password: 'abcdef!' }, 'NOT_ALLOWED'],
    [{ password: 'パスワード１' }, 'NOT_ALLOWED'],
    [{ terms: [] }, 'BAD_REQUEST'],
    [{ terms: [{ id: 'b-cas', version: '2026-11-01' }] }, 'NOT_ALLOWED'],
  ] as const) {
    expect([broken, await codeOf(mail(visit, broken))]).toEqual([broken, code]);
  }
  await mail(visit);
  const { code } = await mailed(1);
  for (const [typed, answer] of [
    ['', 'BAD_REQUEST'],
    ['1'.repeat(41), 'BAD_REQUEST'],
    [code.slice(1), 'CODE_WRONG'],
    ['あいうえおか', 'CODE_WRONG'],
  ] as const) {
    expect([typed, await codeOf(registration.prove({ ...visit, code: typed }))]).toEqual([typed, answer]);
  }
  await registration.prove({ ...visit, code });
  expect(await codeOf(registration.complete({ ...visit, contact: 'x****@example.jp' }))).toBe('OVER');
  for (const password of ['', '1'.repeat(61)]) {
    expect(await codeOf(registration.redeem({ ...visitOf(), password }))).toBe('BAD_REQUEST');
  }
  expect(await codeOf(registration.redeem({ ...visitOf(), password: '12345678901a' }))).toBe('ONE_TIME_REFUSED');
});

it('a registration goes on with the same call where central is lost, at every step, and a link counts once', async () => {
  const { registration } = rig.client;
  const visit = visitOf();
  const steps = {
    verify: () => registration.verify({ ...visit, contractor: YAMADA }),
    mail: () => mail(visit),
    prove: (code: string) => registration.prove({ ...visit, code }),
    complete: () => registration.complete({ ...visit, contact: 'id' }),
  };
  const lost = async (path: string, step: () => Promise<unknown>): Promise<void> => {
    loser.lose(path, 1);
    expect(await codeOf(step())).toBe('CENTRAL_UNREACHABLE');
  };
  const path = `${CENTRAL_PATHS.registrations}/${visit.registrationId}`;
  await lost(CENTRAL_PATHS.registrations, steps.verify);
  expect(await steps.verify()).toEqual({ state: 'verified', replaces: false });
  await lost(`${path}/mail`, steps.mail);
  const first = await mailed(2);
  await steps.mail();
  const second = await mailed(3);

  await rig.stopCentral();
  for (const step of [
    steps.verify,
    steps.mail,
    () => registration.state(visit),
    () => steps.prove(second.code),
    steps.complete,
  ]) {
    expect(await codeOf(step())).toBe('CENTRAL_UNREACHABLE');
  }
  await rig.startCentral();
  expect(await registration.state(visit)).toMatchObject({ state: 'waiting' });
  expect(await codeOf(steps.complete())).toBe('OVER');

  // What was mailed before is worth nothing, code and link.
  expect(await press(first.link)).toBe(410);
  if (first.code !== second.code) expect(await codeOf(steps.prove(first.code))).toBe('CODE_WRONG');
  await lost(`${CENTRAL_PATHS.codes}/${visit.registrationId}/proof`, () => steps.prove(second.code));
  // On the phone, twice at once and once more.
  expect(await Promise.all([press(second.link), press(second.link)])).toEqual([200, 200]);
  expect(await press(second.link)).toBe(200);
  await steps.prove(second.code);
  await lost(`${path}/completion`, steps.complete);
  // Two presses.
  expect(await Promise.all([steps.complete(), steps.complete()])).toEqual([
    { loginId: 'yamada@example.jp' },
    { loginId: 'yamada@example.jp' },
  ]);
  expect(await press(second.link)).toBe(410);
  expect(await codeOf(steps.prove(second.code))).toBe('OVER');
  expect(await codeOf(steps.mail())).toBe('OVER');
  const session = { loginId: 'yamada@example.jp', password: PASSWORD, language: 'ja' } as const;
  expect(await codeOf(rig.client.session.signIn({ requestId: randomUUID(), ...session }))).toBe('not refused');
});

it.each([
  [
    'contact',
    { kind: 'contact', daytimePhone: '0312349999', wantsNews: true, email: 'jiro2@example.jp' },
    { contactEmail: 'jiro2@example.jp' },
  ],
  ['ID', { kind: 'id', loginId: 'jiro3@example.jp', contact: 'present' }, { wish: { loginId: 'jiro3@example.jp' } }],
] satisfies [string, RecordWish, object][])(
  'another %s goes on with the same call where its answer was lost, at every step',
  async (_what, wish, changed) => {
    const { record, session } = rig.client;
    const changeId = randomUUID();
    const customer = { loginId: 'jiro@example.jp', password: 'Counter2026', language: 'ja' } as const;
    const { sessionId } = await session.signIn({ requestId: randomUUID(), ...customer });
    const steps = {
      begin: () => record.begin({ sessionId, changeId, wish, language: 'ja' }),
      prove: (code: string) => record.prove({ sessionId, changeId, code }),
      complete: () => record.complete({ sessionId, changeId }),
    };
    const lost = async (path: string, step: () => Promise<unknown>): Promise<void> => {
      loser.lose(path, 1);
      expect(await codeOf(step())).toBe('OUTCOME_UNKNOWN');
    };
    const mails = async () =>
      (await caughtMails(rig.central.origin)).filter(({ to }) => to.includes('jiro2@example.jp'));
    const codesAfter = async (before: number, count: number) =>
      eventually(async () => {
        const codes = (await mails()).slice(before).flatMap(({ text }) => /認証コード：(\d{6})/.exec(text)?.[1] ?? []);
        expect(codes).toHaveLength(count);
        return codes;
      });
    const before = (await mails()).length;
    await lost(CENTRAL_PATHS.recordChanges, steps.begin);
    await codesAfter(before, 1);
    expect(await steps.begin()).toEqual({ mailedTo: 'jiro2@example.jp' });
    const [, code = ''] = await codesAfter(before, 2);
    await lost(`${CENTRAL_PATHS.codes}/${changeId}/proof`, () => steps.prove(code));
    await steps.prove(code);
    await lost(`${CENTRAL_PATHS.recordChanges}/${changeId}/completion`, steps.complete);
    const [once, twice] = await Promise.all([steps.complete(), steps.complete()]);
    expect(once).toMatchObject(changed);
    expect(twice).toEqual(once);
    // Both codes, and once that it was changed.
    await eventually(async () => expect((await mails()).slice(before)).toHaveLength(3));
    await session.end({ sessionId });
  },
);

it('a kiosk hears the same of unknown, wrong and locked, and of too much of it when to try again', async () => {
  const refused = ['SIGN_IN_REFUSED', 'now'];
  for (let miss = 0; miss < LOGIN_LIMIT.failures; miss += 1) {
    expect(await signIn('nobody@example.jp', 'wrong')).toEqual(refused);
    expect(await signIn('taro@example.jp', 'wrong')).toEqual(refused);
  }
  expect(await signIn('taro@example.jp', 'Counter2026')).toEqual(refused);

  const unknown = ['CONTRACTOR_REFUSED', 'now'];
  for (let miss = 0; miss < CONTRACTOR_LIMIT.failures; miss += 1) {
    expect(await verify({ ...YAMADA, phone: '0399999999' })).toEqual(unknown);
    expect(await verify({ ...YAMADA, proof: { kind: 'card', value: '0000' } })).toEqual(unknown);
  }
  expect(await verify(YAMADA)).toEqual(unknown);

  let guess = await redeem('123456789012');
  for (let misses = 1; misses < TERMINAL_LIMIT.failures && guess[0] !== 'THROTTLED'; misses += 1) {
    expect(guess).toEqual(['ONE_TIME_REFUSED', 'now']);
    guess = await redeem('123456789012');
  }
  // Now it is the terminal that waits, whoever comes and however right they are.
  for (const answer of [await signIn('goro@example.jp', 'Counter2026'), await verify(YAMADA), await redeem('1')]) {
    expect(answer).toEqual(['THROTTLED', 'later']);
  }
});
