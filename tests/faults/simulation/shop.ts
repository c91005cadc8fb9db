import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger } from '../../../electron/backend/log/logger.ts';
import type { StepLabel } from '../../../electron/backend/step-probe.ts';
import { type Dice, dice } from '../dice.ts';
import type { Findings } from '../properties.ts';
import type { Line, Network } from './network.ts';
import type { OracleCentral } from './oracle-central.ts';
import { checkKept } from './shop-checks.ts';
import { takeOver } from './shop-before.ts';
import type { Taken } from './taken.ts';
import { type RunningTerminal, startTerminal } from './terminal.ts';
import type { World } from './world.ts';

const NO_LIMIT = 1_073_741_823;

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export interface ShopParts {
  readonly seed: number;
  readonly folder: string;
  readonly world: World;
  readonly network: Network;
  readonly central: OracleCentral;
  readonly findings: Findings;
  /** Of the program before; null: a new terminal. */
  readonly old: { readonly migrations: number; readonly applications: number } | null;
  /** How far the machine's clock is off at first (ms). */
  readonly clockOffset: number;
}

/** One terminal with its disk, its line, its customers and its staff, across all its restarts. */
export class Shop {
  readonly taken: Taken[] = [];
  readonly line: Line = { state: 'good', mishaps: 0 };
  readonly logs: string[] = [];
  clockOffset: number;
  running: RunningTerminal;
  /** Writes may fail: an application may be refused, and nothing of it may be kept. */
  isDiskFull = false;
  /** Whatever people at this terminal decide. */
  readonly choices: Dice;
  private generation = 0;
  private armed: { label: StepLabel; left: number } | null = null;
  private readonly jitter: Dice;
  private readonly luck: Dice;
  readonly camera: Dice;

  constructor(
    readonly name: string,
    readonly parts: ShopParts,
  ) {
    this.clockOffset = parts.clockOffset;
    this.choices = dice(parts.seed, `${name} customers`);
    this.jitter = dice(parts.seed, `${name} jitter`);
    this.luck = dice(parts.seed, `${name} network`);
    this.camera = dice(parts.seed, `${name} camera`);
    mkdirSync(this.dataDir(), { recursive: true });
    if (parts.old !== null) takeOver(this, parts.old, this.dataDir());
    this.running = this.start();
  }

  private dataDir(): string {
    return join(this.parts.folder, `${this.name}-${this.generation}`);
  }

  private start(): RunningTerminal {
    const { world, network, folder } = this.parts;
    const dataDir = this.dataDir();
    this.generation += 1;
    const running = startTerminal({
      name: this.name,
      dataDir,
      nextDataDir: join(folder, `${this.name}-${this.generation}`),
      world,
      network,
      line: this.line,
      privateKey,
      dice: this.jitter,
      networkDice: this.luck,
      clockOffset: () => this.clockOffset,
      log: createLogger((line) => this.logs.push(line)),
      reached: (label) => this.diesAt(label),
    });
    running.outbox.onChange(({ id, state, reason }) => {
      if (running.isAlive()) world.note(`${this.name} ${id} ${state} ${reason ?? ''}`);
    });
    return running;
  }

  private diesAt(label: StepLabel): boolean {
    if (this.armed?.label !== label) return false;
    this.armed.left -= 1;
    if (this.armed.left > 0) return false;
    this.armed = null;
    this.parts.findings.try(`kill at ${label}`);
    this.parts.world.note(`${this.name} killed at ${label}`);
    return true;
  }

  /** It dies the nth time that it comes there. */
  arm(label: StepLabel, left: number): void {
    this.armed = { label, left };
  }

  disarm(): void {
    this.armed = null;
  }

  kill(): void {
    if (!this.running.isAlive()) return;
    this.running.kill();
    this.parts.findings.try('kill at a random moment');
    this.parts.world.note(`${this.name} killed`);
  }

  /** Once it is dead. */
  restart(): void {
    this.running.bury();
    this.isDiskFull = false;
    this.running = this.start();
    this.parts.world.note(`${this.name} started`);
    // It may have died in its migration.
    if (this.running.isAlive()) checkKept(this);
  }

  setDiskFull(isFull: boolean): void {
    if (!this.running.isAlive()) return;
    const { db } = this.running;
    // SQLite's own "disk full", at the next page that it needs.
    db.pragma(`max_page_count = ${isFull ? Number(db.pragma('page_count', { simple: true })) : NO_LIMIT}`);
    this.isDiskFull = isFull;
  }

  isErased(id: string): boolean {
    const { db, captures } = this.running;
    const isGone = db.prepare('select payload is null from outbox where id = ?').pluck().get(id) === 1;
    return isGone && captures.of(id).length === 0;
  }
}
