import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createCaptureStore } from '../../../electron/backend/captures/capture-store.ts';
import { withCopy } from '../../../electron/backend/database/identity-copy.ts';
import { documentKeeper } from '../../../electron/backend/database/kept-document.ts';
import { DATABASE_FILE, logOf, type SqliteDatabase } from '../../../electron/backend/database/open-database.ts';
import { openOrSalvage } from '../../../electron/backend/database/salvage/salvage-database.ts';
import { createLogger } from '../../../electron/backend/log/logger.ts';
import { createOutbox } from '../../../electron/backend/outbox/outbox.ts';
import { ownHalf } from '../../../electron/backend/outbox/own-half.ts';
import { readSalvaged, type Salvaged } from '../../../electron/backend/outbox/salvaged.ts';
import { loadTerminalKey, type TerminalKey } from '../../../electron/backend/outbox/terminal-key.ts';
import { keyInFile } from '../../../electron/backend/outbox/terminal-key-file.ts';
import { noProbe, SALVAGE_STEPS, type StepLabel, type StepProbe } from '../../../electron/backend/step-probe.ts';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { anApplication, enqueued, openOutbox } from '../../../electron/backend/testing/sync-rig.ts';
import { type Dice, dice } from '../dice.ts';
import type { Findings } from '../properties.ts';

const PAGE_BYTES = 4096;
const APPLICATIONS = 24;
const NOW = Date.UTC(2026, 10, 24, 5);
/** More than fits on any page, as a real catalog. */
const CATALOG = JSON.stringify({ offerings: 'x'.repeat(20_000) });

const IDENTITY = '{"terminalCode":"T01"}';

/** An application as it was before its disk failed. */
interface Kept {
  readonly id: string;
  readonly receiptNumber: string;
  readonly state: string;
  readonly isErased: boolean;
}

/** What random bytes take the place of, or the disk doesn't give any more. */
type Damage =
  | 'a whole page'
  | 'a part of a page'
  | 'an unreadable page'
  | 'an unreadable piece of the log'
  | 'a rotten piece of the log';

/**
 * A terminal's database, each of its pages damaged in turn, in `rounds` ways: whatever was promised is whole afterwards,
 * or staff are told of it.
 * @param input.lose lets a page of a file be unreadable from now on
 */
export function damagedDatabases(input: {
  folder: string;
  rounds: number;
  findings: Findings;
  lose?(path: string, offset: number): void;
}): void {
  const { rounds, findings, lose } = input;
  const damages: Damage[] = lose === undefined ? ['a whole page', 'a part of a page'] : ['an unreadable page'];
  const folder = mkdtempSync(join(input.folder, 'damaged-'));
  const healthy = { afterClose: join(folder, 'closed'), afterKill: join(folder, 'killed') };
  const kept = fillHealthy(healthy.afterClose, healthy.afterKill);
  const pages = statSync(join(healthy.afterClose, DATABASE_FILE)).size / PAGE_BYTES;
  const pieces = Math.ceil(statSync(logOf(join(healthy.afterKill, DATABASE_FILE))).size / PAGE_BYTES);
  const rotten = Math.floor(lastTransactionsAt(logOf(join(healthy.afterKill, DATABASE_FILE))) / PAGE_BYTES);
  for (let round = 0; round < rounds; round += 1) {
    const chance = dice(round, 'damage');
    for (let page = 0; page < pages; page += 1) {
      for (const damage of damages) {
        // What is in SQLite's log as well is no loss.
        const dataDir = copyOf(chance.chance(0.3) ? healthy.afterKill : healthy.afterClose, folder);
        const path = join(dataDir, DATABASE_FILE);
        if (damage === 'an unreadable page') lose?.(path, page * PAGE_BYTES);
        else corrupt(path, page, damage, chance);
        suffer({ dataDir, damage, which: `${page + 1} of ${pages}` }, chance);
      }
    }
    for (let piece = 0; lose === undefined && piece < rotten; piece += 1) {
      const dataDir = copyOf(healthy.afterKill, folder);
      corrupt(logOf(join(dataDir, DATABASE_FILE)), piece, 'a rotten piece of the log', chance);
      suffer({ dataDir, damage: 'a rotten piece of the log', which: `${piece + 1} of ${pieces}` }, chance);
    }
    for (let piece = 0; lose !== undefined && piece < pieces; piece += 1) {
      const dataDir = copyOf(healthy.afterKill, folder);
      lose(logOf(join(dataDir, DATABASE_FILE)), piece * PAGE_BYTES);
      suffer({ dataDir, damage: 'an unreadable piece of the log', which: `${piece + 1} of ${pieces}` }, chance);
    }
  }
  rmSync(folder, { recursive: true });

  function suffer(hit: { dataDir: string; damage: Damage; which: string }, chance: Dice): void {
    // Half of them also lose their power while the new database is made.
    const dyingAt = chance.chance(0.5) ? chance.pick(SALVAGE_STEPS) : null;
    if (dyingAt !== null) dieAt(hit.dataDir, dyingAt);
    findings.try(`${hit.damage} damaged`);
    const after = `${hit.damage}: ${hit.which}${dyingAt === null ? '' : `, dying at ${dyingAt}`}`;
    lookAt(hit.dataDir, kept, { after, isLogCut: hit.damage.endsWith('of the log') }, findings);
    rmSync(hit.dataDir, { recursive: true });
  }
}

/** What rots in the last two of a log may look as if the power had gone while they were written. */
function lastTransactionsAt(log: string): number {
  const bytes = readFileSync(log);
  const ends: number[] = [];
  for (let at = 32; at < bytes.length; at += 24 + PAGE_BYTES) {
    if (bytes.readUInt32BE(at + 4) !== 0) ends.push(at + 24 + PAGE_BYTES);
  }
  return ends.at(-3) ?? 0;
}

/** @returns what was applied for, as it stands at the end */
export function fillHealthy(dataDir: string, afterKill: string): Kept[] {
  const { db, outbox } = openOutbox({ dataDir });
  mkdirSync(afterKill);
  withCopy(documentKeeper(db, 'identity'), dataDir).write({ version: '1', etag: null, asOf: 1, body: IDENTITY });
  documentKeeper(db, 'catalog').write({ version: '1', etag: 'its tag', asOf: 1, body: CATALOG });
  for (let at = 0; at < APPLICATIONS; at += 1) {
    const { id } = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM, { customerNumber: String(8_700_000_000 + at) }));
    const state = (['accepted', 'held', 'rejected', 'queued', 'queued', 'withdrawn'] as const)[at % 6] ?? 'queued';
    const act = { at: NOW, staffNumber: '1001', kind: 'withdraw', detail: 'customer-wish' } as const;
    if (state === 'withdrawn' && !outbox.withdraw(id, { act, isCancelledAtCentral: false }).ok) throw new Error(id);
    if (state !== 'accepted' && state !== 'held' && state !== 'rejected') continue;
    const others = outbox.waitingIds().filter((one) => one !== id);
    outbox.advance({ settle: [], start: 1, skip: (one) => others.includes(one) });
    const settlement = {
      id,
      state,
      reason: null,
      progress: null,
      orderId: state === 'rejected' ? null : `order ${at}`,
    };
    outbox.advance({ settle: [settlement], start: 0, skip: () => true });
    // Which empties SQLite's log: the rest stays in it.
    if (at === 12) outbox.eraseAccepted();
  }
  copyTo(afterKill, dataDir);
  const kept = keptIn(db);
  db.close();
  return kept;
}

const keptIn = (db: SqliteDatabase): Kept[] =>
  db
    .prepare<[], { id: string; receiptNumber: string; state: string; isErased: number }>(
      'select id, receipt_number as receiptNumber, state, payload is null as isErased from outbox order by seq',
    )
    .all()
    .map((one) => ({ ...one, isErased: one.isErased === 1 }));

function copyOf(from: string, folder: string): string {
  const to = mkdtempSync(join(folder, 'copy-'));
  copyTo(to, from);
  return to;
}

function copyTo(to: string, from: string): void {
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(to, name));
}

function corrupt(path: string, page: number, damage: Damage, chance: Dice): void {
  const length = damage === 'a whole page' ? PAGE_BYTES : chance.between(16, 400);
  const offset = damage === 'a whole page' ? 0 : chance.between(0, PAGE_BYTES - length);
  const file = openSync(path, 'r+');
  writeSync(
    file,
    Buffer.from(Array.from({ length }, () => chance.between(0, 255))),
    0,
    length,
    page * PAGE_BYTES + offset,
  );
  closeSync(file);
}

class PowerCut extends Error {}

function dieAt(dataDir: string, label: StepLabel): void {
  const probe: StepProbe = {
    reached: (reached) => {
      if (reached === label) throw new PowerCut();
    },
  };
  try {
    const opened = openOrSalvage({ dataDir, probe, now: () => NOW });
    // Nothing of it was read yet by SQLite that it could miss.
    if (opened.ok) opened.value.close();
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
}

interface Started {
  readonly db: SqliteDatabase;
  readonly key: TerminalKey;
  readonly salvaged: Salvaged;
}

export function start(dataDir: string, now = NOW): Started {
  const opened = openOrSalvage({ dataDir, probe: noProbe, now: () => now });
  if (!opened.ok) throw new Error(opened.error.code);
  const key = loadTerminalKey({ store: keyInFile(dataDir), half: ownHalf(dataDir), mayCreate: false });
  if (!key.ok) throw new Error(key.error.code);
  const parts = { db: opened.value, dataDir, terminalKey: key.value, now: () => now };
  return { ...parts, key: key.value, salvaged: readSalvaged({ ...parts, log: createLogger(() => undefined) }) };
}

function lookAt(
  dataDir: string,
  kept: readonly Kept[],
  { after, isLogCut }: { after: string; isLogCut: boolean },
  findings: Findings,
): void {
  let started: Started;
  try {
    started = start(dataDir);
  } catch (error) {
    return findings.check('damage_costs_what_it_hit', false, `it does not start after ${after} (${String(error)})`);
  }
  const { db, key, salvaged } = started;
  const report = salvaged.report();
  const rows = new Map(keptIn(db).map((one) => [one.id, one]));
  const captures = createCaptureStore({ db, dataDir, terminalKey: key, probe: noProbe });
  const outbox = createOutbox({ db, terminalKey: key, captures, now: () => NOW, probe: noProbe });
  const told = new Set([...(report?.missing ?? []), ...(report?.damaged ?? [])]);
  let untold = 0;
  let lost = 0;
  for (const before of kept) {
    const row = rows.get(before.id);
    if (told.has(before.receiptNumber) || row === undefined) lost += 1;
    if (told.has(before.receiptNumber)) continue;
    // What stood in the log alone may be lost, and a state older: staff are told that, and central is asked first.
    const isState = isLogCut ? row?.state !== 'queued' : row?.state === before.state;
    const isSame = row?.receiptNumber === before.receiptNumber && isState;
    const isReadable = before.isErased || outbox.payloadOf(before.id) !== null;
    // Decided ones are kept for the record; what staff still need of them is at central.
    const isOver = ['accepted', 'rejected', 'withdrawn'].includes(before.state) || before.state === 'held';
    if (row === undefined) untold += 1;
    else
      findings.check(
        'damage_is_told',
        isSame && (isReadable || isOver || isLogCut || report === null),
        `${before.id} after ${after}`,
      );
  }
  const unnumbered = report?.missingWithoutNumber ?? 0;
  findings.check('damage_is_told', (report?.isLogCut ?? false) === isLogCut, `whether the log was cut, after ${after}`);
  findings.check(
    'damage_is_told',
    untold === unnumbered || (isLogCut && untold > unnumbered),
    `${untold} vanished and ${unnumbered} are told of after ${after}`,
  );
  // One page never holds an application and its place in the index.
  findings.check(
    'damage_is_told',
    unnumbered === 0 || isLogCut,
    `${unnumbered} are told of without a number after ${after}`,
  );
  findings.check('damage_costs_what_it_hit', lost <= MOST_ON_A_PAGE, `${lost} were lost after ${after}`);
  const isItself = documentKeeper(db, 'identity').read()?.body === IDENTITY;
  findings.check('damage_costs_what_it_hit', isItself, `the terminal is none of the shop's after ${after}`);
  const isFetchedAnew = report === null || (documentKeeper(db, 'catalog').read()?.etag ?? null) === null;
  findings.check('damage_costs_what_it_hit', isFetchedAnew, `a damaged catalog would stay after ${after}`);
  const next = outbox.enqueue(anApplication(RESCUE_PUBLIC_PEM, { day: '2026-11-24' }));
  const isNew = next.ok && !kept.some(({ receiptNumber }) => receiptNumber === next.value.receiptNumber);
  findings.check('damage_is_told', isNew, `a receipt number was given twice after ${after}`);
  const isWhole = db.pragma('integrity_check', { simple: true }) === 'ok';
  findings.check('damage_costs_what_it_hit', isWhole, `the new database is damaged after ${after}`);
  db.close();
  const isAside = report === null || existsSync(join(dataDir, report.keptAside, DATABASE_FILE));
  findings.check('damage_is_told', isAside, `the damaged one is gone after ${after}`);
  const again = start(dataDir);
  const isQuiet = JSON.stringify(again.salvaged.report()) === JSON.stringify(report);
  findings.check('damage_is_told', isQuiet, `it was salvaged twice after ${after}`);
  again.db.close();
}

/** Rows of a few hundred bytes. */
const MOST_ON_A_PAGE = 4;
