import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StateReason } from '../../../shared/contract/events.ts';
import type { Taker } from '../../../shared/contract/close-day.ts';
import { businessDate } from '../../../shared/domain/business-time.ts';
import type { SqliteDatabase } from '../database/open-database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { anApplication, enqueued, openOutbox } from '../testing/sync-rig.ts';
import { dayReport } from './day-report.ts';
import { dayRows } from './day-rows.ts';

let dataDir = '';
let db: SqliteDatabase;
let outbox: Outbox;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'day-'));
  ({ db, outbox } = openOutbox({ dataDir }));
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

let customers = 0;
/** Each of another customer, so that none waits behind another. @param at ISO time */
function take(
  at: string,
  given: { procedureId?: string; takenBy?: Taker } = {},
): { id: string; receiptNumber: string } {
  customers += 1;
  const capturedAt = Date.parse(at);
  const customerNumber = String(2_000_000_000 + customers);
  const day = businessDate(capturedAt);
  return enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM, { capturedAt, day, customerNumber, ...given }));
}

function settle(id: string, state: 'accepted' | 'held' | 'rejected', reason: StateReason | null = null): void {
  outbox.advance({ settle: [], start: 100, skip: (one) => one !== id });
  outbox.advance({ settle: [{ id, state, reason, progress: null, orderId: null }], start: 0, skip: () => true });
}

const reportOf = (day: string) => {
  const rows = dayRows(db);
  const [taken, earlierUndecided] = [rows.takenOn(day), rows.undecidedBefore(day)];
  return dayReport({ day, madeAt: 0, terminalCode: 'T01', shopName: null, taken, earlierUndecided });
};

it('belongs to the day in Tokyo, to the last second and from the first', () => {
  take('2026-11-24T23:59:59.999+09:00');
  const first = take('2026-11-25T00:00:00.000+09:00').receiptNumber;
  const last = take('2026-11-25T23:59:59.999+09:00').receiptNumber;
  take('2026-11-26T00:00:00.000+09:00');
  expect(reportOf('2026-11-25')).toMatchObject({ total: 2, receipts: { first, last }, earlierUndecided: 1 });
  expect(reportOf('2026-11-24').total).toBe(1);
  expect(reportOf('2026-11-26').total).toBe(1);
});

it('counts by procedure, state and who took them, after acceptance and erasure too', () => {
  const at = '2026-11-25T10:00:00+09:00';
  const staff = (number: string): Taker => ({ kind: 'staff', number });
  const accepted = [take(at, { takenBy: staff('1001') }), take(at, { takenBy: staff('1001') })];
  for (const { id } of accepted) settle(id, 'accepted');
  const held = take(at, { procedureId: 'plan.recommended', takenBy: staff('9001') });
  settle(held.id, 'held', 'identity-check');
  const rejected = take(at);
  settle(rejected.id, 'rejected', 'invalid');
  const waiting = take(at, { procedureId: 'plan.recommended' });
  outbox.eraseAccepted();
  expect(reportOf('2026-11-25')).toMatchObject({
    total: 5,
    counts: { accepted: 2, waiting: 1, held: 1, rejected: 1, withdrawn: 0 },
    procedures: [
      { procedureId: 'internet.change-course', total: 3, counts: { accepted: 2, rejected: 1, waiting: 0 } },
      { procedureId: 'plan.recommended', total: 2, counts: { held: 1, waiting: 1 } },
    ],
    takers: [
      { taker: staff('1001'), total: 2 },
      { taker: { kind: 'customer' }, total: 2 },
      { taker: staff('9001'), total: 1 },
    ],
    open: [
      { receiptNumber: held.receiptNumber, standing: 'held', reason: 'identity-check' },
      { receiptNumber: rejected.receiptNumber, standing: 'rejected', reason: 'invalid' },
      { receiptNumber: waiting.receiptNumber, standing: 'waiting', reason: null },
    ],
  });
});

it('says of applications from before who-took-them was kept that it is not known', () => {
  take('2026-11-25T10:00:00+09:00');
  db.exec('update outbox set taken_by = null');
  expect(reportOf('2026-11-25').takers).toEqual([{ taker: null, total: 1 }]);
});

it('is empty on a day without applications', () => {
  expect(reportOf('2026-11-25')).toMatchObject({ total: 0, receipts: null, procedures: [], takers: [], open: [] });
});
