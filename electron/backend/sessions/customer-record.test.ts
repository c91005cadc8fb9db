import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

let rig: CounterRig;
let staffSessionId: string;
beforeAll(async () => {
  rig = await startCounter();
  staffSessionId = await rig.signIn();
}, 60_000);
afterAll(() => rig.close());

it('reads with the session what central has on record, and keeps it when central is away', async () => {
  const { client } = rig;
  const opened = { staffSessionId, customerNumber: '1000000001', identityMethod: 'passport' } as const;
  const { sessionId } = await client.staff.openCustomer(opened);
  const record = {
    address: '東京都世田谷区見本町1-2-3',
    phone: '0312345601',
    daytimePhone: '09000001234',
    wantsNews: false,
    loginId: 'taro@example.jp',
  };
  expect(await client.session.view({ sessionId })).toMatchObject({ fresh: true, record });
  const unregistered = { ...opened, customerNumber: '1000000008' };
  const other = await client.staff.openCustomer(unregistered);
  expect((await client.session.view(other)).record).toMatchObject({ loginId: null, daytimePhone: null });
  const withMailboxes = await client.staff.openCustomer({ ...opened, customerNumber: '1000000007' });
  expect((await client.session.view(withMailboxes)).facts).toMatchObject({
    customer: {
      contactEmail: 'rokuro@example.jp',
      mailAddresses: ['rokuro@mail.example.jp', 'ryoko@mail.example.jp'],
    },
  });

  await rig.stopCentral();
  expect(await client.session.view({ sessionId })).toMatchObject({ fresh: false, record });
  await rig.startCentral();
}, 60_000);

it('writes nothing of it down', () => {
  expect(rig.logs.join('\n')).not.toMatch(/09000001234|見本町/);
});

it('counts customers and who is at work, and ends the sessions of both', async () => {
  const { client, sessions } = rig;
  sessions.endAll();
  expect(sessions.running()).toBe(0);
  const staff = await rig.signIn();
  expect(sessions.running()).toBe(1);
  // A counter is locked over night, and nobody need sign out.
  await client.staff.leave({ staffSessionId: staff });
  expect(sessions.running()).toBe(0);
  await client.staff.comeBack({ staffSessionId: staff, pin: '248163' });
  const opened = { staffSessionId: staff, customerNumber: '1000000001', identityMethod: 'passport' } as const;
  const { sessionId } = await client.staff.openCustomer(opened);
  expect(sessions.running()).toBe(2);
  await client.staff.leave({ staffSessionId: staff });
  expect(sessions.running()).toBe(1);
  sessions.endAll();
  expect(sessions.running()).toBe(0);
  const alive = await client.terminal.heartbeat({ sessionId, staffSessionId: staff });
  expect(alive).toEqual({ sessionAlive: false, staffAlive: false });
});
