import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { createCorrectedClock } from '../central/corrected-clock.ts';
import { createTransport, type Transport } from '../central/transport.ts';
import { openDatabase, type SqliteDatabase } from '../database/open-database.ts';
import { createLogger } from '../log/logger.ts';
import type { Timers } from '../ports.ts';
import { noProbe } from '../step-probe.ts';
import { alwaysReachable } from '../testing/always-reachable.ts';
import { enrolledClient } from '../testing/enrolled-client.ts';
import { FakeCentral } from '../testing/fake-central.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type BegunPrint, type PrintRows, printRows } from './print-rows.ts';
import { createRevoker, type Revoker } from './revoker.ts';

const FIRST = { issueId: '0b5f3f0e-6a52-4f0e-9c55-000000000001', attempt: 1 };
const SECOND = { issueId: '0b5f3f0e-6a52-4f0e-9c55-000000000002', attempt: 2 };

let dataDir = '';
let central: FakeCentral;
let transport: Transport;
let db: SqliteDatabase;
let rows: PrintRows;
let isDiskFull = false;
let logs: string[] = [];
let planned: { ms: number; fire: () => void } | null = null;
let revoker: Revoker;

const timers: Timers = {
  after: (ms, fire) => {
    const mine = { ms, fire };
    planned = mine;
    return () => {
      if (planned === mine) planned = null;
    };
  },
};

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'revoker-'));
  isDiskFull = false;
  logs = [];
  planned = null;
  central = new FakeCentral();
  await central.start();
  const opened = openDatabase({ dataDir, probe: noProbe });
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
  rows = printRows(db);
  for (const print of [FIRST, SECOND]) rows.begin(print, 0);
  transport = createTransport({ central: central.url, ca: null });
  const clock = createCorrectedClock(Date.now, () => performance.now());
  revoker = createRevoker({
    rows: {
      ...rows,
      settle: (issueId) => {
        if (isDiskFull) throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
        rows.settle(issueId);
      },
    },
    client: enrolledClient(transport, clock),
    connectivity: alwaysReachable,
    now: clock.now,
    timers,
    random: () => 0.5,
    log: createLogger((line) => logs.push(line)),
  });
});
afterEach(async () => {
  revoker.stop();
  await transport.close();
  db.close();
  await central.stop();
  rmSync(dataDir, { recursive: true });
});

function answer({ issueId }: BegunPrint, status: number, headers: Record<string, string> = {}): void {
  central.routes.set(`POST ${CENTRAL_PATHS.passwordIssues}/${issueId}/revocation`, () =>
    status === 200 ? { status, json: { id: issueId } } : { status, json: { code: 'later', reason: 'later' }, headers },
  );
}

function fire(): void {
  const due = planned;
  planned = null;
  if (due === null) throw new Error('nothing is planned');
  due.fire();
}

it('asks again, ever later, while central answers but does not revoke, and lets the next one pass', async () => {
  answer(FIRST, 500);
  answer(SECOND, 200);
  expect(await revoker.revoke(SECOND)).toBe(true);
  expect(rows.unsettled()).toEqual([FIRST]);
  expect(planned?.ms).toBe(500);
  fire();
  await eventually(() => expect(planned?.ms).toBe(1_000));
  answer(FIRST, 200);
  fire();
  await eventually(() => expect(rows.unsettled()).toEqual([]));
  expect(planned).toBeNull();
});

it('waits as long as central asks', async () => {
  answer(FIRST, 429, { 'retry-after': '30' });
  answer(SECOND, 200);
  expect(await revoker.revoke(FIRST)).toBe(false);
  expect(planned?.ms).toBe(30_000);
});

it('keeps due what a full disk does not let it write down', async () => {
  answer(FIRST, 200);
  answer(SECOND, 200);
  isDiskFull = true;
  expect(await revoker.revoke(FIRST)).toBe(false);
  expect(logs.join('')).toContain('disk-failure');
  isDiskFull = false;
  fire();
  await eventually(() => expect(rows.unsettled()).toEqual([]));
});

it('asks no more once it is stopped', async () => {
  answer(FIRST, 500);
  answer(SECOND, 500);
  expect(await revoker.revoke(FIRST)).toBe(false);
  revoker.stop();
  expect(planned).toBeNull();
});
