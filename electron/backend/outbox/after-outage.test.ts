import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Reachability } from '../central/connectivity.ts';
import type { CaptureStore } from '../captures/capture-store.ts';
import type { SqliteDatabase } from '../database/open-database.ts';
import { createLogger } from '../log/logger.ts';
import { RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { anApplication, enqueued, openOutbox } from '../testing/sync-rig.ts';
import type { Outbox } from './outbox.ts';
import { createSyncWorker, type SyncWorker } from './sync-worker.ts';

const MINUTE_MS = 60_000;
let dataDir = '';
let db: SqliteDatabase;
let outbox: Outbox;
let captures: CaptureStore;
let worker: SyncWorker;
let time = 0;
let timers: { readonly at: number; readonly run: () => void }[] = [];
let sent: string[] = [];
/** Comes back for what is on its way until then. */
let arrival: Promise<void>;
let change: (state: Reachability) => Promise<void>;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'after-outage-'));
  ({ db, outbox, captures } = openOutbox({ dataDir }));
  time = 0;
  timers = [];
  sent = [];
  arrival = Promise.resolve();
  let state: Reachability = 'unreachable';
  let listener = (_state: Reachability): void => undefined;
  change = async (to) => {
    state = to;
    listener(to);
    await setImmediate();
  };
  worker = createSyncWorker({
    outbox,
    courier: {
      deliver: async ({ id }) => {
        sent.push(id);
        if (outbox.hasPictures(id)) await arrival;
        return { kind: 'decided', verdict: { kind: 'accepted', progress: 'acknowledged', orderId: id } };
      },
    },
    connectivity: {
      state: () => state,
      suspect: () => Promise.resolve(state),
      onChange: (given) => {
        listener = given;
        return () => true;
      },
    },
    timers: {
      after: (ms, run) => {
        const timer = { at: time + ms, run };
        timers.push(timer);
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
    },
    monotonic: () => time,
    random: () => 0.5,
    log: createLogger(() => undefined),
  });
});
afterEach(async () => {
  await worker.stop();
  db.close();
  rmSync(dataDir, { recursive: true });
});

async function pass(ms: number): Promise<void> {
  time += ms;
  const due = timers.filter(({ at }) => at <= time);
  timers = timers.filter(({ at }) => at > time);
  for (const { run } of due) run();
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

function submit(customerNumber: string): string {
  const { id } = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM, { customerNumber }));
  worker.wake();
  return id;
}

it('sends what gathered in a long outage a while after its end, and new ones at once', async () => {
  const gathered = [submit('1000000001'), submit('1000000002')];
  await pass(10 * MINUTE_MS);
  await change('reachable');
  await pass(0);
  expect(sent).toEqual([]);

  const fresh = submit('1000000003');
  await pass(0);
  expect(sent).toEqual([fresh]);

  await pass(22_499);
  expect(sent).toEqual([fresh]);
  await pass(1);
  expect(sent.sort()).toEqual([fresh, ...gathered].sort());
});

it('waits the longer, the longer central was away, and never longer than 45 s', async () => {
  await change('reachable');
  await change('unreachable');
  const short = submit('1000000001');
  await pass(2_000);
  await change('reachable');
  await pass(75);
  expect(sent).toEqual([short]);

  await change('unreachable');
  const long = submit('1000000002');
  await pass(24 * 60 * MINUTE_MS);
  await change('reachable');
  await pass(22_499);
  expect(sent).toEqual([short]);
  await pass(1);
  expect(sent).toEqual([short, long]);
});

it('keeps to its time when the line drops again meanwhile', async () => {
  const gathered = submit('1000000001');
  await pass(10 * MINUTE_MS);
  await change('reachable');
  await change('unreachable');
  await pass(1_000);
  await change('reachable');
  await pass(1_000);
  expect(sent).toEqual([]);
  await pass(20_500);
  expect(sent).toEqual([gathered]);
});

it('keeps most of the way free of pictures, which take long, and sends one of those for each that has arrived', async () => {
  let arrive = (): void => undefined;
  arrival = new Promise((resolve) => {
    arrive = resolve;
  });
  await change('reachable');
  const rescueKey = { id: 'rescue-1', publicKey: createPublicKey(RESCUE_PUBLIC_PEM) };
  const pictured = Array.from({ length: 20 }, (_, at) => {
    const input = anApplication(RESCUE_PUBLIC_PEM, { customerNumber: String(1_000_000_000 + at) });
    const picture = { mediaType: 'image/jpeg', content: Buffer.from(`picture ${at}`) } as const;
    expect(captures.keep({ applicationId: input.applicationId, picture, rescueKey }).ok).toBe(true);
    return enqueued(outbox, input).id;
  });
  const plain = submit('1000000999');
  await pass(0);
  expect(sent).toEqual([...pictured.slice(0, 4), plain]);
  arrive();
  await pass(0);
  await vi.waitFor(() => expect(sent).toEqual([...pictured.slice(0, 4), plain, ...pictured.slice(4)]));
});
