import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

let rig: CounterRig;
let sessionId: string;
beforeAll(async () => {
  rig = await startCounter();
  const customer = { loginId: 'taro@example.jp', password: 'Counter2026', language: 'ja' } as const;
  sessionId = (await rig.client.session.signIn({ requestId: randomUUID(), ...customer })).sessionId;
}, 60_000);
afterAll(() => rig.close());

const add = (present: string, addId: string = randomUUID()) =>
  rig.client.secrets.addCableId({ sessionId, addId, accountId: 'account-1-cable', present, language: 'ja' });

it('adds an ID once however often it is told, issues its password, and lets the customer choose another', async () => {
  const { client } = rig;
  await expect(add('wrong')).rejects.toMatchObject({ code: 'PRESENT_REFUSED' });
  const addId = randomUUID();
  const [added, again] = await Promise.all([add('Counter2026', addId), add('Counter2026', addId)]);
  expect(again).toEqual(added);
  expect((await client.session.view({ sessionId })).accounts).toContainEqual(added);
  const wish = { sessionId, language: 'ja' as const };
  const { password } = await client.secrets.issue({ ...wish, issueId: randomUUID(), accountId: added.id });
  const change = { ...wish, accountId: added.id, present: password };
  await expect(client.secrets.change({ ...change, changeId: randomUUID(), next: 'a2345' })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  });
  const changed = await client.secrets.change({ ...change, changeId: randomUUID(), next: 'My%Film_9' });
  expect(changed).toMatchObject({ kind: 'cable-id', login: added.login });
  expect(rig.logs.join('\n')).not.toContain(password);
}, 30_000);

it('asks nothing of central where it is away, and is not for what staff opened', async () => {
  const { client } = rig;
  const staffSessionId = await rig.signIn();
  const opened = { staffSessionId, customerNumber: '1000000001', identityMethod: 'passport' } as const;
  const byStaff = await client.staff.openCustomer(opened);
  const wish = { addId: randomUUID(), accountId: 'account-1-cable', present: 'Counter2026', language: 'ja' } as const;
  await expect(client.secrets.addCableId({ ...wish, ...byStaff })).rejects.toMatchObject({ code: 'SESSION_GONE' });
  const before = (await client.session.view({ sessionId })).accounts;
  await rig.stopCentral();
  await expect(add('Counter2026')).rejects.toMatchObject({ code: 'CENTRAL_UNREACHABLE' });
  expect((await client.session.view({ sessionId })).accounts).toEqual(before);
}, 60_000);
