import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeCentral, RESCUE_PUBLIC_PEM, type Script } from '../testing/fake-central.ts';
import { anApplication, enqueued, startSync, type SyncRig } from '../testing/sync-rig.ts';
import { TERMINAL_KEY_FILE } from './terminal-key-file.ts';
import { eventually } from '../../../tests/setup/eventually.ts';

const YEARS_MS = 10 * 365 * 24 * 60 * 60 * 1000;
let dataDir = '';
let central: FakeCentral;
let rig: SyncRig | undefined;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'sync-'));
  central = new FakeCentral();
  await central.start();
});
afterEach(async () => {
  await rig?.close();
  rig = undefined;
  await central.stop();
  rmSync(dataDir, { recursive: true });
});

function start(given: Partial<Parameters<typeof startSync>[0]> = {}): SyncRig {
  rig = startSync({ dataDir, central: central.url, ...given });
  return rig;
}

function submit(to: SyncRig, given: Parameters<typeof anApplication>[1] = {}): string {
  const { id } = enqueued(to.outbox, anApplication(RESCUE_PUBLIC_PEM, given));
  to.worker.wake();
  return id;
}

const becomes = (to: SyncRig, id: string, state: string): Promise<void> =>
  vi.waitFor(() => expect(to.outbox.find(id)?.state).toBe(state), { timeout: 8_000, interval: 10 });

function scriptFirst(script: Script): void {
  central.script = (_id, attempt) => (attempt === 1 ? script : null);
}

describe('sending', () => {
  it('brings an application to central once and forgets its content', async () => {
    const to = start();
    const id = submit(to);
    await becomes(to, id, 'accepted');
    expect(central.booked).toEqual([id]);
    await eventually(() => expect(to.outbox.payloadOf(id)).toBeNull());
    expect(to.outbox.find(id)?.orderId).toBe('order-1');
  });

  it('keeps one customer in order while others go by', async () => {
    const to = start();
    await eventually(() => expect(to.connectivity.state()).toBe('reachable'));
    const ids = Array.from({ length: 12 }, (_, at) => submit(to, { customerNumber: `100000000${at % 3}` }));
    for (const id of ids) await becomes(to, id, 'accepted');
    for (const customer of [0, 1, 2]) {
      const own = ids.filter((_, at) => at % 3 === customer);
      expect(central.booked.filter((id) => own.includes(id))).toEqual(own);
    }
  });

  it('lets a later one of the same customer pass one that is held', async () => {
    const to = start();
    scriptFirst({ kind: 'state', state: 'held', reason: 'price-changed' });
    const first = submit(to);
    await becomes(to, first, 'held');
    expect(to.outbox.find(first)?.reason).toBe('price-changed');
    central.script = () => null;
    await becomes(to, submit(to), 'accepted');
    expect(to.outbox.payloadOf(first)).not.toBeNull();
  });

  it('never lets a bad one block other customers', async () => {
    const to = start();
    const bad = enqueued(to.outbox, anApplication(RESCUE_PUBLIC_PEM, { customerNumber: '1000000009' })).id;
    central.script = (id) =>
      id === bad ? { kind: 'raw', status: 500, contentType: 'text/plain', body: 'boom' } : null;
    to.worker.wake();
    const good = [submit(to, { customerNumber: '1000000001' }), submit(to, { customerNumber: '1000000002' })];
    for (const id of good) await becomes(to, id, 'accepted');
    expect(to.outbox.find(bad)?.state).toBe('sending');
    central.script = () => null;
    await becomes(to, bad, 'accepted');
  });

  it('leaves the line free for customers while central takes its time over orders', async () => {
    let answer = (): void => undefined;
    const after = new Promise<void>((resolve) => {
      answer = resolve;
    });
    central.script = () => ({ kind: 'later', after });
    const to = start();
    const ids = Array.from({ length: 20 }, (_, at) => submit(to, { customerNumber: `10000000${10 + at}` }));
    await eventually(() => expect(central.posts).toBeGreaterThanOrEqual(16));
    expect(await to.connectivity.suspect()).toBe('reachable');
    answer();
    for (const id of ids) await becomes(to, id, 'accepted');
  });

  it('leaves one that its key no longer opens alone, and sends the others', async () => {
    const to = start();
    const broken = enqueued(to.outbox, anApplication(RESCUE_PUBLIC_PEM, { customerNumber: '1000000009' })).id;
    to.db.prepare('update outbox set payload = ? where id = ?').run(Buffer.from('damaged beyond reading'), broken);
    await becomes(to, submit(to), 'accepted');
    expect(to.outbox.find(broken)?.state).not.toBe('accepted');
    expect(central.booked).not.toContain(broken);
  });
});

describe('outages', () => {
  it('waits for central and sends by itself when it comes back', async () => {
    await central.stop();
    const to = start();
    const id = submit(to);
    await eventually(() => expect(to.connectivity.state()).toBe('unreachable'));
    expect(to.outbox.waitingCount()).toBe(1);
    await central.start();
    await becomes(to, id, 'accepted');
    expect(to.outbox.waitingCount()).toBe(0);
  });

  it('asks before it sends again when the answer was lost after central booked', async () => {
    scriptFirst({ kind: 'lost-answer' });
    const to = start();
    const ids = Array.from({ length: 20 }, (_, at) => submit(to, { customerNumber: `10000000${10 + at}` }));
    for (const id of ids) await becomes(to, id, 'accepted');
    expect(central.orders.size).toBe(20);
    expect(central.posts).toBe(20);
    expect(central.lookUps).toBeGreaterThanOrEqual(20);
  });

  it('asks first for what was being sent when the terminal ended', async () => {
    await central.stop();
    const before = start();
    const id = enqueued(before.outbox, anApplication(RESCUE_PUBLIC_PEM)).id;
    before.outbox.advance({ settle: [], start: 1, skip: () => false });
    await before.close();
    await central.start();
    const after = start();
    await becomes(after, id, 'accepted');
    expect(central.lookUps).toBe(1);
    expect(central.posts).toBe(1);
  });

  it('takes a captive portal for an outage', async () => {
    central.captivePortal = true;
    const to = start();
    const id = submit(to);
    await vi.waitFor(() => expect(central.requests.length).toBeGreaterThan(2), { timeout: 5_000 });
    expect(to.connectivity.state()).toBe('unreachable');
    expect(to.outbox.find(id)?.state).toBe('queued');
    central.captivePortal = false;
    await becomes(to, id, 'accepted');
  });

  it.each([
    ['html with 200', { kind: 'raw', status: 200, contentType: 'text/html', body: '<html>portal</html>' }],
    ['cut JSON', { kind: 'raw', status: 201, contentType: 'application/json', body: '{"id":"1","sta' }],
    ['a proxy error with 400', { kind: 'raw', status: 400, contentType: 'text/html', body: 'bad gateway' }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['429', { kind: 'status', status: 429 }],
    ['409 still running', { kind: 'status', status: 409, code: 'still-running' }],
  ] satisfies [string, Script][])('tries again after %s', async (_name, script) => {
    scriptFirst(script);
    const to = start();
    const id = submit(to);
    await becomes(to, id, 'accepted');
    expect(central.orders.size).toBe(1);
  });

  it.each([
    [400, 'rejected', 'invalid'],
    [422, 'rejected', 'invalid'],
    [403, 'held', 'not-authorised'],
    [404, 'held', 'not-found'],
    [413, 'held', 'too-large'],
    [409, 'held', 'conflict'],
  ])('makes %i %s', async (status, state, reason) => {
    central.script = () => ({ kind: 'status', status });
    const to = start();
    const id = submit(to);
    await becomes(to, id, state);
    expect(to.outbox.find(id)?.reason).toBe(reason);
    expect(central.posts).toBe(1);
  });

  it('gets one fresh token after 401', async () => {
    central.rejectedTokens.add('token-1');
    const to = start();
    const id = submit(to);
    await becomes(to, id, 'accepted');
    expect(central.tokens).toBe(2);
  });

  it('waits as long as Retry-After asks, also as a date', async () => {
    // A date names whole seconds: this one is two to three seconds ahead.
    const asked = [() => '1', () => new Date(Date.now() + 3_000).toUTCString()];
    for (const [at, retryAfter] of asked.entries()) {
      scriptFirst({ kind: 'status', status: 503, headers: { 'retry-after': retryAfter() } });
      const to = start();
      const id = submit(to, { customerNumber: `100000000${at}` });
      await eventually(() => expect(central.posts).toBe(at * 2 + 1));
      const refused = performance.now();
      await becomes(to, id, 'accepted');
      expect(performance.now() - refused).toBeGreaterThan(700);
      await to.close();
      rig = undefined;
    }
  });
});

describe('clocks', () => {
  it.each([-YEARS_MS, YEARS_MS, -3_600_000])('is indifferent to a terminal clock that is off by %i ms', async (off) => {
    scriptFirst({
      kind: 'status',
      status: 503,
      headers: { 'retry-after': new Date(Date.now() + 1_500).toUTCString() },
    });
    const to = start({ systemClock: () => Date.now() + off });
    const id = submit(to);
    await becomes(to, id, 'accepted');
    expect(Math.abs(to.clock.now() - Date.now())).toBeLessThan(3_000);
  });

  it('drains while the clock is set back', async () => {
    let off = 0;
    const to = start({ systemClock: () => Date.now() + off });
    const ids = Array.from({ length: 10 }, () => submit(to));
    off = -YEARS_MS;
    for (const id of ids) await becomes(to, id, 'accepted');
    expect(Math.abs(to.clock.now() - Date.now())).toBeLessThan(3_000);
  });
});

it('puts nothing of a customer into files or logs', async () => {
  central.script = (_id, attempt) => (attempt === 1 ? { kind: 'status', status: 500 } : null);
  const to = start();
  const id = submit(to);
  await becomes(to, id, 'accepted');
  const kept = readdirSync(dataDir)
    .filter((name) => name !== TERMINAL_KEY_FILE)
    .map((name) => readFileSync(join(dataDir, name)).toString('latin1'))
    .concat(to.logs);
  for (const canary of ['1000000002', 'grant-canary-7f3a', Buffer.from('山田花子').toString('latin1'), '山田花子']) {
    expect(
      kept.some((text) => text.includes(canary)),
      canary,
    ).toBe(false);
  }
});
