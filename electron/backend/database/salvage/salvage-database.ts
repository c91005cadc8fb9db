import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { businessDate } from '../../../../shared/domain/business-time.ts';
import { formatReceiptNumber } from '../../../../shared/domain/receipt-number.ts';
import { err, type Result } from '../../../../shared/domain/result.ts';
import type { StepProbe } from '../../step-probe.ts';
import { ensureFolder } from '../ensure-folder.ts';
import { documentKeeper } from '../kept-document.ts';
import {
  DATABASE_FILE,
  isDiskFailure,
  lockStart,
  logOf,
  openDatabase,
  type OpenDatabaseError,
  type SqliteDatabase,
} from '../open-database.ts';
import { readIdentityCopy } from '../identity-copy.ts';
import { syncFolder } from '../small-file.ts';
import { isLogCut } from './look-at-log.ts';
import { KNOWN_ROWS, rowReader, type TableRow } from './known-rows.ts';
import { rawRecords, type RawValue } from './raw-records.ts';
import { readLog } from './read-log.ts';

/** The new database while it is filled, a folder. */
const WORKSHOP = 'salvage';
/** The new database once all of it is on disk: from then on it only has to take the damaged one's place. */
export const READY_FILE = `${DATABASE_FILE}.salvaged`;
/** Damaged databases as they were found, for whoever looks into them. Nothing in them is in the clear. */
const ASIDE = 'damaged';
/** Receipt numbers that may have been given without a trace are not given again. */
const RECEIPTS_SKIPPED = 1_000;

const missingSchema = z.array(
  z.object({
    /** Its place in the queue. */
    seq: z.int(),
    /** As printed on the customer's slip; null: that is lost, too. */
    receiptNumber: z.string().nullable(),
  }),
);
/** Applications of which nothing is left but that they were there. */
export type Missing = z.infer<typeof missingSchema>;

export const parseMissing = (json: string): Missing => missingSchema.parse(JSON.parse(json));

export type SalvageError =
  | OpenDatabaseError
  /** It is damaged, and the disk doesn't take a second one that what can be read of it would go into. */
  | { readonly code: 'no-room-to-salvage' };

/** Opens the terminal's database; a damaged one is kept aside, and what can be read of it goes on in a new one. */
export function openOrSalvage(input: {
  dataDir: string;
  probe: StepProbe;
  /** Epoch ms. */
  now(): number;
}): Result<SqliteDatabase, SalvageError> {
  const lock = lockStart(input.dataDir);
  if (!lock.ok) return lock;
  try {
    return openLocked(input);
  } finally {
    lock.value();
  }
}

function openLocked(input: Parameters<typeof openOrSalvage>[0]): ReturnType<typeof openOrSalvage> {
  const { dataDir, probe } = input;
  try {
    if (existsSync(join(dataDir, READY_FILE))) putInPlace(dataDir, probe);
    const cut = isLogCut(dataDir);
    if (!cut.ok) return cut;
    if (cut.value) return salvage(input);
    const opened = openDatabase({ dataDir, probe });
    if (opened.ok || opened.error.code !== 'database-corrupt') return opened;
    // A disk that is failing may read a sector the next time.
    const again = openDatabase({ dataDir, probe });
    if (again.ok || again.error.code !== 'database-corrupt') return again;
    return salvage(input);
  } catch (error) {
    if (isDiskFailure(error)) return err({ code: 'no-room-to-salvage' });
    throw error;
  }
}

function salvage({ dataDir, probe, now }: Parameters<typeof openOrSalvage>[0]): Result<SqliteDatabase, SalvageError> {
  const workshop = join(dataDir, WORKSHOP);
  const fresh = openDatabase({ dataDir: workshop, probe });
  if (!fresh.ok) {
    // Left behind by a start that ended in the middle, on the same bad disk.
    if (fresh.error.code === 'database-corrupt') rmSync(workshop, { recursive: true });
    return fresh.error.code === 'disk-full' ? err({ code: 'no-room-to-salvage' }) : fresh;
  }
  const at = now();
  const aside = `${ASIDE}/${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}`;
  try {
    fill(fresh.value, { dataDir, at, aside });
  } finally {
    fresh.value.close();
  }
  probe.reached('salvage.filled');
  keepAside(dataDir, aside);
  probe.reached('salvage.kept-aside');
  renameSync(join(workshop, DATABASE_FILE), join(dataDir, READY_FILE));
  syncFolder(dataDir);
  rmSync(workshop, { recursive: true });
  probe.reached('salvage.ready');
  putInPlace(dataDir, probe);
  return openDatabase({ dataDir, probe });
}

/** A second name, so that it needs no room on a disk that may have none. */
function keepAside(dataDir: string, aside: string): void {
  const folder = join(dataDir, aside);
  ensureFolder(folder);
  for (const name of [DATABASE_FILE, logOf(DATABASE_FILE)]) {
    rmSync(join(folder, name), { force: true });
    if (existsSync(join(dataDir, name))) linkSync(join(dataDir, name), join(folder, name));
  }
  syncFolder(folder);
  syncFolder(join(dataDir, ASIDE));
}

/** Also the rest of a start that ended in the middle. The old log goes first: it must never meet the new file. */
function putInPlace(dataDir: string, probe: StepProbe): void {
  for (const ending of ['-wal', '-shm']) rmSync(join(dataDir, `${DATABASE_FILE}${ending}`), { force: true });
  syncFolder(dataDir);
  probe.reached('salvage.log-gone');
  renameSync(join(dataDir, READY_FILE), join(dataDir, DATABASE_FILE));
  syncFolder(dataDir);
}

/** Everything or nothing. */
function fill(db: SqliteDatabase, from: { dataDir: string; at: number; aside: string }): void {
  const rowOf = rowReader(db);
  const insert = inserter(db);
  const damaged = join(from.dataDir, DATABASE_FILE);
  const log = readLog(logOf(damaged));
  db.transaction(() => {
    // By a start that ended before it was done.
    for (const table of Object.keys(KNOWN_ROWS)) db.exec(`delete from ${table}`);
    const saved = new Set<number>();
    const given = new Map<number, { day: string; counter: number }>();
    const sightings = new Map<number, number>();
    const see = (seq: number): void => {
      sightings.set(seq, (sightings.get(seq) ?? 0) + 1);
    };
    let terminalCode = '';
    for (const record of rawRecords(damaged, log)) {
      if (record.kind === 'index') {
        const receipt = receiptOf(record.values);
        if (receipt !== null) given.set(receipt.seq, receipt);
        const seq = record.values.at(-1);
        if (typeof seq === 'number') see(seq);
        continue;
      }
      const found = rowOf(record.rowid, record.values);
      if (found === null || !insert(found) || found.table !== 'outbox') continue;
      saved.add(record.rowid);
      see(record.rowid);
      terminalCode = String(found.row['receipt_number']).split('-')[0] ?? '';
    }
    // A page holds a catalog whole or in part: what has rotted in it unseen is fetched anew.
    db.exec('update kept_document set etag = null');
    // On pages of its own, while one of the database's may have cost it.
    const identity = readIdentityCopy(from.dataDir);
    const keeper = documentKeeper(db, 'identity');
    if (identity !== null) keeper.write(identity);
    // A row may be older than what stood in the log: central is asked before it gets any of them.
    if (log.isCut) db.exec(`update outbox set state = 'sending' where state = 'queued'`);
    const lost = missing(db, { saved, given, last: lastPlace(sightings) }, terminalCode);
    // Only an enrolled terminal takes applications.
    const isIdentityLost = keeper.read() === null && saved.size + lost.length > 0;
    const newest = [...given.values()]
      .map((one) => one.day)
      .sort()
      .at(-1);
    const day = newest ?? businessDate(from.at);
    const counters = [...given.values()].filter((one) => one.day === day).map(({ counter }) => counter);
    db.prepare(
      `insert into salvage (at, kept_aside, saved, missing, log_cut, identity_lost, last_seq, receipt_day, receipt_counter,
         is_checked)
       values (@at, @aside, @saved, @missing, @logCut, @identityLost, @last, @day, @counter, 0)`,
    ).run({
      at: from.at,
      aside: from.aside,
      saved: saved.size,
      missing: JSON.stringify(lost),
      logCut: log.isCut ? 1 : 0,
      identityLost: isIdentityLost ? 1 : 0,
      last: db.prepare<[], number | null>('select max(seq) from outbox').pluck().get() ?? 0,
      day,
      counter: Math.max(0, ...counters) + RECEIPTS_SKIPPED,
    });
  })();
}

/** Every application has the place after the one before it, so that a place without one is one that is lost. */
function missing(
  db: SqliteDatabase,
  found: {
    saved: ReadonlySet<number>;
    given: ReadonlyMap<number, { day: string; counter: number }>;
    last: number;
  },
  terminalCode: string,
): Missing {
  const earlier = db.prepare<[], string>('select missing from salvage').pluck().all();
  const known = new Set(earlier.flatMap((json) => parseMissing(json).map(({ seq }) => seq)));
  const { saved, given, last } = found;
  return Array.from({ length: last }, (_, at) => at + 1)
    .filter((seq) => !saved.has(seq) && !known.has(seq))
    .map((seq) => {
      const receipt = given.get(seq);
      const isKnown = receipt !== undefined && terminalCode !== '';
      return { seq, receiptNumber: isKnown ? formatReceiptNumber(terminalCode, receipt.day, receipt.counter) : null };
    });
}

/**
 * The highest place in the queue that two sources name: every application's stands in its row and in several indexes,
 * and a rotten number in one of them must not make thousands of lost ones.
 */
function lastPlace(sightings: ReadonlyMap<number, number>): number {
  let last = 0;
  for (const [seq, times] of sightings) if (times > 1 && seq > last) last = seq;
  return last;
}

const receiptSchema = z.tuple([z.iso.date(), z.int().min(1), z.int().min(1)]);

/** What the index over receipt numbers says of an application, also where its row is gone. */
function receiptOf(values: readonly RawValue[]): { seq: number; day: string; counter: number } | null {
  const read = receiptSchema.safeParse(values);
  if (!read.success) return null;
  const [day, counter, seq] = read.data;
  return { seq, day, counter };
}

/** @returns puts a row into its table; false: there is one like it already */
function inserter(db: SqliteDatabase): (row: TableRow) => boolean {
  const statements = new Map<string, (row: TableRow['row']) => boolean>();
  return ({ table, row }) => {
    let run = statements.get(table);
    if (run === undefined) {
      const names = Object.keys(row);
      const statement = db.prepare(
        `insert or ignore into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
      );
      run = (values) => statement.run(values).changes === 1;
      statements.set(table, run);
    }
    return run(row);
  };
}
