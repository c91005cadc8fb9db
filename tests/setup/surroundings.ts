import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProgram } from '../../tools/build.mjs';
import { type Program, startProgram } from '../../tools/children.mjs';
import { createDatabase } from './postgres.ts';
import { postgresOfRun } from './playwright.ts';

export type PrinterFault = 'none' | 'paper-out' | 'cover-open';

export interface Receipt {
  readonly number: number;
  readonly text: string;
  /** The path of its picture, a PNG. */
  readonly picture: string;
}

/** What a terminal works with: central with demo data and the virtual printer, each a process on a port of its own. */
export interface Surroundings {
  readonly centralUrl: string;
  readonly centralData: string;
  /** `postgres://…` */
  readonly databaseUrl: string;
  /** What the programs take for the system's folder of temporary files. */
  readonly temporary: string;
  /** As `--printer` takes it. */
  readonly printerUrl: string;
  /** A folder for the terminal; it goes with the surroundings. */
  readonly terminalData: string;
  /** What was cut off so far, oldest first. */
  receipts(): Promise<readonly Receipt[]>;
  stopCentral(): Promise<void>;
  /** SIGKILL. */
  killCentral(): Promise<void>;
  /** SIGSTOP: it takes connections and never answers. */
  hangCentral(): void;
  /** SIGCONT. */
  resumeCentral(): void;
  /** On the port that it had; `catalogFile` in place of the shipped catalog. */
  startCentral(catalogFile?: string): Promise<void>;
  /** Restarts the printer on the port that it had. */
  setPrinterFault(fault: PrinterFault): Promise<void>;
  /** Another program, ended and logged with these. */
  start(name: BuiltProgram, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Started>;
  /** Everything that the programs wrote to stderr, for a failure's report. */
  log(): string;
  close(): Promise<void>;
}

type BuiltProgram = Parameters<typeof builtProgram>[0];

export interface Started {
  readonly program: Program;
  readonly address: string;
}

const FAULT_OPTIONS = { none: [], 'paper-out': ['--paper', 'out'], 'cover-open': ['--cover', 'open'] };

export interface SurroundingsOptions {
  /** The business time that central starts from, ISO 8601 with offset; the machine's when missing. */
  readonly clock: string | undefined;
  /** What a central has prepared before, to start from a copy of it. */
  readonly centralTemplate: CentralTemplate | undefined;
}

/** A central's folder and database with the demo data in them; no central runs on them. */
export interface CentralTemplate {
  readonly folder: string;
  readonly databaseUrl: string;
}

export const clockOptions = (clock: string | undefined): readonly string[] =>
  clock === undefined ? [] : ['--clock', clock];

export async function startSurroundings({ clock, centralTemplate }: SurroundingsOptions): Promise<Surroundings> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-e2e-'));
  const centralData = join(folder, 'central');
  const receiptFolder = join(folder, 'receipts');
  const temporary = join(folder, 'temporary');
  await Promise.all([mkdir(receiptFolder), mkdir(temporary)]);
  if (centralTemplate !== undefined) await cp(centralTemplate.folder, centralData, { recursive: true });
  const databaseUrl = await createDatabase(postgresOfRun(), 'stack', centralTemplate?.databaseUrl ?? null);
  const lines: string[] = [];
  const started = new Set<Program>();

  const start: Surroundings['start'] = async (name, args, env = {}) => {
    const log = (line: string) => lines.push(`${name} | ${line}`);
    const program = startProgram({ name, file: builtProgram(name), args, env: { TMPDIR: temporary, ...env }, log });
    started.add(program);
    return { program, address: await program.ready };
  };
  const startCentral = (port: string, catalogFile?: string) =>
    start('central', ['--port', port, '--data', centralData, '--demo', ...clockOptions(clock)], {
      DATABASE_URL: databaseUrl,
      ...(catalogFile === undefined ? {} : { CATALOG_FILE: catalogFile }),
    });
  const startPrinter = (port: string, fault: PrinterFault) =>
    start('virtual-printer', ['--port', port, '--out', receiptFolder, ...FAULT_OPTIONS[fault]]);
  const close = async () => {
    await Promise.all([...started].map((program) => program.stop()));
    await rm(folder, { recursive: true, force: true });
  };

  try {
    let [central, printer] = await Promise.all([startCentral('0'), startPrinter('0', 'none')]);
    return {
      centralUrl: central.address,
      centralData,
      databaseUrl,
      temporary,
      printerUrl: `tcp://${new URL(printer.address).host}`,
      terminalData: join(folder, 'terminal'),
      receipts: () => readReceipts(receiptFolder),
      stopCentral: async () => {
        await central.program.stop();
      },
      killCentral: async () => {
        await central.program.kill();
      },
      hangCentral: () => {
        signalTo(central.program, 'SIGSTOP');
      },
      resumeCentral: () => {
        signalTo(central.program, 'SIGCONT');
      },
      startCentral: async (catalogFile) => {
        central = await startCentral(new URL(central.address).port, catalogFile);
      },
      setPrinterFault: async (fault) => {
        await printer.program.stop();
        printer = await startPrinter(new URL(printer.address).port, fault);
      },
      start,
      log: () => lines.join('\n'),
      close,
    };
  } catch (error) {
    await close();
    throw new Error(`the surroundings didn't start:\n${lines.join('\n')}`, { cause: error });
  }
}

function signalTo(program: Program, signal: NodeJS.Signals): void {
  if (program.pid === undefined) throw new Error(`${program.name} never ran`);
  process.kill(program.pid, signal);
}

/** Lets a central make its demo data once; copying them saves each stack some seconds. */
export async function withCentralTemplate(use: (template: CentralTemplate) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-e2e-central-'));
  try {
    const databaseUrl = await createDatabase(postgresOfRun(), 'template', null);
    const args = ['--port', '0', '--data', folder, '--demo'];
    const env = { DATABASE_URL: databaseUrl };
    const program = startProgram({ name: 'central', file: builtProgram('central'), args, env, log: () => undefined });
    try {
      await program.ready;
    } finally {
      await program.stop();
    }
    await use({ folder, databaseUrl });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReceipts(folder: string): Promise<readonly Receipt[]> {
  const names = (await readdir(folder)).filter((name) => /^\d+\.txt$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      number: Number.parseInt(name, 10),
      text: await readFile(join(folder, name), 'utf8'),
      picture: join(folder, name.replace(/txt$/, 'png')),
    })),
  );
}
