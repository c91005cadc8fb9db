import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { SqliteDatabase } from '../database/open-database.ts';
import { RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { anApplication, enqueued, openOutbox } from '../testing/sync-rig.ts';
import { type OutboxList, outboxList } from './outbox-list.ts';
import type { Outbox } from './outbox.ts';
import { ownHalf } from './own-half.ts';
import { keyInFile } from './terminal-key-file.ts';
import { loadTerminalKey } from './terminal-key.ts';

let dataDir = '';
let db: SqliteDatabase;
let outbox: Outbox;
let list: OutboxList;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'list-'));
  ({ db, outbox } = openOutbox({ dataDir }));
  const key = loadTerminalKey({ store: keyInFile(dataDir), half: ownHalf(dataDir), mayCreate: false });
  if (!key.ok) throw new Error(key.error.code);
  list = outboxList(db, key.value);
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

const NOTHING = { text: '', procedureIds: [] };
const taken = (customerNumber: string) => enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM, { customerNumber }));
const numbersOf = (search: Parameters<OutboxList['keys']>[1]): string[] =>
  list.byKeys(list.keys('all', search).keys).map(({ receiptNumber }) => receiptNumber);

function settle(id: string, state: 'accepted' | 'held' | 'rejected'): void {
  outbox.advance({ settle: [], start: 16, skip: (one) => one !== id });
  outbox.advance({
    settle: [{ id, state, reason: state === 'accepted' ? null : 'invalid', progress: null, orderId: null }],
    start: 0,
    skip: () => true,
  });
}

it('gives newest first, under each filter what stands so, and how many there are', () => {
  const [accepted, held, rejected, queued] = ['1', '2', '3', '4'].map((last) => taken(`100000000${last}`));
  if (!accepted || !held || !rejected || !queued) throw new Error('four were taken');
  settle(accepted.id, 'accepted');
  settle(held.id, 'held');
  settle(rejected.id, 'rejected');
  const idsUnder = (filter: Parameters<OutboxList['keys']>[0]) =>
    list.byKeys(list.keys(filter, NOTHING).keys).map(({ id }) => id);
  expect(idsUnder('all')).toEqual([queued.id, rejected.id, held.id, accepted.id]);
  expect(idsUnder('attention')).toEqual([rejected.id, held.id]);
  expect(idsUnder('waiting')).toEqual([queued.id]);
  expect(idsUnder('accepted')).toEqual([accepted.id]);
  expect(idsUnder('withdrawn')).toEqual([]);
  expect(list.keys('waiting', NOTHING).counts).toEqual({
    attention: 2,
    waiting: 1,
    accepted: 1,
    withdrawn: 0,
    all: 4,
  });
});

it('finds by receipt number, by customer also after erasure, and by the procedures that the page names', () => {
  const first = taken('1000000001');
  const second = taken('1000000002');
  settle(first.id, 'accepted');
  outbox.eraseAccepted();
  expect(numbersOf({ text: first.receiptNumber.toLowerCase(), procedureIds: [] })).toEqual([first.receiptNumber]);
  expect(numbersOf({ text: '１００００-００００１', procedureIds: [] })).toEqual([first.receiptNumber]);
  expect(numbersOf({ text: '1000000002', procedureIds: [] })).toEqual([second.receiptNumber]);
  expect(numbersOf({ text: '100000000', procedureIds: [] })).toEqual([]);
  expect(numbersOf({ text: 'コース', procedureIds: ['internet.change-course'] })).toHaveLength(2);
  expect(numbersOf({ text: 'コース', procedureIds: ['plan.recommended'] })).toEqual([]);
  expect(numbersOf({ text: `%' or 1=1 --`, procedureIds: [] })).toEqual([]);
});

it('tells ten thousand in a few kilobytes, and the rows of a screen by themselves', () => {
  enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
  const copy = db.prepare(
    `insert into outbox (id, customer_key, procedure_id, receipt_number, receipt_day, receipt_counter, fingerprint,
       state, captured_at, changed_at, payload, terminal_wrapped_key, rescue_wrapped_key, rescue_key_id)
     select ?, customer_key, procedure_id, receipt_number, receipt_day, ?, fingerprint, state, captured_at, changed_at,
       payload, terminal_wrapped_key, rescue_wrapped_key, rescue_key_id from outbox where seq = 1`,
  );
  db.transaction(() => {
    for (let counter = 2; counter <= 10_000; counter += 1) copy.run(uuidv7(), counter);
  })();
  const { keys, counts } = list.keys('waiting', NOTHING);
  expect([keys.length, keys[0], keys.at(-1)]).toEqual([10_000, 10_000, 1]);
  expect(counts.waiting).toBe(10_000);
  expect(JSON.stringify({ keys, counts }).length).toBeLessThan(60_000);
  expect(list.byKeys(keys.slice(5_000, 5_100)).map(({ key }) => key)).toEqual(keys.slice(5_000, 5_100));
});
