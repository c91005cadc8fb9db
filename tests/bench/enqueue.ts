import Database from 'better-sqlite3';
import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { enqueued, openOutbox } from '../../electron/backend/testing/sync-rig.ts';
import type { StepLabel } from '../../electron/backend/step-probe.ts';
import { benchApplication } from './applications.ts';
import { type Figure, figureOf, median, percentile, perSecond, type Round } from './figure.ts';

const ROUNDS = 7;
/** So many of one kind, then of the next: noise on the disk meets all kinds alike. */
const TURN = 20;
const TURNS = 50;
const PAYLOAD = Buffer.alloc(2_048, 'x');

/** Milliseconds of each operation. */
interface Times {
  readonly append: number[];
  readonly enqueue: number[];
  /** Inside `enqueue`, up to the sealed envelope: what is not the disk's. */
  readonly sealing: number[];
  readonly bare: number[];
}

/** An application on disk, acknowledged, against what the disk itself can do. */
export function enqueueFigures(folder: string): Figure[] {
  round(join(folder, 'warm-up'), 0);
  const rounds = Array.from({ length: ROUNDS }, (_, at) => round(join(folder, String(at)), (at + 1) * TURN * TURNS));
  const rates = (pick: (times: Times) => number[]): Round[] =>
    rounds.map((times) => ({ measured: perSecond(pick(times)), reference: perSecond(times.append) }));
  const tails = (pick: (times: Times) => number[]): Round[] =>
    rounds.map((times) => ({
      measured: 1000 * percentile(pick(times), 0.99),
      reference: 1000 * percentile(times.append, 0.99),
    }));
  const microseconds = (pick: (times: Times) => number[]): string => (1000 * median(rounds.flatMap(pick))).toFixed(0);
  const split = `median µs: enqueue ${microseconds((times) => times.enqueue)}, of it up to sealed ${microseconds(
    (times) => times.sealing,
  )}; bare insert ${microseconds((times) => times.bare)}; append ${microseconds((times) => times.append)}`;
  return [
    figureOf(
      rates((times) => times.enqueue),
      {
        id: 'enqueue-rate',
        title: 'durable enqueue ÷ fdatasync appends of 2 KB',
        unit: 'per s',
        limit: { kind: 'at-least', ratio: 0.85 },
        note: split,
      },
    ),
    figureOf(
      rates(({ enqueue, sealing }) => enqueue.map((time, at) => time - (sealing[at] ?? 0))),
      {
        id: 'sealed-enqueue-rate',
        title: 'durable enqueue without its encryption ÷ fdatasync appends',
        unit: 'per s',
        limit: null,
        note: 'up to sealed: two look-ups, JSON of 3.9 KB, AES-256-GCM; all before the disk is asked',
      },
    ),
    figureOf(
      rates((times) => times.bare),
      {
        id: 'bare-insert-rate',
        title: 'bare better-sqlite3 FULL insert of 2 KB ÷ fdatasync appends',
        unit: 'per s',
        limit: null,
        note: null,
      },
    ),
    figureOf(
      tails((times) => times.enqueue),
      {
        id: 'enqueue-p99',
        title: 'durable enqueue p99 ÷ fdatasync p99',
        unit: 'µs',
        limit: { kind: 'at-most', ratio: 1.5 },
        note: 'cause not proven: checkpoints of the WAL (every 1,000 pages) and the larger rows are suspected',
      },
    ),
    figureOf(
      tails((times) => times.bare),
      {
        id: 'bare-insert-p99',
        title: 'bare better-sqlite3 FULL insert p99 ÷ fdatasync p99',
        unit: 'µs',
        limit: null,
        note: null,
      },
    ),
  ];
}

function round(folder: string, firstSerial: number): Times {
  mkdirSync(folder, { recursive: true });
  const times: Times = { append: [], enqueue: [], sealing: [], bare: [] };
  const file = openSync(join(folder, 'append'), 'a');
  const bare = openBare(join(folder, 'bare.sqlite3'));
  let began = 0;
  const probe = {
    reached: (label: StepLabel): void => {
      if (label === 'enqueue.sealed') times.sealing.push(performance.now() - began);
    },
  };
  const { db, outbox } = openOutbox({ dataDir: join(folder, 'terminal'), probe });
  const inputs = Array.from({ length: TURN * TURNS }, (_, at) => benchApplication(firstSerial + at).input);
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (let at = 0; at < TURN; at += 1) {
      timed(times.append, () => {
        writeSync(file, PAYLOAD);
        fdatasyncSync(file);
      });
    }
    for (const input of inputs.slice(turn * TURN, (turn + 1) * TURN)) {
      began = performance.now();
      timed(times.enqueue, () => enqueued(outbox, input));
    }
    for (let at = 0; at < TURN; at += 1) timed(times.bare, () => bare.insert(`${turn}-${at}`));
  }
  closeSync(file);
  bare.close();
  db.close();
  return times;
}

function timed(times: number[], run: () => void): void {
  const start = performance.now();
  run();
  times.push(performance.now() - start);
}

function openBare(path: string): { insert(id: string): void; close(): void } {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('create table job (id text primary key, body blob not null) strict');
  const insert = db.prepare('insert into job (id, body) values (?, ?)');
  return {
    insert: (id) => {
      insert.run(id, PAYLOAD);
    },
    close: () => db.close(),
  };
}
