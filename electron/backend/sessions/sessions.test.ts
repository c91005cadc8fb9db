import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { catalogSchema } from '../../../shared/domain/catalog.ts';
import { createTransport, type Transport } from '../central/transport.ts';
import { enrolledClient } from '../testing/enrolled-client.ts';
import { FakeCentral } from '../testing/fake-central.ts';
import { serveCustomer } from '../testing/fake-customer.ts';
import { RESOURCES_DIR } from '../testing/shop-rig.ts';
import { createSessions, type Session, type Sessions } from './sessions.ts';

const JIRO = { loginId: 'jiro@example.jp', password: 'Counter2026' };
const IDLE_MS = 150_000;
const catalog = catalogSchema.parse(JSON.parse(readFileSync(join(RESOURCES_DIR, 'catalog/catalog.json'), 'utf8')));

let central: FakeCentral;
let transport: Transport;
let sessions: Sessions;
let now = 0;
let due: (() => void)[] = [];
const ended: string[] = [];

/** Moves the session's clock on and lets its timers run. */
function pass(milliseconds: number): void {
  now += milliseconds;
  const running = due;
  due = [];
  for (const callback of running) callback();
}

beforeEach(async () => {
  now = 0;
  due = [];
  ended.length = 0;
  central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  transport = createTransport({ central: central.url, ca: null });
  sessions = createSessions({
    client: enrolledClient(transport),
    catalog: () => Promise.resolve(catalog),
    now: Date.now,
    monotonic: () => now,
    timers: {
      after: (_milliseconds, callback) => {
        due.push(callback);
        return () => {
          due = due.filter((one) => one !== callback);
        };
      },
    },
    idleMs: IDLE_MS,
  });
  sessions.onEnded((id) => ended.push(id));
});
afterEach(async () => {
  sessions.endAll();
  await transport.close();
  await central.stop();
});

async function signIn(requestId = crypto.randomUUID()): Promise<Session> {
  const result = await sessions.signIn({ requestId, ...JIRO });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('a session', () => {
  it('is wiped when its page says nothing more', async () => {
    const { id } = await signIn();
    pass(20_000);
    expect(sessions.alive(id)).toBe(true);
    pass(20_000);
    expect(sessions.find(id)).not.toBeNull();
    pass(31_000);
    expect(sessions.find(id)).toBeNull();
    expect(ended).toEqual([id]);
  });

  it('is wiped when nobody touches it, though the page is there', async () => {
    const { id } = await signIn();
    for (let at = 0; at < IDLE_MS; at += 10_000) {
      sessions.alive(id);
      pass(10_000);
    }
    sessions.alive(id);
    pass(10_000);
    expect(sessions.find(id)).toBeNull();
  });

  it('stays while it is touched', async () => {
    const { id } = await signIn();
    for (let at = 0; at < IDLE_MS * 2; at += 10_000) {
      expect(sessions.touch(id)).toBe(true);
      expect(sessions.alive(id)).toBe(true);
      pass(10_000);
    }
    expect(sessions.find(id)).not.toBeNull();
  });

  it('goes on with what it has while central is away', async () => {
    const session = await signIn();
    const { facts } = session;
    await central.stop();
    await sessions.refresh(session);
    expect(session.fresh).toBe(false);
    expect(session.facts).toBe(facts);
    await central.start();
    await sessions.refresh(session);
    expect(session.fresh).toBe(true);
  });

  it('knows which accepted applications its facts can tell of: those from before central was asked for them', async () => {
    const session = await signIn();
    session.accepted.push('accepted before');
    await central.stop();
    await sessions.refresh(session);
    expect(session.acceptedInFacts).toBe(0);
    await central.start();
    const path = `GET ${CENTRAL_PATHS.product}`;
    const products = central.routes.get(path);
    if (products === undefined) throw new Error('no products are served');
    central.routes.set(path, (url, body) => {
      session.accepted.push('accepted while central is asked');
      central.routes.set(path, products);
      return products(url, body);
    });
    await sessions.refresh(session);
    expect(session).toMatchObject({ fresh: true, acceptedInFacts: 1 });
    await sessions.refresh(session);
    expect(session).toMatchObject({ fresh: true, acceptedInFacts: 2 });
  });
});

describe('signing in', () => {
  it('needs central', async () => {
    await central.stop();
    expect(await sessions.signIn({ requestId: crypto.randomUUID(), ...JIRO })).toEqual({
      ok: false,
      error: { code: 'unreachable' },
    });
  });

  it('asks central once for a wrong password: every asking counts towards the lock', async () => {
    const refused = await sessions.signIn({ requestId: crypto.randomUUID(), ...JIRO, password: 'x' });
    expect(refused.ok).toBe(false);
    expect(central.requests.filter((request) => request === `POST ${CENTRAL_PATHS.signIn}`)).toHaveLength(1);
  });

  it('tells nothing but that it was refused', async () => {
    const refused = { ok: false, error: { code: 'refused' } };
    expect(await sessions.signIn({ requestId: crypto.randomUUID(), ...JIRO, password: 'x' })).toEqual(refused);
    expect(await sessions.signIn({ requestId: crypto.randomUUID(), ...JIRO, loginId: 'nobody' })).toEqual(refused);
  });
});
