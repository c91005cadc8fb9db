import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Heartbeat, heartbeatSchema } from '../../../shared/central-api/heartbeat.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { systemTimers } from '../ports.ts';
import { enrolledClient } from '../testing/enrolled-client.ts';
import { FakeCentral } from '../testing/fake-central.ts';
import { lookForCentral } from './look-for-central.ts';
import { type Connectivity, watchConnectivity } from './connectivity.ts';
import { type Heart, startHeart } from './heartbeat.ts';
import { createTransport, type Transport } from './transport.ts';
import { eventually } from '../../../tests/setup/eventually.ts';

let central: FakeCentral;
let transport: Transport;
let connectivity: Connectivity;
let heart: Heart;
let beats: Heartbeat[];
let now: Heartbeat;
/** What the heart waits for: how long, and how it goes on. */
let waiting: { ms: number; go: () => void } | null;

beforeEach(async () => {
  central = new FakeCentral();
  await central.start();
  beats = [];
  waiting = null;
  now = {
    version: '1.0.0',
    mode: 'self-service',
    queue: { waiting: 0, held: 0, rejected: 0 },
    oldestWaitingSeconds: null,
    printer: 'ready',
    clockAheadSeconds: 0,
    salvage: null,
  };
  central.routes.set(`POST ${CENTRAL_PATHS.heartbeat}`, (_url, body) => {
    beats.push(heartbeatSchema.parse(JSON.parse(body)));
    return { status: 200, json: {} };
  });
  transport = createTransport({ central: central.url, ca: null });
  const client = enrolledClient(transport);
  connectivity = watchConnectivity({
    probe: async () => (await lookForCentral(client)).kind === 'there',
    timers: systemTimers,
    random: () => 0.02,
  });
  heart = startHeart({
    client,
    connectivity,
    read: () => now,
    timers: {
      after: (ms, go) => {
        const mine = { ms, go };
        waiting = mine;
        return () => {
          if (waiting === mine) waiting = null;
        };
      },
    },
    random: () => 0.5,
  });
});
afterEach(async () => {
  heart.stop();
  connectivity.stop();
  await transport.close();
  await central.stop();
});

const waits = (ms: number) => eventually(() => expect(waiting?.ms).toBe(ms));
const goOn = (): void => waiting?.go();
const count = (wanted: number) => eventually(() => expect(beats).toHaveLength(wanted));

it('beats some seconds after central is found, and then each minute or so', async () => {
  await waits(5_000);
  goOn();
  await count(1);
  expect(beats[0]).toEqual(now);
  await waits(60_000);
  goOn();
  await count(2);
});

it('beats soon after a change, once for many, and not for what moves by itself', async () => {
  await waits(5_000);
  goOn();
  await count(1);
  now = { ...now, clockAheadSeconds: 7 };
  heart.changed();
  await waits(60_000);
  for (let waits = 1; waits <= 5; waits += 1) {
    now = { ...now, queue: { ...now.queue, waiting: waits } };
    heart.changed();
  }
  await waits(3_000);
  goOn();
  await count(2);
  expect(beats[1]).toEqual(now);
  await waits(60_000);
});

it('is silent without central, and goes on when it is back', async () => {
  await waits(5_000);
  await central.stop();
  await connectivity.suspect();
  goOn();
  await waits(60_000);
  expect(beats).toEqual([]);
  await central.start();
  await waits(5_000);
  goOn();
  await count(1);
});
