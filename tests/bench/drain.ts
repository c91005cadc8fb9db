import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'undici';
import { z } from 'zod';
import { enqueued, openOutbox, startSync } from '../../electron/backend/testing/sync-rig.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { IDEMPOTENCY_KEY_HEADER, SUBMISSION_GRANT_HEADER } from '../../shared/central-api/terminal-v1.ts';
import { type BenchApplication, benchApplication } from './applications.ts';
import { type Figure, figureOf, type Round } from './figure.ts';

const APPLICATIONS = 1_000;
const ROUNDS = 5;

/** What waited through an outage is sent, against the same bodies posted one after the other by nothing but a loop. */
export async function drainFigures(root: string, folder: string): Promise<Figure[]> {
  const server = spawn(process.execPath, [join(root, 'tests/bench/order-server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [port] = z.tuple([z.instanceof(Buffer)]).parse(await once(server.stdout, 'data'));
    const central = new URL(`http://127.0.0.1:${port.toString().trim()}`);
    await round(central, join(folder, 'warm-up'));
    const rounds: Round[] = [];
    for (let at = 0; at < ROUNDS; at += 1) rounds.push(await round(central, join(folder, String(at))));
    return [
      figureOf(rounds, {
        id: 'drain-rate',
        title: `drain of ${APPLICATIONS} applications ÷ raw sequential keep-alive POST`,
        unit: 'per s',
        limit: { kind: 'at-least', ratio: 0.8 },
        note: 'until the last one is accepted on disk and erased; the server commits nothing, the terminal in batches, and its rows carry their 4 KB at each change of state',
      }),
    ];
  } finally {
    server.stdin.end();
  }
}

async function round(central: URL, dataDir: string): Promise<Round> {
  mkdirSync(dataDir, { recursive: true });
  const applications = Array.from({ length: APPLICATIONS }, (_, at) => benchApplication(at));
  const { db, outbox } = openOutbox({ dataDir });
  for (const { input } of applications) enqueued(outbox, input);
  db.close();
  const reference = await postAll(central, applications);
  return { measured: await drainAll(central, dataDir), reference };
}

/** @returns applications per second */
async function postAll(central: URL, applications: readonly BenchApplication[]): Promise<number> {
  const client = new Client(central.origin);
  const start = performance.now();
  for (const { input, body } of applications) {
    const { statusCode, body: answer } = await client.request({
      method: 'POST',
      path: CENTRAL_PATHS.productOrder,
      headers: {
        accept: 'application/json',
        authorization: 'Bearer token',
        'content-type': 'application/json',
        [IDEMPOTENCY_KEY_HEADER]: input.applicationId,
        [SUBMISSION_GRANT_HEADER]: input.grant,
      },
      body: body(),
    });
    await answer.text();
    if (statusCode !== 201) throw new Error(`the server answered ${statusCode}`);
  }
  const seconds = (performance.now() - start) / 1000;
  await client.close();
  return APPLICATIONS / seconds;
}

/** @returns applications per second */
async function drainAll(central: URL, dataDir: string): Promise<number> {
  let accepted = 0;
  let started = 0;
  let ended = 0;
  const steps = new EventEmitter();
  const drained = once(steps, 'drained');
  const rig = startSync({
    dataDir,
    central,
    probe: {
      reached: (label) => {
        if (label !== 'erase.checkpointed' || accepted < APPLICATIONS) return;
        ended = performance.now();
        steps.emit('drained');
      },
    },
  });
  rig.outbox.onChange((entry) => {
    if (entry.state === 'accepted') accepted += 1;
  });
  rig.connectivity.onChange(() => {
    started = performance.now();
  });
  await drained;
  await rig.close();
  return (1000 * APPLICATIONS) / (ended - started);
}
