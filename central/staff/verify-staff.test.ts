import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAnyDatabase, putEmptyPglite } from '../../tests/setup/test-postgres.ts';
import { hashPassword } from '../identity/sign-in.ts';
import { STAFF_LIMIT, TERMINAL_LIMIT } from '../identity/sign-in-throttle.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { expectOk } from '../testing/test-central.ts';
import { createVerifyStaff, type VerifyStaff } from './verify-staff.ts';

let folder = '';
let db: Database;
let verifyStaff: VerifyStaff;
let now = Date.UTC(2026, 10, 18, 3);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'staff-'));
  const url = await createAnyDatabase('verify');
  if (url === null) await putEmptyPglite(folder);
  const location =
    url === null ? { kind: 'pglite' as const, dataDirectory: folder } : { kind: 'postgres' as const, url };
  db = expectOk(await openDatabase(location, pino({ level: 'fatal' })));
  const pin_hash = await hashPassword('248163');
  const person = { name: '窓口 花子', role: 'staff', shop: 'S001', pin_hash };
  await db
    .insertInto('staff')
    .values([
      { ...person, number: '1001', active: true },
      { ...person, number: '1002', active: false },
      { ...person, number: '2001', active: true, shop: 'S002' },
    ])
    .execute();
  verifyStaff = await createVerifyStaff(db, { business: () => now, system: () => now });
});
afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

const attempt = (number: string, pin: string, terminal = 'T01') =>
  verifyStaff({ number, pin }, { kind: 'terminal', terminal, shop: 'S001' });

it('knows who may sign in, without the hash', async () => {
  expect(await attempt('1001', '248163')).toEqual({
    ok: true,
    value: { number: '1001', name: '窓口 花子', role: 'staff', shop: 'S001' },
  });
});

it('answers unknown, wrong, left and locked alike, and locks a number after five misses', async () => {
  const refusal = await attempt('7777', '248163');
  expect(refusal).toMatchObject({ ok: false, error: { status: 401, code: 'sign-in-refused' } });
  expect(await attempt('1002', '248163')).toEqual(refusal);
  for (let miss = 0; miss < STAFF_LIMIT.failures; miss += 1)
    expect(await attempt('1001', `00000${miss}`)).toEqual(refusal);
  expect(await attempt('1001', '248163')).toEqual(refusal);
  now += STAFF_LIMIT.seconds * 1000 + 1;
  expect(await attempt('1001', '248163')).toMatchObject({ ok: true });
});

it('gives many at once no more tries than many in turn', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, at) => attempt('1001', `10000${at}`, `from-${at}`)));
  expect(await attempt('1001', '248163', 'elsewhere')).toMatchObject({ ok: false });
});

it('slows the place that guesses', async () => {
  for (let miss = 0; miss < TERMINAL_LIMIT.failures; miss += 1) {
    expect(await attempt(randomUUID(), '0')).toMatchObject({ ok: false, error: { status: 401 } });
  }
  expect(await attempt('1001', '248163')).toMatchObject({ ok: false, error: { status: 429 } });
  expect(await attempt('1001', '248163', 'T02')).toMatchObject({ ok: true });
}, 30_000);

it("counts another shop's right PIN as any other that is wrong", async () => {
  const refusal = await attempt('7777', '248163');
  for (let miss = 1; miss < STAFF_LIMIT.failures; miss += 1) expect(await attempt('2001', '000000')).toEqual(refusal);
  expect(await attempt('2001', '248163')).toEqual(refusal);
  const atHome = { kind: 'terminal', terminal: 'T09', shop: 'S002' } as const;
  expect(await verifyStaff({ number: '2001', pin: '248163' }, atHome)).toEqual(refusal);
});

it('counts all of one network together that opens the pages', async () => {
  const fromPage = (address: string, number: string = randomUUID(), pin = '0') =>
    verifyStaff({ number, pin }, { kind: 'page', address });
  for (let miss = 0; miss < TERMINAL_LIMIT.failures; miss += 1) {
    expect(await fromPage(`2001:db8::${miss.toString(16)}`)).toMatchObject({ error: { status: 401 } });
  }
  expect(await fromPage('2001:db8::ffff', '1001', '248163')).toMatchObject({ error: { status: 429 } });
  expect(await fromPage('2001:db8:0:1::1', '1001', '248163')).toMatchObject({ ok: true });
}, 30_000);
