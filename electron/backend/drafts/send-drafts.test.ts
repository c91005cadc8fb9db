import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DRAFT_ERRORS } from '../../../shared/central-api/drafts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { createTransport, type Transport } from '../central/transport.ts';
import { openDatabase, type SqliteDatabase } from '../database/open-database.ts';
import { createLogger } from '../log/logger.ts';
import { ownHalf } from '../outbox/own-half.ts';
import { loadTerminalKey } from '../outbox/terminal-key.ts';
import { keyInFile } from '../outbox/terminal-key-file.ts';
import { noProbe } from '../step-probe.ts';
import { alwaysReachable } from '../testing/always-reachable.ts';
import { enrolledClient } from '../testing/enrolled-client.ts';
import { FakeCentral } from '../testing/fake-central.ts';
import { type DraftRows, draftRows } from './draft-rows.ts';
import { createDraftSender, type DraftSender } from './send-drafts.ts';

let dataDir = '';
let central: FakeCentral;
let transport: Transport;
let db: SqliteDatabase;
let rows: DraftRows;
let sender: DraftSender | null = null;
let planned: (() => void) | null = null;
let leastMs = 0;
/** In the order in which they came to central. */
let sent: string[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'send-drafts-'));
  planned = null;
  sent = [];
  central = new FakeCentral();
  await central.start();
  const opened = openDatabase({ dataDir, probe: noProbe });
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
  const key = loadTerminalKey({ store: keyInFile(dataDir), half: ownHalf(dataDir), mayCreate: true });
  if (!key.ok) throw new Error(key.error.code);
  rows = draftRows(db, key.value);
  transport = createTransport({ central: central.url, ca: null });
});
afterEach(async () => {
  sender?.stop();
  await transport.close();
  db.close();
  await central.stop();
  rmSync(dataDir, { recursive: true });
});

/** One that lies on the disk, and that central will take. */
function wait(id: string, replaces: string | null, keptAt: number): void {
  const on = new Date(keptAt).toISOString();
  const content = { procedureId: 'mobile.apply', step: 'user', answers: {}, shownPrices: [] };
  const request = { content: { ...content, shownTotalYen: null, shownOnceYen: null }, keptAt: on, replaces };
  rows.insert('1000000003', { id, keptAt, request, grant: 'grant' });
  central.routes.set(`PUT ${CENTRAL_PATHS.drafts}/${id}`, () => {
    sent.push(id);
    return { status: 200, json: { id, procedureId: content.procedureId, keptAt: on, expiresOn: '2026-12-05' } };
  });
}

function start(over: Partial<DraftRows> = {}): void {
  sender = createDraftSender({
    ...{ rows: { ...rows, ...over }, client: enrolledClient(transport), connectivity: alwaysReachable },
    ...{ now: Date.now, businessNow: Date.now, random: () => 0.5, log: createLogger(() => undefined) },
    timers: {
      after: (ms, fire) => {
        leastMs = ms;
        planned = fire;
        return () => {
          planned = null;
        };
      },
    },
  });
}

const [FIRST, SECOND, THIRD] = [uuidv7(), uuidv7(), uuidv7()];

it('sends after a start what takes its own place too, once, and all that waits behind it', async () => {
  const now = Date.now();
  wait(FIRST, FIRST, now - 3);
  wait(SECOND, THIRD, now - 2);
  wait(THIRD, SECOND, now - 1);
  const last = uuidv7();
  wait(last, THIRD, now);
  start();
  await eventually(() => expect(rows.ids()).toEqual([]));
  expect(sent).toEqual([FIRST, THIRD, SECOND, last]);
  await eventually(() => expect(planned).toBeNull());
});

it('sends what takes the place of another after that, however the clock stood', async () => {
  const now = Date.now();
  wait(SECOND, FIRST, now - 2);
  wait(THIRD, SECOND, now - 1);
  wait(FIRST, null, now);
  start();
  await eventually(() => expect(rows.ids()).toEqual([]));
  expect(sent).toEqual([FIRST, SECOND, THIRD]);
});

it('sends the others where something is wrong with one, and that one later', async () => {
  const now = Date.now();
  wait(FIRST, null, now - 1);
  wait(SECOND, null, now);
  let isBroken = true;
  start({
    find: (id) => {
      if (isBroken && id === FIRST) throw new Error('broken');
      return rows.find(id);
    },
  });
  await eventually(() => expect(planned).not.toBeNull());
  expect(sent).toEqual([SECOND]);
  isBroken = false;
  planned?.();
  await eventually(() => expect(rows.ids()).toEqual([]));
  expect(sent).toEqual([SECOND, FIRST]);
});

it('keeps what central doesn’t take yet, for this terminal and for another try, until an application came of it', async () => {
  const now = Date.now();
  wait(FIRST, null, now - 1);
  wait(SECOND, null, now);
  const refuse = (status: number, code: string) => () => ({ status, json: { code, reason: code } });
  const path = `PUT ${CENTRAL_PATHS.drafts}/${FIRST}`;
  const take = central.routes.get(path);
  central.routes.set(path, refuse(422, 'strange-answers'));
  start();
  await eventually(() => expect(planned).not.toBeNull());
  expect(rows.ids().map(({ id }) => id)).toEqual([FIRST]);
  expect(leastMs).toBe(3_600_000);
  if (take !== undefined) central.routes.set(path, take);
  planned?.();
  await eventually(() => expect(rows.ids()).toEqual([]));
  expect(sent).toEqual([SECOND, FIRST]);

  wait(THIRD, null, now);
  central.routes.set(`PUT ${CENTRAL_PATHS.drafts}/${THIRD}`, refuse(409, DRAFT_ERRORS.used));
  sender?.stop();
  start();
  await eventually(() => expect(rows.ids()).toEqual([]));
});

it('keeps nothing here of what central refuses while its customer waits', async () => {
  wait(FIRST, null, Date.now());
  central.routes.set(`PUT ${CENTRAL_PATHS.drafts}/${FIRST}`, () => ({
    status: 422,
    json: { code: 'strange-answers', reason: 'strange-answers' },
  }));
  const [id] = rows.ids().map((one) => one.id);
  start({ ids: () => [] });
  expect(await sender?.send(id ?? '')).toEqual({ kind: 'refused', code: 'other' });
  expect(rows.ids()).toEqual([]);
});
