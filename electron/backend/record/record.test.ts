import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caughtMails } from '../../../central/testing/caught-mails.ts';
import type { RecordWish } from '../../../shared/central-api/record-changes.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

let rig: CounterRig;
beforeAll(async () => {
  rig = await startCounter();
}, 60_000);
afterAll(() => rig.close());

const signIn = async (loginId: string): Promise<string> => {
  const customer = { loginId, password: 'Counter2026', language: 'ja' } as const;
  return (await rig.client.session.signIn({ requestId: randomUUID(), ...customer })).sessionId;
};
const contact = (email: string | null, daytimePhone = '０３－１２３４－９９９９'): RecordWish => ({
  ...{ kind: 'contact', daytimePhone, wantsNews: true, email },
});
const begin = (sessionId: string, changeId: string, wish: RecordWish) =>
  rig.client.record.begin({ sessionId, changeId, wish, language: 'ja' });
const toId = (loginId: string, to: 'id' | 'present' = 'present'): RecordWish => ({
  ...{ kind: 'id', loginId, contact: to },
});
const complete = (sessionId: string, changeId: string) => rig.client.record.complete({ sessionId, changeId });
const mailsTo = async (address: string) =>
  (await caughtMails(rig.central.origin)).filter(({ to }) => to.includes(address));
/** The code of the last mail there. */
const codeAt = (address: string, after = 0): Promise<string> =>
  eventually(async () => {
    const codes = (await mailsTo(address)).flatMap(({ text }) => /認証コード：(\d{6})/.exec(text)?.[1] ?? []);
    if (codes.length <= after) throw new Error('no code yet');
    return codes.at(-1) ?? '';
  });
const wrongFor = (code: string): string => (code === '000000' ? '111111' : '000000');

it('changes phone and news at once, and a mail address when its code is proved', async () => {
  const { client } = rig;
  const sessionId = await signIn('taro@example.jp');
  const phoneOnly = randomUUID();
  expect(await begin(sessionId, phoneOnly, contact(null))).toEqual({ mailedTo: null });
  const [first, again] = await Promise.all([complete(sessionId, phoneOnly), complete(sessionId, phoneOnly)]);
  expect(again).toEqual(first);
  const view = await client.session.view({ sessionId });
  expect(view.record).toMatchObject({ daytimePhone: '0312349999', wantsNews: true });

  const toldOf = (address: string) =>
    eventually(async () => {
      const told = (await mailsTo(address)).filter(({ subject }) => subject === '連絡先を変更しました').at(-1);
      if (told === undefined) throw new Error('no mail yet');
      return told.text;
    });
  const told = await toldOf('taro@example.jp');
  expect(told).toContain('日中の電話番号：末尾9999');
  expect(told).toContain('お得なお知らせのメール：受け取る');
  expect(told).not.toMatch(/0312349999|連絡先メールアドレス/);

  const changeId = randomUUID();
  const next = 'new-taro@example.jp';
  expect(await begin(sessionId, changeId, contact('ｎｅｗ-taro@example.jp'))).toEqual({ mailedTo: next });
  await expect(complete(sessionId, changeId)).rejects.toMatchObject({ code: 'OVER' });
  const code = await codeAt(next);
  await expect(client.record.prove({ sessionId, changeId, code: wrongFor(code) })).rejects.toMatchObject({
    code: 'CODE_WRONG',
  });
  expect((await client.session.view({ sessionId })).facts).toMatchObject({
    customer: { contactEmail: 'taro@example.jp' },
  });
  await client.record.prove({ sessionId, changeId, code });
  await client.record.prove({ sessionId, changeId, code });
  expect(await complete(sessionId, changeId)).toMatchObject({ contactEmail: next });
  expect((await client.session.view({ sessionId })).facts).toMatchObject({ customer: { contactEmail: next } });
  // Where it was known until now, and where it goes from now on.
  for (const address of ['taro@example.jp', next]) {
    await eventually(async () => {
      const subjects = (await mailsTo(address)).map(({ subject }) => subject);
      expect(subjects).toContain('連絡先を変更しました');
    });
  }
  expect(await toldOf(next)).toContain(`連絡先メールアドレス：${next}`);
  expect(await toldOf(next)).not.toContain('日中の電話番号');
  expect(await client.record.print({ sessionId, changeId, language: 'ko' })).toEqual({ kind: 'printed' });
  expect(rig.logs.join('\n')).not.toMatch(new RegExp(`${code}|0312349999|new-taro`));
  await expect(begin(sessionId, changeId, contact(null))).rejects.toMatchObject({ code: 'OVER' });
}, 60_000);

it.each([
  ['a short phone', contact(null, '1234')],
  ['a phone with letters', contact(null, '03-1234-567a')],
  ['no mail address', contact('taro')],
  ['two mail addresses', contact('a@example.jp,b@example.jp')],
  ['a line break in it', contact('a@example.jp\r\nBcc: b@example.jp')],
  ['a short ID', toId('a@b')],
  ['another alphabet', toId('tarō@example.jp')],
  ['a plus sign', toId('ta+ro@example.jp')],
] satisfies [string, RecordWish][])('refuses %s', async (_what, wish) => {
  const sessionId = await signIn('shiro@example.jp');
  await expect(begin(sessionId, randomUUID(), wish)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
});

it('changes the ID by a code to the contact address, and says only then that an ID is taken', async () => {
  const { client } = rig;
  const sessionId = await signIn('hanako@example.jp');
  const taken = randomUUID();
  const prove = async (changeId: string, after: number) => {
    const code = await codeAt('hanako@example.jp', after);
    await client.record.prove({ sessionId, changeId, code });
  };
  expect(await begin(sessionId, taken, toId('jiro@example.jp'))).toEqual({
    mailedTo: 'hanako@example.jp',
  });
  await prove(taken, 0);
  await expect(complete(sessionId, taken)).rejects.toMatchObject({ code: 'ID_TAKEN' });
  const changeId = randomUUID();
  const next = 'hana@example.jp';
  // Nothing goes to the new address before the present one is proved, nor counts before that one is, too.
  await expect(begin(sessionId, changeId, toId(next, 'id'))).rejects.toMatchObject({ code: 'OVER' });
  await begin(sessionId, changeId, toId(next));
  await expect(begin(sessionId, changeId, toId(next, 'id'))).rejects.toMatchObject({ code: 'OVER' });
  await prove(changeId, 1);
  await expect(begin(sessionId, changeId, toId('other@example.jp', 'id'))).rejects.toMatchObject({ code: 'OVER' });
  expect(await mailsTo('other@example.jp')).toEqual([]);
  for (const sent of [0, 1]) {
    expect(await begin(sessionId, changeId, toId(next, 'id'))).toEqual({ mailedTo: next });
    await expect(complete(sessionId, changeId)).rejects.toMatchObject({ code: 'OVER' });
    if (sent === 1) await client.record.prove({ sessionId, changeId, code: await codeAt(next, 1) });
  }
  const changed = await complete(sessionId, changeId);
  expect(changed).toMatchObject({ contactEmail: next });
  // As if the answer had been lost, and the customer had gone back to the start.
  expect(await begin(sessionId, changeId, toId(next))).toEqual({ mailedTo: null });
  expect(await complete(sessionId, changeId)).toMatchObject({ contactEmail: next, changedAt: changed.changedAt });
  await expect(begin(sessionId, changeId, toId('hana2@example.jp'))).rejects.toMatchObject({ code: 'OVER' });
  expect(await client.record.print({ sessionId, changeId, language: 'ja' })).toEqual({ kind: 'printed' });
  await signIn('hana@example.jp');
  await expect(signIn('hanako@example.jp')).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
}, 60_000);

it('lets staff change the contact and not the ID, and mails no more codes than there may be', async () => {
  const staffSessionId = await rig.signIn();
  const opened = { staffSessionId, customerNumber: '1000000004', identityMethod: 'passport' } as const;
  const { sessionId } = await rig.client.staff.openCustomer(opened);
  await expect(begin(sessionId, randomUUID(), toId('a@example.jp'))).rejects.toMatchObject({
    code: 'SESSION_GONE',
  });
  const changeId = randomUUID();
  for (let mail = 0; mail < 5; mail += 1) await begin(sessionId, changeId, contact('other@example.jp'));
  await expect(begin(sessionId, changeId, contact('other@example.jp'))).rejects.toMatchObject({ code: 'THROTTLED' });
}, 60_000);

it('changes nothing while central is away, and what was begun goes on when it is back', async () => {
  const sessionId = await signIn('goro@example.jp');
  const changeId = randomUUID();
  await begin(sessionId, changeId, contact('goro2@example.jp'));
  const code = await codeAt('goro2@example.jp');
  await rig.stopCentral();
  await expect(rig.client.record.prove({ sessionId, changeId, code })).rejects.toMatchObject({
    code: 'CENTRAL_UNREACHABLE',
  });
  await rig.startCentral();
  await rig.client.record.prove({ sessionId, changeId, code });
  await rig.stopCentral();
  await expect(complete(sessionId, changeId)).rejects.toMatchObject({ code: 'CENTRAL_UNREACHABLE' });
  await rig.startCentral();
  expect(await complete(sessionId, changeId)).toMatchObject({ contactEmail: 'goro2@example.jp' });
}, 120_000);
