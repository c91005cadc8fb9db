import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { staffSignInRequestSchema } from '../../../shared/central-api/staff.ts';
import { HOUSE_ERRORS } from '../../../shared/central-api/terminal-v1.ts';
import { catalogSchema } from '../../../shared/domain/catalog.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { createCorrectedClock } from '../central/corrected-clock.ts';
import { createTransport, type Transport } from '../central/transport.ts';
import { DATABASE_FILE, openDatabase, type SqliteDatabase } from '../database/open-database.ts';
import { documentKeeper } from '../database/kept-document.ts';
import { createLogger } from '../log/logger.ts';
import { deriveTerminalKey } from '../outbox/terminal-key.ts';
import { type MonotonicClock, systemTimers, type Timers } from '../ports.ts';
import { createSessions, type Sessions } from '../sessions/sessions.ts';
import { noProbe } from '../step-probe.ts';
import { enrolledClient } from '../testing/enrolled-client.ts';
import { FakeCentral } from '../testing/fake-central.ts';
import { serveCustomer } from '../testing/fake-customer.ts';
import { RESOURCES_DIR } from '../testing/shop-rig.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { createKnownStaff } from './known-staff.ts';
import { createStaffDesk, type StaffDesk } from './staff-desk.ts';
import type { StaffSession } from './staff-sessions.ts';

const PIN = '248163';
const HOUR = 3_600_000;
const HANAKO = { number: '1001', name: '窓口 花子', role: 'staff', shop: 'S001' } as const;
const catalog = catalogSchema.parse(JSON.parse(readFileSync(join(RESOURCES_DIR, 'catalog/catalog.json'), 'utf8')));

let dataDir = '';
let central: FakeCentral;
let transport: Transport;
let db: SqliteDatabase;
let sessions: Sessions;
let makeServiceDesk: (monotonic: MonotonicClock, timers: Timers) => StaffDesk;
let makeCounter: (timers: Timers) => StaffDesk;
let desk: StaffDesk;
let state: ReturnType<Connectivity['state']>;
let now = 0;
let mayWork = true;
let failsWith: number | null = null;
let isDiskFull = false;
let logs: string[] = [];
let ended: string[] = [];
let tellConnectivity: (state: 'reachable' | 'unreachable') => void;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'staff-'));
  state = 'reachable';
  now = Date.UTC(2026, 10, 24, 3);
  mayWork = true;
  failsWith = null;
  isDiskFull = false;
  logs = [];
  ended = [];
  central = new FakeCentral();
  serveCustomer(central);
  central.routes.set(`POST ${CENTRAL_PATHS.staffSignIn}`, (_url, body) => {
    if (failsWith !== null) {
      return { status: failsWith, json: { code: 'later', reason: 'later' }, headers: { 'retry-after': '7' } };
    }
    const { number, pin } = staffSignInRequestSchema.parse(JSON.parse(body));
    return number === HANAKO.number && pin === PIN && mayWork
      ? { status: 200, json: { accessToken: 'staff', expiresInSeconds: 3600, staff: HANAKO, attestation: 'word' } }
      : { status: 401, json: { code: HOUSE_ERRORS.signInRefused, reason: 'refused' } };
  });
  central.routes.set(`GET ${CENTRAL_PATHS.staffCustomers}`, (url) =>
    mayWork
      ? {
          status: 200,
          json: {
            customers: [{ number: '1000000003', name: '鈴木', kana: url.search, address: '1-1', phoneEnding: '5603' }],
            hasMore: false,
          },
        }
      : { status: 403, json: { code: 'forbidden', reason: 'left' } },
  );
  central.routes.set(`POST ${CENTRAL_PATHS.staffCustomerSessions}`, (_url, body) => {
    const { customerNumber } = z.looseObject({ customerNumber: z.string() }).parse(JSON.parse(body));
    return customerNumber === '1000000003'
      ? {
          status: 200,
          json: { accessToken: 'customer', expiresInSeconds: 1800, submissionGrant: 'grant', customerNumber },
        }
      : { status: 404, json: { code: 'customer-unknown', reason: 'unknown' } };
  });
  await central.start();
  const opened = openDatabase({ dataDir, probe: noProbe });
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
  transport = createTransport({ central: central.url, ca: null });
  const monotonic = (): number => performance.now();
  const clock = createCorrectedClock(Date.now, monotonic);
  const client = enrolledClient(transport, clock);
  sessions = createSessions({
    client,
    catalog: () => Promise.resolve(catalog),
    now: () => now,
    monotonic,
    timers: systemTimers,
    idleMs: HOUR,
  });
  const terminalKey = deriveTerminalKey(Buffer.alloc(32, 7), Buffer.alloc(32, 8));
  const keeper = documentKeeper(db, 'staff');
  const parts = {
    client,
    connectivity: {
      state: (): typeof state => state,
      suspect: () => Promise.resolve(state),
      onChange: (listener: (state: 'reachable' | 'unreachable') => void) => {
        tellConnectivity = listener;
        return () => undefined;
      },
      stop: () => undefined,
    },
    known: createKnownStaff({
      keeper: {
        ...keeper,
        write: (document) => {
          if (isDiskFull) throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
          keeper.write(document);
        },
      },
      terminalKey,
      now: () => now,
      validMs: 24 * HOUR,
    }),
    sessions,
    random: () => 0.5,
    log: createLogger((line) => logs.push(line)),
  };
  makeCounter = (timers) => createStaffDesk({ ...parts, scope: 'counter', monotonic, timers });
  desk = makeCounter(systemTimers);
  makeServiceDesk = (clock, timers) => createStaffDesk({ ...parts, scope: 'service', monotonic: clock, timers });
  desk.onEnded((id) => ended.push(id));
});
afterEach(async () => {
  desk.endAll();
  sessions.endAll();
  await transport.close();
  db.close();
  await central.stop();
  rmSync(dataDir, { recursive: true });
});

async function signedIn(): Promise<StaffSession> {
  const result = await desk.signIn(HANAKO.number, PIN);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

async function loseCentral(): Promise<void> {
  state = 'unreachable';
  await central.stop();
}

it('lets staff in by central, finds a customer and opens their session in staff’s name', async () => {
  const { id, isOffline } = await signedIn();
  expect(isOffline).toBe(false);
  expect(await desk.findCustomers(id, 'kana', 'スズキ')).toMatchObject({
    ok: true,
    value: { customers: [{ kana: `?kana=${encodeURIComponent('スズキ')}` }] },
  });
  const opened = await desk.openCustomer(id, '1000000003', 'passport');
  expect(opened).toMatchObject({
    ok: true,
    value: {
      grant: 'grant',
      facts: { kind: 'known', customer: { number: '1000000003' } },
      attribution: { kind: 'staff', staffNumber: '1001', identityMethod: 'passport', unverified: false },
    },
  });
  expect(await desk.openCustomer(id, '1000000009', 'passport')).toEqual({
    ok: false,
    error: { code: 'customer-unknown' },
  });
  desk.signOut(id);
  expect(opened.ok && sessions.find(opened.value.id)).toBeNull();
});

it('does nothing for staff while the screen is with the customer, until their PIN', async () => {
  const { id } = await signedIn();
  expect(desk.leave(id).ok).toBe(true);
  expect(await desk.findCustomers(id, 'number', '1')).toEqual({ ok: false, error: { code: 'away' } });
  expect(await desk.openCustomer(id, '1000000003', 'passport')).toEqual({ ok: false, error: { code: 'away' } });
  expect(desk.openUnverified(id, '1000000003', 'passport')).toEqual({ ok: false, error: { code: 'away' } });
  expect(await desk.comeBack(id, '000000')).toEqual({ ok: false, error: { code: 'refused' } });
  expect(await desk.comeBack(id, PIN)).toMatchObject({ ok: true });
  expect((await desk.findCustomers(id, 'number', '1')).ok).toBe(true);
});

it('ends after five wrong PINs at the lock, and takes the customer’s session with it', async () => {
  const { id } = await signedIn();
  const opened = await desk.openCustomer(id, '1000000003', 'passport');
  expect(desk.leave(id).ok).toBe(true);
  for (let miss = 0; miss < 5; miss += 1) expect((await desk.comeBack(id, '000000')).ok).toBe(false);
  expect(await desk.comeBack(id, PIN)).toEqual({ ok: false, error: { code: 'gone' } });
  expect(ended).toEqual([id]);
  expect(opened.ok && sessions.find(opened.value.id)).toBeNull();
});

it('lets in without central whom central let in here, and takes a customer by number only', async () => {
  desk.signOut((await signedIn()).id);
  await loseCentral();
  const { id, isOffline } = await signedIn();
  expect(isOffline).toBe(true);
  expect(await desk.findCustomers(id, 'number', '1')).toEqual({ ok: false, error: { code: 'unreachable' } });
  expect(desk.openUnverified(id, '1000000003', 'drivers-licence')).toMatchObject({
    ok: true,
    value: {
      grant: 'word',
      fresh: false,
      facts: { kind: 'unknown', customerNumber: '1000000003' },
      attribution: { kind: 'staff', unverified: true },
    },
  });
});

async function regainCentral(): Promise<void> {
  await central.start();
  state = 'reachable';
  tellConnectivity(state);
}

it('has central let in whom it let in without it, once it is back, and they can do what central is needed for', async () => {
  desk.signOut((await signedIn()).id);
  await loseCentral();
  const { id } = await signedIn();
  ended = [];
  const confirmed: string[] = [];
  desk.onConfirmed((staffSessionId) => confirmed.push(staffSessionId));
  expect(desk.leave(id).ok).toBe(true);
  await regainCentral();
  await eventually(() => expect(confirmed).toEqual([id]));
  // The lock stays what it is.
  expect(desk.atWork(id)).toEqual({ ok: false, error: { code: 'away' } });
  expect(await desk.comeBack(id, PIN)).toMatchObject({ ok: true, value: { isOffline: false } });
  expect((await desk.findCustomers(id, 'number', '1')).ok).toBe(true);
  expect(ended).toEqual([]);
});

it('ends with the outage the session of whom central no longer lets in', async () => {
  desk.signOut((await signedIn()).id);
  await loseCentral();
  const { id } = await signedIn();
  ended = [];
  mayWork = false;
  await regainCentral();
  await eventually(() => expect(ended).toEqual([id]));
  await loseCentral();
  expect(await desk.signIn(HANAKO.number, PIN)).toEqual({ ok: false, error: { code: 'not-known-here' } });
});

it('asks of whom it let in without central until central says, also with a full disk, and stops with their session', async () => {
  let planned: { ms: number; fire: () => void }[] = [];
  const counter = makeCounter({
    after: (ms, fire) => {
      const mine = { ms, fire };
      planned.push(mine);
      return () => {
        planned = planned.filter((other) => other !== mine);
      };
    },
  });
  // The other one looks each second whether the page is there.
  const waits = (): number[] => planned.map(({ ms }) => ms).filter((ms) => ms !== 1_000);
  const fire = (): void => {
    const due = planned.find(({ ms }) => ms !== 1_000);
    planned = planned.filter((other) => other !== due);
    due?.fire();
  };
  const confirmed: string[] = [];
  counter.onConfirmed((staffSessionId) => confirmed.push(staffSessionId));
  desk.signOut((await signedIn()).id);
  failsWith = 503;
  const letIn = await counter.signIn(HANAKO.number, PIN);
  if (!letIn.ok) throw new Error(letIn.error.code);
  const { id, isOffline } = letIn.value;
  expect(isOffline).toBe(true);
  expect(waits()).toEqual([500]);
  failsWith = 429;
  fire();
  await eventually(() => expect(waits()).toEqual([7_000]));
  failsWith = null;
  isDiskFull = true;
  fire();
  await eventually(() => expect(confirmed).toEqual([id]));
  expect(waits()).toEqual([]);
  expect(counter.hasCentral(id)).toBe(true);
  expect(logs.join('')).toContain('disk-failure');
  isDiskFull = false;
  failsWith = 503;
  expect((await counter.signIn(HANAKO.number, PIN)).ok).toBe(true);
  expect(waits()).toHaveLength(1);
  counter.endAll();
  expect(planned).toEqual([]);
});

it('knows nobody whom central never let in here, or not within the set time', async () => {
  desk.signOut((await signedIn()).id);
  await loseCentral();
  expect(await desk.signIn('9001', '735192')).toEqual({ ok: false, error: { code: 'not-known-here' } });
  now += 24 * HOUR;
  expect((await desk.signIn(HANAKO.number, PIN)).ok).toBe(true);
  now += 1;
  expect(await desk.signIn(HANAKO.number, PIN)).toEqual({ ok: false, error: { code: 'not-known-here' } });
});

it('locks a number after five wrong PINs without central, many at once included', async () => {
  desk.signOut((await signedIn()).id);
  await loseCentral();
  const guesses = await Promise.all(Array.from({ length: 8 }, (_, at) => desk.signIn(HANAKO.number, `00000${at}`)));
  expect(guesses.filter((guess) => !guess.ok && guess.error.code === 'refused')).toHaveLength(5);
  expect(await desk.signIn(HANAKO.number, PIN)).toEqual({
    ok: false,
    error: { code: 'throttled', retryAfterSeconds: 1800 },
  });
  now += HOUR;
  expect((await desk.signIn(HANAKO.number, PIN)).ok).toBe(true);
});

it('ends staff whom central no longer allows, and lets them in here no more', async () => {
  const { id } = await signedIn();
  mayWork = false;
  expect(await desk.findCustomers(id, 'number', '1')).toEqual({ ok: false, error: { code: 'gone' } });
  expect(ended).toEqual([id]);
  expect(await desk.signIn(HANAKO.number, PIN)).toEqual({ ok: false, error: { code: 'refused' } });
  await loseCentral();
  expect(await desk.signIn(HANAKO.number, PIN)).toEqual({ ok: false, error: { code: 'not-known-here' } });
});

it('lets who unlocks a customers’ terminal look after it and nothing else, until nobody has touched it for a minute', async () => {
  let ms = 0;
  let look = (): void => undefined;
  const timers: Timers = {
    after: (_ms, next) => {
      look = next;
      return () => undefined;
    },
  };
  const service = makeServiceDesk(() => ms, timers);
  service.onEnded((id) => ended.push(id));
  const unlocked = await service.signIn(HANAKO.number, PIN);
  if (!unlocked.ok) throw new Error(unlocked.error.code);
  const { id, scope } = unlocked.value;
  expect(scope).toBe('service');
  expect(service.atWork(id)).toMatchObject({ ok: true });
  const away = { ok: false, error: { code: 'away' } };
  expect(service.atCounter(id)).toEqual(away);
  expect(await service.findCustomers(id, 'number', '1')).toEqual(away);
  expect(await service.openCustomer(id, '1000000003', 'passport')).toEqual(away);
  expect(service.openUnverified(id, '1000000003', 'passport')).toEqual(away);
  for (let second = 0; second < 100; second += 1) {
    ms += 1_000;
    expect(service.alive(id)).toBe(true);
    if (second === 50) expect(service.touch(id).ok).toBe(true);
    look();
  }
  expect(ended).toEqual([]);
  ms += 12_000;
  expect(service.alive(id)).toBe(true);
  look();
  expect(ended).toEqual([id]);
  expect(service.touch(id)).toEqual({ ok: false, error: { code: 'gone' } });
  expect(central.requests).not.toContain(`GET ${CENTRAL_PATHS.staffCustomers}`);
});

it('keeps no PIN, name or number in the clear', async () => {
  await signedIn();
  db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(join(dataDir, DATABASE_FILE));
  for (const plain of [PIN, HANAKO.name, '"1001"']) expect(bytes.includes(plain)).toBe(false);
});
