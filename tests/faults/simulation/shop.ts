import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { CAPTURE_FOLDER } from '../../../electron/backend/captures/capture-store.ts';
import { isDiskFailure } from '../../../electron/backend/database/open-database.ts';
import { createLogger } from '../../../electron/backend/log/logger.ts';
import { TERMINAL_KEY_FILE } from '../../../electron/backend/outbox/terminal-key-file.ts';
import type { StepLabel } from '../../../electron/backend/step-probe.ts';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { anApplication } from '../../../electron/backend/testing/sync-rig.ts';
import { businessDate } from '../../../shared/domain/business-time.ts';
import { type Dice, dice } from '../dice.ts';
import type { Findings } from '../properties.ts';
import type { Line, Network } from './network.ts';
import { digestOf, type Fate, type OracleCentral } from './oracle-central.ts';
import { type OldApplication, writeOldDatabase } from './old-database.ts';
import { type RunningTerminal, startTerminal } from './terminal.ts';
import { EPOCH, type World } from './world.ts';

/** An application as the person at the terminal remembers it. */
export interface Taken {
  readonly id: string;
  readonly customerNumber: string;
  /** The number that was promised; null: nothing was. */
  receiptNumber: string | null;
  /** Digest of the body that was frozen with that promise. */
  digest: string | null;
  isWithdrawn: boolean;
  /** Damaged on this disk, so that the terminal can't send it. */
  isUnreadable: boolean;
  /** Queued by an earlier version's program. */
  readonly isOld: boolean;
  /** Central is to accept it as it is, sooner or later, and not to hold it first. */
  readonly isPlain: boolean;
  /** Bytes of each picture that goes with it. */
  readonly pictures: readonly number[];
}

const GRANT = 'grant-canary-7f3a';
const NAME = '山田花子カナリア';
const PICTURE = 'picture-canary-c41e';
/** Less than a part, and more than one. */
const PICTURE_BYTES = [400, 140_000] as const;
const CUSTOMERS = 3;
const NO_LIMIT = 1_073_741_823;

const FATES: readonly [readonly [number, Fate], ...(readonly [number, Fate])[]] = [
  [70, 'accept'],
  [6, 'hold-then-accept'],
  [4, 'hold-then-reject'],
  [4, 'unprocessable'],
  [3, 'bad-request'],
  [3, 'forbidden'],
  [2, 'not-found'],
  [3, 'too-large'],
  [3, 'conflict'],
  [3, 'poison'],
];

const rescueKey = createPublicKey(RESCUE_PUBLIC_PEM);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** One terminal with its disk, its line, its customers and its staff, across all its restarts. */
export class Shop {
  readonly taken: Taken[] = [];
  readonly line: Line = { state: 'good', mishaps: 0 };
  readonly logs: string[] = [];
  clockOffset: number;
  running: RunningTerminal;
  /** Writes may fail: an application may be refused, and nothing of it may be kept. */
  isDiskFull = false;
  private generation = 0;
  private armed: { label: StepLabel; left: number } | null = null;
  private readonly choices: Dice;
  private readonly jitter: Dice;
  private readonly luck: Dice;
  private readonly camera: Dice;

  constructor(
    readonly name: string,
    private readonly parts: {
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
    },
  ) {
    this.clockOffset = parts.clockOffset;
    this.choices = dice(parts.seed, `${name} customers`);
    this.jitter = dice(parts.seed, `${name} jitter`);
    this.luck = dice(parts.seed, `${name} network`);
    this.camera = dice(parts.seed, `${name} camera`);
    mkdirSync(this.dataDir(), { recursive: true });
    if (parts.old !== null) this.writeOld(parts.old);
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
    if (this.running.isAlive()) this.checkKept();
  }

  setDiskFull(isFull: boolean): void {
    if (!this.running.isAlive()) return;
    const { db } = this.running;
    // SQLite's own "disk full", at the next page that it needs.
    db.pragma(`max_page_count = ${isFull ? Number(db.pragma('page_count', { simple: true })) : NO_LIMIT}`);
    this.isDiskFull = isFull;
  }

  /** Someone applies. */
  apply(): void {
    const customer = this.choices.between(1, CUSTOMERS);
    const id = this.newId();
    if (this.running.isAlive()) this.submit(this.remember(id, this.customerNumber(customer), false));
  }

  /** Somebody who never applied here before, and whom central has nothing to say against. */
  applyAnew(): Taken {
    const taken = this.remember(this.newId(), this.customerNumber(CUSTOMERS + 1), false);
    this.parts.central.decide(taken.id, 'accept');
    this.submit(taken);
    return taken;
  }

  /** Also once more, with the same id, by a page that never had an answer. */
  submit(taken: Taken): void {
    const { world, findings } = this.parts;
    const { running, choices } = this;
    const { id } = taken;
    const isTwice = choices.chance(0.3);
    if (!running.isAlive() || !this.takePictures(taken)) return;
    const now = running.clock.now();
    let body = '';
    const plain = anApplication(RESCUE_PUBLIC_PEM, { applicationId: id, customerNumber: taken.customerNumber });
    const input = {
      ...plain,
      terminalCode: this.name,
      day: businessDate(now),
      capturedAt: now,
      grant: GRANT,
      freeze: (receiptNumber: string, replaces: string | null, captures: readonly string[]) => {
        body = plain.freeze(receiptNumber, replaces, captures);
        return body;
      },
    };
    const rowsBefore = this.rowCount();
    const result = running.outbox.enqueue(input);
    // The page never heard of it.
    if (!running.isAlive()) return;
    if (!result.ok) {
      findings.try(`enqueue refused: ${result.error.code}`);
      world.note(`${this.name} refused ${id} ${result.error.code}`);
      findings.check(
        'full_disk_refuses_before_ack',
        this.isDiskFull && result.error.code === 'disk-full' && this.rowCount() === rowsBefore,
        `${id} was refused (${result.error.code}) with ${this.rowCount() - rowsBefore} rows more`,
      );
      return;
    }
    world.note(`${this.name} promised ${id}`);
    taken.receiptNumber = result.value.receiptNumber;
    if (body !== '') taken.digest = digestOf(body);
    running.worker.wake();
    if (!isTwice) return;
    findings.try('enqueue repeated');
    const repeat = running.outbox.enqueue(input);
    const isSame = repeat.ok && repeat.value.receiptNumber === taken.receiptNumber;
    if (running.isAlive()) findings.check('acked_exactly_once_at_central', isSame, `${id} was promised twice`);
  }

  /** Before it is applied for. false: nobody can apply now. */
  private takePictures({ id, pictures }: Taken): boolean {
    const { running, parts } = this;
    for (const [at, bytes] of pictures.entries()) {
      const content = Buffer.alloc(bytes, `${PICTURE} ${at} of ${id} `);
      const picture = { mediaType: 'image/jpeg', content } as const;
      const kept = running.captures.keep({
        applicationId: id,
        picture,
        rescueKey: { id: 'rescue-1', publicKey: rescueKey },
      });
      if (!running.isAlive()) return false;
      parts.findings.try(kept.ok ? 'picture taken' : `picture refused: ${kept.error}`);
      if (!kept.ok) return false;
    }
    return true;
  }

  private remember(id: string, customerNumber: string, isOld: boolean): Taken {
    const fate = this.choices.weighted(FATES);
    const taken = {
      id,
      customerNumber,
      receiptNumber: null,
      digest: null,
      isWithdrawn: false,
      isUnreadable: false,
      isOld,
      isPlain: fate === 'accept' || fate === 'poison',
      pictures: isOld || !this.camera.chance(0.25) ? [] : [PICTURE_BYTES[0], this.camera.pick(PICTURE_BYTES)],
    };
    this.taken.push(taken);
    this.parts.central.decide(id, fate);
    this.parts.findings.try(`central's word: ${fate}`);
    return taken;
  }

  private customerNumber(customer: number): string {
    return `87${this.name.slice(1)}00000${customer}`;
  }

  private newId(): string {
    const random = Uint8Array.from({ length: 16 }, () => this.choices.between(0, 255));
    return uuidv7({ msecs: EPOCH + this.parts.world.now(), random, seq: this.choices.between(0, 0xff_ff) });
  }

  /** Staff take back one of those that wait, if it may be taken back. */
  withdraw(): void {
    const { running, choices } = this;
    const at = choices.random();
    if (!running.isAlive() || this.isDiskFull) return;
    const ids = running.outbox.waitingIds();
    const taken = this.taken.find(({ id }) => id === ids[Math.floor(at * ids.length)]);
    if (taken === undefined) return;
    const act = { at: running.clock.now(), staffNumber: '1001', kind: 'withdraw', detail: 'customer-wish' } as const;
    const isDone = running.outbox.withdraw(taken.id, { act, isCancelledAtCentral: false }).ok;
    this.parts.findings.try(isDone ? 'withdrawn by staff' : 'withdrawal refused: on its way');
    if (isDone) taken.isWithdrawn = true;
  }

  /** Bytes of one that waits rot on the disk. */
  damage(): void {
    const { running, choices } = this;
    const at = choices.random();
    if (!running.isAlive()) return;
    const ids = running.outbox.waitingIds();
    const taken = this.taken.find(({ id }) => id === ids[Math.floor(at * ids.length)]);
    if (taken === undefined || running.outbox.find(taken.id)?.state !== 'queued') return;
    running.db.prepare('update outbox set payload = ? where id = ?').run(Buffer.from('rotten'), taken.id);
    taken.isUnreadable = true;
    this.parts.findings.try('payload damaged');
  }

  /** Staff clear up what central sent back without having it. */
  retryHeld(): void {
    const { running } = this;
    if (!running.isAlive()) return;
    for (const { id, orderId } of running.outbox.heldEntries()) {
      if (orderId !== null) continue;
      this.parts.central.decide(id, 'accept');
      const act = { at: running.clock.now(), staffNumber: '1001', kind: 'retry', detail: null } as const;
      try {
        if (running.outbox.retry(id, act).ok) this.parts.findings.try('retried by staff');
      } catch (error) {
        // They are told that it did not work, and try again.
        if (!this.isDiskFull || !isDiskFailure(error)) throw error;
      }
      running.worker.wake();
    }
  }

  private rowCount(): number {
    return Number(this.running.db.prepare('select count(*) from outbox').pluck().get());
  }

  private writeOld({ migrations, applications }: { migrations: number; applications: number }): void {
    const { central, findings } = this.parts;
    const old: OldApplication[] = Array.from({ length: applications }, (_, at) => {
      const { id, customerNumber } = this.remember(this.newId(), this.customerNumber(at + 1), true);
      return {
        id,
        customerNumber,
        grant: GRANT,
        state: this.choices.pick(['queued', 'sending'] as const),
        body: (receiptNumber) =>
          anApplication(RESCUE_PUBLIC_PEM, { applicationId: id, customerNumber }).freeze(receiptNumber, null, []),
      };
    });
    const receipts = writeOldDatabase({
      dataDir: this.dataDir(),
      terminalCode: this.name,
      migrations,
      rescueKey,
      applications: old,
    });
    findings.try(`database of version ${migrations}`);
    receipts.forEach((receiptNumber, at) => {
      const [taken, one] = [this.taken[at], old[at]];
      if (taken === undefined || one === undefined) return;
      const body = one.body(receiptNumber);
      taken.receiptNumber = receiptNumber;
      taken.digest = digestOf(body);
      if (one.state === 'sending' && central.fateOf(one.id) === 'accept' && this.choices.chance(0.5)) {
        central.alreadyHas(one.id, body);
      }
    });
  }

  /** Everything that was promised is here, and only what central has may have lost its content. */
  checkKept(): void {
    const { findings, central } = this.parts;
    const { outbox } = this.running;
    for (const { id, receiptNumber, isOld, isWithdrawn, pictures } of this.taken) {
      if (receiptNumber === null) continue;
      const entry = outbox.find(id);
      const isKept = entry?.receiptNumber === receiptNumber;
      findings.check('acked_survives_kill', isKept, `${id} (${receiptNumber}) is not on ${this.name}`);
      if (isOld) findings.check('old_database_migrates_without_loss', isKept, `${id} is not on ${this.name}`);
      if (this.parts.world.now() > 86_400_000) findings.check('never_expires', isKept, `${id} is gone after days`);
      if (isWithdrawn) {
        findings.check(
          'never_withdrawn_and_booked',
          entry?.state === 'withdrawn',
          `${id} is ${entry?.state ?? 'gone'}`,
        );
      }
      const isWanted = entry?.state !== 'accepted' && entry?.state !== 'withdrawn';
      const there = this.running.captures.of(id).length;
      if (isWanted)
        findings.check('purge_only_after_acceptance', there === pictures.length, `${id} has ${there} pictures`);
      if (!this.isErased(id)) continue;
      const isAccepted = central.ordersOf(id).some(({ state }) => state === 'acknowledged');
      findings.check(
        'purge_only_after_acceptance',
        entry?.state === 'accepted' && isAccepted,
        `${id} was erased as ${entry?.state ?? 'nothing'}`,
      );
    }
  }

  /** Whether the number on the screen is the one in the database, once the screen had time to follow. */
  checkCount(): void {
    if (!this.running.isAlive()) return;
    const waiting = this.running.db
      .prepare<[], number>(`select count(*) from outbox where state in ('queued', 'sending')`)
      .pluck()
      .get();
    this.parts.findings.check(
      'count_shown_equals_database',
      this.running.shownWaiting() === waiting,
      `${this.name} shows ${this.running.shownWaiting()} of ${waiting ?? 0}`,
    );
  }

  isErased(id: string): boolean {
    const { db, captures } = this.running;
    const isGone = db.prepare('select payload is null from outbox where id = ?').pluck().get(id) === 1;
    return isGone && captures.of(id).length === 0;
  }

  checkNothingInTheClear(): void {
    const folders = readdirSync(this.parts.folder).filter((name) => name.startsWith(`${this.name}-`));
    const texts = folders
      .flatMap((name) => [name, join(name, CAPTURE_FOLDER)])
      .flatMap((name) => filesIn(join(this.parts.folder, name)).map((file) => join(name, file)))
      .filter((file) => !file.endsWith(TERMINAL_KEY_FILE))
      .map((file) => readFileSync(join(this.parts.folder, file)).toString('latin1'))
      .concat(this.logs);
    const names = [NAME, Buffer.from(NAME).toString('latin1')];
    for (const secret of [
      GRANT,
      PICTURE,
      ...names,
      ...new Set(this.taken.map(({ customerNumber }) => customerNumber)),
    ]) {
      const isClean = !texts.some((text) => text.includes(secret));
      this.parts.findings.check('no_plaintext_at_rest', isClean, `${secret} on ${this.name}`);
    }
  }
}

/** Those directly in it; none where there is no such folder. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? entry.name : []));
}
