import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { createCaptureStore } from '../../../electron/backend/captures/capture-store.ts';
import { DATABASE_FILE, logOf, openDatabase } from '../../../electron/backend/database/open-database.ts';
import { isLogCut } from '../../../electron/backend/database/salvage/look-at-log.ts';
import { openOrSalvage } from '../../../electron/backend/database/salvage/salvage-database.ts';
import { seal } from '../../../electron/backend/outbox/envelope.ts';
import { createOutbox } from '../../../electron/backend/outbox/outbox.ts';
import { noProbe, SALVAGE_STEPS, type StepLabel } from '../../../electron/backend/step-probe.ts';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { pngOf } from '../../../electron/backend/testing/pictures.ts';
import { anApplication, enqueued, openOutbox } from '../../../electron/backend/testing/sync-rig.ts';
import { rescue } from '../../../electron/browser-host/rescue.ts';
import { smallDisk } from '../../setup/small-disk.ts';
import { memoryFolder } from '../memory-folder.ts';
import { Findings } from '../properties.ts';
import { damagedDatabases, fillHealthy, start } from './damaged-database.ts';

const NOW = Date.UTC(2026, 10, 24, 5);
const DAY = 24 * 3_600_000;

let folder = '';
let dataDir = '';
beforeEach(() => {
  folder = memoryFolder();
  dataDir = mkdtempSync(join(folder, 'terminal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Changes its bytes in place. */
function damage(change: (bytes: Buffer) => void, path = join(dataDir, DATABASE_FILE)): void {
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
}
/** Of the index over receipt numbers, the last application's place. */
const lastPlaceIn = (bytes: Buffer): number => {
  const receipt = Buffer.concat([Buffer.from('2026-11-24'), Buffer.from([24, 24])]);
  const at = bytes.indexOf(receipt);
  expect(at).toBeGreaterThan(0);
  return at + receipt.length - 1;
};
const rotIndex = (): void => damage((bytes) => bytes.writeUInt8(120, lastPlaceIn(bytes)));

it('loses no more than what was on a damaged page, and tells of it, whichever page it is', () => {
  const findings = new Findings();
  damagedDatabases({ folder, rounds: 1, findings });
  expect(findings.violations).toEqual([]);
  expect(findings.tried.get('a whole page damaged')).toBeGreaterThan(20);
  expect(findings.tried.get('a rotten piece of the log damaged')).toBeGreaterThan(20);
});

it('takes no rotten number in an index for lost applications', () => {
  fillHealthy(dataDir, join(folder, 'killed'));
  rotIndex();
  const { db, salvaged } = start(dataDir);
  expect(salvaged.report()).toMatchObject({ saved: 24, missing: [], missingWithoutNumber: 0 });
  db.close();
});

it('lets nobody else open what one start is putting in place', () => {
  fillHealthy(dataDir, join(folder, 'killed'));
  rotIndex();
  const others = new Map<string, unknown>();
  const probe = {
    reached: (label: StepLabel): void => {
      if (SALVAGE_STEPS.some((step) => step === label))
        others.set(label, openOrSalvage({ dataDir, probe: noProbe, now: () => NOW }));
    },
  };
  const opened = openOrSalvage({ dataDir, probe, now: () => NOW });
  expect(Object.fromEntries(others)).toEqual(
    Object.fromEntries(SALVAGE_STEPS.map((step) => [step, { ok: false, error: { code: 'database-in-use' } }])),
  );
  expect(opened.ok && opened.value.prepare('select count(*) from outbox').pluck().get()).toBe(24);
  if (opened.ok) opened.value.close();
});

it('sends nothing of a salvage with a damaged log before staff have seen that withdrawals may be undone', () => {
  const killed = join(folder, 'killed');
  fillHealthy(dataDir, killed);
  damage((bytes) => bytes.writeUInt8((bytes[9_000] ?? 0) ^ 1, 9_000), logOf(join(killed, DATABASE_FILE)));
  const { db, key, salvaged } = start(killed);
  const captures = createCaptureStore({ db, dataDir: killed, terminalKey: key, probe: noProbe });
  const outbox = createOutbox({ db, terminalKey: key, captures, now: () => NOW, probe: noProbe });
  const waiting = outbox.waitingIds();
  const { id } = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
  // Of somebody whose earlier ones wait: theirs stay in their order.
  enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM, { customerNumber: '8700000003' }));
  const next = (): string[] =>
    outbox.advance({ settle: [], start: 100, skip: () => false }).map((one) => `${one.id} ${one.outcomeUnknown}`);
  expect(waiting.length).toBeGreaterThan(3);
  expect(next()).toEqual([`${id} false`]);
  salvaged.confirm('1001');
  expect(next()).toEqual([...waiting, id].map((one) => `${one} true`));
  db.close();
});

it('leaves a terminal that runs alone, however its log looks meanwhile', () => {
  const { db, outbox } = openOutbox({ dataDir });
  for (let at = 0; at < 8; at += 1) enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
  const log = logOf(join(dataDir, DATABASE_FILE));
  damage((bytes) => bytes.writeUInt8((bytes[9_000] ?? 0) ^ 1, 9_000), log);
  const before = [readdirSync(dataDir), readFileSync(log)];
  expect(isLogCut(dataDir)).toEqual({ ok: false, error: { code: 'database-in-use' } });
  const other = openOrSalvage({ dataDir, probe: noProbe, now: () => NOW });
  expect(other).toEqual({ ok: false, error: { code: 'database-in-use' } });
  rmSync(join(dataDir, 'start.lock'));
  expect([readdirSync(dataDir), readFileSync(log)]).toEqual(before);
  db.close();
});

it('says so when who the terminal is, is lost with its copy', () => {
  fillHealthy(dataDir, join(folder, 'killed'));
  const before = openDatabase({ dataDir, probe: noProbe });
  if (!before.ok) throw new Error(before.error.code);
  before.value.exec(`delete from kept_document where name = 'identity'`);
  before.value.close();
  writeFileSync(join(dataDir, 'identity.copy'), 'rotten');
  rotIndex();
  const { db, salvaged } = start(dataDir);
  expect(salvaged.report()).toMatchObject({ saved: 24, isIdentityLost: true });
  db.close();
});

it('gives no receipt number twice, whatever day the machine takes it for', () => {
  fillHealthy(dataDir, join(folder, 'killed'));
  rotIndex();
  const { db, key } = start(dataDir, NOW + 2_000 * DAY);
  const captures = createCaptureStore({ db, dataDir, terminalKey: key, probe: noProbe });
  const outbox = createOutbox({ db, terminalKey: key, captures, now: () => NOW, probe: noProbe });
  for (const day of ['2026-11-24', '2026-11-25']) {
    const taken = outbox.enqueue(anApplication(RESCUE_PUBLIC_PEM, { day }));
    expect(taken.ok ? taken.value.receiptNumber : '').toMatch(/-1\d{3}-.$/);
  }
  db.close();
});

it('erases a damaged database once staff know of it and nothing waits any more', () => {
  fillHealthy(dataDir, join(folder, 'killed'));
  rotIndex();
  const { db, salvaged } = start(dataDir);
  const aside = join(dataDir, salvaged.report()?.keptAside ?? '');
  salvaged.confirm('1001');
  expect(existsSync(join(aside, DATABASE_FILE))).toBe(true);
  db.exec(`update outbox set state = 'accepted' where state in ('queued', 'sending', 'held')`);
  // Of one that lost something, maintenance may still find more.
  db.exec(`update salvage set missing = '[{"seq":1,"receiptNumber":null}]'`);
  db.close();
  start(dataDir, NOW + DAY).db.close();
  expect(existsSync(aside)).toBe(true);
  start(dataDir, NOW + 15 * DAY).db.close();
  expect(existsSync(aside)).toBe(false);
});

it('keeps pictures whose application may be lost until staff have seen what is', () => {
  fillHealthy(dataDir, join(folder, 'killed'));
  const before = openOutbox({ dataDir });
  const rescueKey = anApplication(RESCUE_PUBLIC_PEM).rescueKey;
  const picture = { mediaType: 'image/png', content: pngOf(100) } as const;
  const applicationId = '0198c0de-0000-7000-8000-000000000001';
  expect(before.captures.keep({ applicationId, picture, rescueKey }).ok).toBe(true);
  before.db.close();
  rotIndex();
  const { db, key, salvaged } = start(dataDir);
  const captures = createCaptureStore({ db, dataDir, terminalKey: key, probe: noProbe });
  captures.eraseUnclaimed();
  expect(captures.of(applicationId)).toHaveLength(1);
  salvaged.confirm('1001');
  captures.eraseUnclaimed();
  expect(captures.of(applicationId)).toHaveLength(0);
  db.close();
});

it('says so when a full disk takes no second database, and changes nothing', (context) => {
  const disk = smallDisk(600);
  if (disk === null) return context.skip();
  try {
    fillHealthy(dataDir, join(folder, 'killed'));
    rotIndex();
    for (const name of readdirSync(dataDir)) writeFileSync(join(disk.path, name), readFileSync(join(dataDir, name)));
    const size = statSync(join(disk.path, DATABASE_FILE)).size;
    writeFileSync(join(disk.path, 'other'), Buffer.alloc(600 * 1024 - size - 120 * 1024));
    const opened = openOrSalvage({ dataDir: disk.path, probe: noProbe, now: () => NOW });
    expect(opened).toEqual({ ok: false, error: { code: 'no-room-to-salvage' } });
    expect(openDatabase({ dataDir: disk.path, probe: noProbe })).toEqual({
      ok: false,
      error: { code: 'database-corrupt' },
    });
  } finally {
    disk.close();
  }
});

it('rescues from a damaged database without a write to its folder', () => {
  const kept = fillHealthy(dataDir, join(folder, 'killed'));
  rotIndex();
  expect(openDatabase({ dataDir, probe: noProbe })).toEqual({ ok: false, error: { code: 'database-corrupt' } });
  const before = readdirSync(dataDir);
  const out = join(folder, 'out.rescue');
  const done = rescue(['--data', dataDir, '--out', out], () => NOW);
  const waiting = kept.filter(({ state }) => state === 'queued' || state === 'sending');
  expect(done.ok ? JSON.parse(done.value) : done).toEqual({
    file: out,
    applications: waiting.length,
    marked: false,
    logCut: false,
  });
  expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(waiting.length + 1);
  expect(readdirSync(dataDir)).toEqual(before);
  expect(readdirSync(folder).filter((name) => name.startsWith('rescue-'))).toEqual([]);
});

it('says so when what a broken terminal withdrew last may be among what is rescued', () => {
  const killed = join(folder, 'killed');
  fillHealthy(dataDir, killed);
  const log = logOf(join(killed, DATABASE_FILE));
  damage((bytes) => bytes.writeUInt8((bytes[9_000] ?? 0) ^ 1, 9_000), log);
  const before = [readdirSync(killed), readFileSync(log)];
  const out = join(folder, 'out.rescue');
  const done = rescue(['--data', killed, '--out', out], () => NOW);
  expect(done.ok ? JSON.parse(done.value) : done).toMatchObject({ file: out, marked: false, logCut: true });
  expect([readdirSync(killed), readFileSync(log)]).toEqual(before);
});

it('still sends what an older program queued, though its quote does not read any more', () => {
  fillHealthy(dataDir, join(folder, 'killed'));
  const { db, key, salvaged } = start(dataDir);
  expect(salvaged.report()).toBeNull();
  const { id } = z
    .object({ id: z.string() })
    .parse(db.prepare(`select id from outbox where state = 'queued' order by seq limit 1`).get());
  const content = { format: 1, customerNumber: '8700000003', body: '{}', grant: 'grant', quote: { older: true } };
  const plaintext = Buffer.from(JSON.stringify(content));
  const { rescueKey } = anApplication(RESCUE_PUBLIC_PEM);
  const { payload, terminalWrappedKey } = seal({ id, plaintext, terminalKey: key, rescueKey });
  db.prepare('update outbox set payload = ?, terminal_wrapped_key = ?, fingerprint = ? where id = ?').run(
    payload,
    terminalWrappedKey,
    createHash('sha256').update(content.body).digest(),
    id,
  );
  db.close();
  rotIndex();
  const after = start(dataDir);
  expect(after.salvaged.report()).toMatchObject({ damaged: [] });
  const captures = createCaptureStore({ db: after.db, dataDir, terminalKey: key, probe: noProbe });
  const outbox = createOutbox({ db: after.db, terminalKey: key, captures, now: () => NOW, probe: noProbe });
  expect(outbox.payloadOf(id)).toBeNull();
  expect(outbox.isSendable(id)).toBe(true);
  after.db.close();
});
