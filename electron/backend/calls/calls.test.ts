import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORPCError, safe } from '@orpc/client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startTestCentral, type TestCentral } from '../../../central/testing/test-central.ts';
import type { Calls } from '../../../shared/contract/calls-state.ts';
import type { TerminalMode } from '../../../shared/contract/events.ts';
import { CALL_ESCALATES_MS } from '../../../shared/domain/staff-call.ts';
import { createAnyDatabase } from '../../../tests/setup/test-postgres.ts';
import type { Backend } from '../build-backend.ts';
import { systemTimers, type Timers } from '../ports.ts';
import { type MemoryPage, openMemoryPage } from '../testing/memory-page.ts';
import { startTerminal } from '../testing/shop-rig.ts';

/** A terminal's backend and what its page last heard of calls. */
interface Place {
  readonly backend: Backend;
  readonly page: MemoryPage;
  calls: Calls;
  close(): Promise<void>;
}

let central: TestCentral;
let folder: string;
let kiosk: Place;
let counter: Place;
const open: Place[] = [];

// One shop for all that follows, in its order: at first nobody stands at the counter.
beforeAll(async () => {
  central = await startTestCentral(await createAnyDatabase('shop_calls'));
  folder = mkdtempSync(join(tmpdir(), 'calls-'));
  kiosk = await start('self-service', 'kiosk');
}, 60_000);
afterAll(async () => {
  for (const place of open) await place.close();
  await central.dispose();
  rmSync(folder, { recursive: true });
});

/** Longer than a busy machine takes; where time is the point, it is measured. */
const soon = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { interval: 10, timeout: 15_000 });

/** What lets a call wait for 30 seconds waits until a test ends it. */
let escalate = (): void => undefined;
const patient: Timers = {
  after: (ms, next) => {
    if (ms !== CALL_ESCALATES_MS) return systemTimers.after(ms, next);
    escalate = next;
    return () => {
      escalate = () => undefined;
    };
  },
};

async function start(mode: TerminalMode, name: string): Promise<Place> {
  const { backend } = startTerminal({ central: central.url, dataDir: join(folder, name), mode, timers: patient });
  const page = openMemoryPage(backend);
  const place: Place = {
    backend,
    page,
    calls: { own: null, shop: [] },
    close: async () => {
      await page.close();
      await backend.close();
    },
  };
  open.push(place);
  await soon(async () => expect((await page.client.terminal.status()).central).toBe('reachable'));
  const events = await page.client.terminal.events();
  void (async () => {
    for await (const event of events) if (event.type === 'calls') place.calls = event.calls;
  })().catch(() => undefined);
  return place;
}

const signIn = (place: Place, number = '1001', pin = '248163') => place.page.client.staff.signIn({ number, pin });
const codeOf = async (asked: Promise<unknown>): Promise<unknown> => {
  const { error } = await safe(asked);
  return error instanceof ORPCError && error.defined ? error.code : error;
};

it('puts the sign up at once where nobody listens, and lets a counter that comes later answer', async () => {
  const callId = randomUUID();
  await kiosk.page.client.calls.raise({ callId, place: 'start', sessionId: null });
  await soon(() => expect(kiosk.calls.own).toEqual({ callId, state: 'unheard' }));
  counter = await start('staff', 'counter');
  await soon(() => expect(counter.calls.shop).toMatchObject([{ callId, place: 'start' }]));
  const { staffSessionId } = await signIn(counter);
  await counter.page.client.calls.answer({ staffSessionId, callId });
  await soon(() => expect(kiosk.calls.own?.state).toBe('answered'));
  await soon(() => expect(counter.calls.shop).toEqual([]));
  await kiosk.page.client.calls.end({ callId });
}, 40_000);

it('carries a call from the kiosk to the counter and the answer back, each within 2 s', async () => {
  const callId = randomUUID();
  const raisedAt = performance.now();
  await kiosk.page.client.calls.raise({ callId, place: 'internet.change-course', sessionId: null });
  await soon(() => expect(counter.calls.shop).toHaveLength(1));
  expect(performance.now() - raisedAt).toBeLessThan(2_000);
  const terminal = (await kiosk.page.client.terminal.status()).terminalCode;
  expect(counter.calls.shop).toMatchObject([
    { callId, terminal, place: 'internet.change-course', waitingSeconds: 0, isEscalated: false },
  ]);
  expect(kiosk.calls.own).toEqual({ callId, state: 'calling' });

  const { staffSessionId } = await signIn(counter);
  const answeredAt = performance.now();
  const { answer } = counter.page.client.calls;
  expect(await answer({ staffSessionId, callId })).toEqual({ terminal, staffName: '窓口 花子', isYou: true });
  await soon(() => expect(kiosk.calls.own?.state).toBe('answered'));
  expect(performance.now() - answeredAt).toBeLessThan(2_000);
  expect(kiosk.calls.own).toEqual({ callId, state: 'answered', staffName: '窓口 花子' });
  await soon(() => expect(counter.calls.shop).toEqual([]));
  const manager = await signIn(counter, '9001', '735192');
  expect(await answer({ staffSessionId: manager.staffSessionId, callId })).toMatchObject({
    staffName: '窓口 花子',
    isYou: false,
  });

  await kiosk.page.client.calls.end({ callId });
  await soon(() => expect(kiosk.calls.own).toBeNull());
  await soon(async () => expect(await codeOf(answer({ staffSessionId, callId }))).toBe('CALL_OVER'));
  await counter.page.client.staff.leave({ staffSessionId });
  expect(await codeOf(answer({ staffSessionId, callId }))).toBe('STAFF_AWAY');
}, 40_000);

it('is escalated where nobody has answered for 30 s, and can be answered still', async () => {
  const callId = randomUUID();
  await kiosk.page.client.calls.raise({ callId, place: 'home', sessionId: null });
  await soon(() => expect(counter.calls.shop).toHaveLength(1));
  expect(kiosk.calls.own).toEqual({ callId, state: 'calling' });
  escalate();
  await soon(() => expect(kiosk.calls.own).toEqual({ callId, state: 'escalated' }));
  const { staffSessionId } = await signIn(counter);
  await counter.page.client.calls.answer({ staffSessionId, callId });
  await soon(() => expect(kiosk.calls.own?.state).toBe('answered'));
  escalate();
  await soon(() => expect(counter.calls.shop).toEqual([]));
  expect(kiosk.calls.own?.state).toBe('answered');
  await kiosk.page.client.calls.end({ callId });
}, 40_000);

it("withdraws a customer's call with the end of their session", async () => {
  const { client } = kiosk.page;
  const customer = { loginId: 'taro@example.jp', password: 'Counter2026', language: 'ja' } as const;
  const { sessionId } = await client.session.signIn({ requestId: randomUUID(), ...customer });
  // The page before went without a word: its session ends later than the next customer calls.
  const gone = await client.session.signIn({ requestId: randomUUID(), ...customer });
  await client.calls.raise({ callId: randomUUID(), place: 'home', sessionId });
  await client.session.end({ sessionId: gone.sessionId });
  expect(kiosk.calls.own).not.toBeNull();
  await soon(() => expect(counter.calls.shop).toHaveLength(1));
  await client.session.end({ sessionId });
  await soon(() => expect(counter.calls.shop).toEqual([]));
  expect(kiosk.calls.own).toBeNull();
}, 40_000);

it('counts as answered by whoever unlocks the kiosk, where only its service is theirs', async () => {
  const { client } = kiosk.page;
  const customer = { loginId: 'taro@example.jp', password: 'Counter2026', language: 'ja' } as const;
  const { sessionId } = await client.session.signIn({ requestId: randomUUID(), ...customer });
  await client.calls.raise({ callId: randomUUID(), place: 'contracts', sessionId });
  await soon(() => expect(counter.calls.shop).toHaveLength(1));
  expect(await codeOf(signIn(kiosk, '1001', '000000'))).toBe('STAFF_REFUSED');
  expect(counter.calls.shop).toHaveLength(1);
  const { staffSessionId, scope } = await signIn(kiosk);
  expect(scope).toBe('service');
  await soon(() => expect([kiosk.calls.own, counter.calls.shop]).toEqual([null, []]));
  const about = { staffSessionId, customerNumber: '1000000003', identityMethod: 'passport' } as const;
  const { staff, closeDay, devices, session } = client;
  for (const refused of [
    staff.findCustomers({ staffSessionId, field: 'number', value: '1000000003' }),
    staff.openCustomer(about),
    staff.openUnverified(about),
    closeDay.report({ staffSessionId, day: null }),
  ]) {
    expect(await codeOf(refused)).toBe('STAFF_AWAY');
  }
  expect((await devices.look({ staffSessionId })).terminal.code).toBe((await client.terminal.status()).terminalCode);
  await staff.signOut({ staffSessionId });
  expect((await session.view({ sessionId })).facts).toMatchObject({ customer: { number: '1000000001' } });
  await session.end({ sessionId });
}, 40_000);

it('puts the sign up within 3 s where central has just gone away, and answers nothing then', async () => {
  const { staffSessionId } = await signIn(counter);
  await central.close();
  const callId = randomUUID();
  const raisedAt = performance.now();
  await kiosk.page.client.calls.raise({ callId, place: 'start', sessionId: null });
  await soon(() => expect(kiosk.calls.own).toEqual({ callId, state: 'unheard' }));
  expect(performance.now() - raisedAt).toBeLessThan(3_000);
  expect(await codeOf(counter.page.client.calls.answer({ staffSessionId, callId }))).toBe('CENTRAL_UNREACHABLE');
}, 40_000);

it('is unlocked without central by whom it knows, who then looks after the one who called', async () => {
  await soon(async () => expect((await kiosk.page.client.terminal.status()).central).toBe('unreachable'));
  expect(await codeOf(signIn(kiosk, '9001', '735192'))).toBe('NOT_KNOWN_HERE');
  expect(await codeOf(signIn(kiosk, '1001', '000000'))).toBe('STAFF_REFUSED');
  expect(kiosk.calls.own?.state).toBe('unheard');
  const { staffSessionId, scope, isOffline } = await signIn(kiosk);
  expect([scope, isOffline]).toEqual(['service', true]);
  await soon(() => expect(kiosk.calls.own).toBeNull());
  expect((await kiosk.page.client.devices.look({ staffSessionId })).terminal.code).not.toBeNull();
  const about = { staffSessionId, customerNumber: '1000000003', identityMethod: 'passport' } as const;
  expect(await codeOf(kiosk.page.client.staff.openUnverified(about))).toBe('STAFF_AWAY');
  expect((await kiosk.page.client.queue.exportRescue({ staffSessionId })).applications).toBe(0);
}, 40_000);
