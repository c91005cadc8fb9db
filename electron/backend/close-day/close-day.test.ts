import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays, businessDate } from '../../../shared/domain/business-time.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

const TODAY = businessDate(Date.now());
const MIDNIGHT = Date.parse(`${addDays(TODAY, 1)}T00:00:00+09:00`);

let counter: CounterRig;
let staffSessionId = '';
let now = MIDNIGHT - 1;
beforeAll(async () => {
  counter = await startCounter(() => now);
  staffSessionId = await counter.signIn();
});
afterAll(() => counter.close());

const closeDay = () => counter.client.closeDay;
const reportOf = async (day: string | null) => (await closeDay().report({ staffSessionId, day })).report;

it('puts an application of the last moment under its day, and one of the first moment under the next', async () => {
  const { receiptNumber: before } = await counter.applyFor('1000000003', staffSessionId);
  now = MIDNIGHT;
  const { receiptNumber: after } = await counter.applyFor('1000000001', null);
  expect(await reportOf(TODAY)).toMatchObject({
    total: 1,
    receipts: { first: before, last: before },
    takers: [{ taker: { kind: 'staff', number: '1001' }, total: 1 }],
  });
  const answer = await closeDay().report({ staffSessionId, day: null });
  expect(answer).toMatchObject({ today: addDays(TODAY, 1), yesterday: TODAY });
  expect(answer.report).toMatchObject({
    day: addDays(TODAY, 1),
    total: 1,
    receipts: { first: after, last: after },
    takers: [{ taker: { kind: 'customer' }, total: 1 }],
  });
  expect(JSON.stringify(answer)).not.toContain('1000000001');
});

it('prints the report for the shop, without a customer in it', async () => {
  expect(await closeDay().print({ staffSessionId, day: TODAY })).toEqual({ kind: 'printed' });
  expect(counter.printer.errors).toEqual([]);
  const text = counter.printer.receipts.at(-1)?.text ?? '';
  expect(text).toContain('締め日報');
  expect(text).toContain(TODAY);
  expect(text).toContain('インターネットのコース変更');
  expect(text).toMatch(/係員 1001 +1件/);
  expect(text).not.toContain('1000000003');
});

it('saves a PDF for its owner only, beside the one before', async () => {
  const first = await closeDay().savePdf({ staffSessionId, day: TODAY });
  now += 1000;
  const second = await closeDay().savePdf({ staffSessionId, day: TODAY });
  expect(
    readdirSync(join(counter.dataDir, 'reports'))
      .map((name) => `reports/${name}`)
      .sort(),
  ).toEqual([first.file, second.file].sort());
  const path = join(counter.dataDir, first.file);
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(counter.logs.join('')).toContain('day report saved');
});

it('says so when the folder cannot be written', async () => {
  const reports = join(counter.dataDir, 'reports');
  rmSync(reports, { recursive: true });
  writeFileSync(reports, 'a file is in the way');
  await expect(closeDay().savePdf({ staffSessionId, day: TODAY })).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  rmSync(reports);
});

it('closes today and yesterday only, for staff at their screen', async () => {
  for (const day of [addDays(TODAY, -1), addDays(TODAY, 2)]) {
    await expect(reportOf(day)).rejects.toMatchObject({ code: 'OTHER_DAY' });
    await expect(closeDay().savePdf({ staffSessionId, day })).rejects.toMatchObject({ code: 'OTHER_DAY' });
  }
  const away = await counter.signIn();
  await counter.client.staff.leave({ staffSessionId: away });
  await expect(closeDay().print({ staffSessionId: away, day: TODAY })).rejects.toMatchObject({ code: 'STAFF_AWAY' });
  expect(existsSync(join(counter.dataDir, 'reports'))).toBe(false);
});
