import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noProbe } from '../step-probe.ts';
import { MIGRATIONS } from './migrations.ts';
import { DATABASE_FILE, isDurable, openDatabase, type SqliteDatabase } from './open-database.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'database-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function open(migrations = MIGRATIONS): SqliteDatabase {
  const opened = openDatabase({ dataDir, probe: noProbe, migrations });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

it('is durable at every open, not only at the first', () => {
  for (let at = 0; at < 3; at += 1) {
    const db = open();
    expect(isDurable(db)).toBe(true);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.close();
  }
});

it('sees it when FULL was taken away', () => {
  const db = open();
  db.pragma('synchronous = NORMAL');
  expect(isDurable(db)).toBe(false);
  db.close();
});

it('comes to the same schema from every released version', () => {
  const schemaOf = (db: SqliteDatabase): unknown => db.prepare('select sql from sqlite_master order by name').all();
  const direct = open();
  const expected = schemaOf(direct);
  direct.close();
  for (let from = 0; from <= MIGRATIONS.length; from += 1) {
    rmSync(dataDir, { recursive: true });
    open(MIGRATIONS.slice(0, from)).close();
    const db = open();
    expect(schemaOf(db)).toEqual(expected);
    db.close();
  }
});

it('refuses what a newer program wrote and leaves it alone', () => {
  const next = { version: (MIGRATIONS.at(-1)?.version ?? 0) + 1, sql: 'create table later (x) ' };
  open([...MIGRATIONS, next]).close();
  expect(openDatabase({ dataDir, probe: noProbe })).toEqual({
    ok: false,
    error: { code: 'database-newer', version: next.version, supported: next.version - 1 },
  });
  open([...MIGRATIONS, next]).close();
});

it('refuses a second process', () => {
  const db = open();
  const script = `
    const Database = require('better-sqlite3');
    try { const db = new Database(${JSON.stringify(join(dataDir, DATABASE_FILE))}, { timeout: 100 }); db.pragma('user_version'); console.log('opened'); }
    catch (error) { console.log(error.code); }`;
  expect(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout.trim()).toBe('SQLITE_BUSY');
  expect(openDatabase({ dataDir, probe: noProbe })).toEqual({ ok: false, error: { code: 'database-in-use' } });
  db.close();
  open().close();
});

it('says so when the file is damaged', () => {
  writeFileSync(join(dataDir, DATABASE_FILE), 'this is no database, but it is long enough to be looked at'.repeat(200));
  expect(openDatabase({ dataDir, probe: noProbe })).toEqual({ ok: false, error: { code: 'database-corrupt' } });
});

it('finds a damaged page', () => {
  const db = open();
  const insert = db.prepare(`insert into kept_document (name, version, as_of, body) values (?, '1', 1, ?)`);
  for (let at = 0; at < 50; at += 1) insert.run(`document-${at}`, 'x'.repeat(3000));
  db.pragma('wal_checkpoint(TRUNCATE)');
  const pages = db.pragma('page_count', { simple: true });
  db.close();
  const path = join(dataDir, DATABASE_FILE);
  const bytes = Buffer.alloc(4096 * 5, 0xa5);
  const fs = spawnSync('dd', [`of=${path}`, 'bs=4096', `seek=${Number(pages) - 8}`, 'conv=notrunc'], { input: bytes });
  expect(fs.status).toBe(0);
  expect(openDatabase({ dataDir, probe: noProbe })).toEqual({ ok: false, error: { code: 'database-corrupt' } });
});

it('says so when the folder cannot be written', () => {
  const blocked = join(dataDir, 'a-file');
  writeFileSync(blocked, '');
  expect(openDatabase({ dataDir: join(blocked, 'inside'), probe: noProbe })).toEqual({
    ok: false,
    error: { code: 'data-not-writable' },
  });
});

it('sees a version number that has rotted, and leaves the data of a migration that fails alone', () => {
  const db = open();
  db.pragma('user_version = 1');
  db.close();
  expect(openDatabase({ dataDir, probe: noProbe })).toEqual({ ok: false, error: { code: 'database-corrupt' } });
  rmSync(dataDir, { recursive: true });
  open().close();
  const mistaken = { version: (MIGRATIONS.at(-1)?.version ?? 0) + 1, sql: 'alter table no_such add column x' };
  const opening = () => openDatabase({ dataDir, probe: noProbe, migrations: [...MIGRATIONS, mistaken] });
  expect(opening).toThrow(`version ${mistaken.version}`);
  open().close();
});
