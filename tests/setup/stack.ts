import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProgram } from '../../tools/build.mjs';
import { type Program, startProgram } from '../../tools/children.mjs';

export type PrinterFault = 'none' | 'paper-out' | 'cover-open';

export interface Receipt {
  readonly number: number;
  readonly text: string;
  /** The path of its picture, a PNG. */
  readonly picture: string;
}

/** Central with demo data, the virtual printer and a terminal, each a process of its own on a port of its own. */
export interface Stack {
  /** The terminal's address with the token of its present start. */
  readonly terminalUrl: string;
  readonly centralUrl: string;
  readonly terminalData: string;
  readonly centralData: string;
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
  /** SIGKILL. */
  killTerminal(): Promise<void>;
  /** On the port and data that it had; `terminalUrl` has a new token afterwards. */
  restartTerminal(): Promise<void>;
  /** Restarts the printer on the port that it had. */
  setPrinterFault(fault: PrinterFault): Promise<void>;
  /** Everything that the programs wrote to stderr, for a failure's report. */
  log(): string;
  close(): Promise<void>;
}

const FAULT_OPTIONS = { none: [], 'paper-out': ['--paper', 'out'], 'cover-open': ['--cover', 'open'] };

interface StackOptions {
  /** The business time that central and the terminal start from, ISO 8601 with offset; the machine's when missing. */
  readonly clock: string | undefined;
  /** A folder that central has prepared before, to start from a copy of it. */
  readonly centralTemplate: string | undefined;
}

export async function startStack({ clock, centralTemplate }: StackOptions): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-e2e-'));
  const centralData = join(folder, 'central');
  const terminalData = join(folder, 'terminal');
  const receiptFolder = join(folder, 'receipts');
  await mkdir(receiptFolder);
  if (centralTemplate !== undefined) await cp(centralTemplate, centralData, { recursive: true });
  const lines: string[] = [];
  const started = new Set<Program>();
  const clockOptions = clock === undefined ? [] : ['--clock', clock];

  const start = async (
    name: 'central' | 'terminal' | 'virtual-printer',
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ) => {
    const log = (line: string) => lines.push(`${name} | ${line}`);
    const program = startProgram({ name, file: builtProgram(name), args, env, log });
    started.add(program);
    return { program, address: await program.ready };
  };
  const startCentral = (port: string, catalogFile?: string) =>
    start(
      'central',
      ['--port', port, '--data', centralData, '--demo', ...clockOptions],
      catalogFile === undefined ? {} : { CATALOG_FILE: catalogFile },
    );
  const startPrinter = (port: string, fault: PrinterFault) =>
    start('virtual-printer', ['--port', port, '--out', receiptFolder, ...FAULT_OPTIONS[fault]]);
  const startTerminal = (port: string, centralUrl: string, printerUrl: string) =>
    start('terminal', [
      ...['--port', port, '--central', centralUrl, '--data', terminalData],
      ...['--printer', `tcp://${new URL(printerUrl).host}`, '--mode', 'self-service', '--no-window', ...clockOptions],
    ]);
  const close = async () => {
    await Promise.all([...started].map((program) => program.stop()));
    await rm(folder, { recursive: true, force: true });
  };

  try {
    let [central, printer] = await Promise.all([startCentral('0'), startPrinter('0', 'none')]);
    let terminal = await startTerminal('0', central.address, printer.address);
    return {
      get terminalUrl() {
        return terminal.address;
      },
      get centralUrl() {
        return central.address;
      },
      terminalData,
      centralData,
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
      killTerminal: async () => {
        await terminal.program.kill();
      },
      restartTerminal: async () => {
        await terminal.program.stop();
        terminal = await startTerminal(new URL(terminal.address).port, central.address, printer.address);
      },
      setPrinterFault: async (fault) => {
        await printer.program.stop();
        printer = await startPrinter(new URL(printer.address).port, fault);
      },
      log: () => lines.join('\n'),
      close,
    };
  } catch (error) {
    await close();
    throw new Error(`the stack didn't start:\n${lines.join('\n')}`, { cause: error });
  }
}

function signalTo(program: Program, signal: NodeJS.Signals): void {
  if (program.pid === undefined) throw new Error(`${program.name} never ran`);
  process.kill(program.pid, signal);
}

/** Lets central make its demo data once; the folder is copied for each stack, which saves each some seconds. */
export async function prepareCentral(): Promise<string> {
  const data = join(await mkdtemp(join(tmpdir(), 'madoguchi-e2e-central-')), 'central');
  const args = ['--port', '0', '--data', data, '--demo'];
  const program = startProgram({ name: 'central', file: builtProgram('central'), args, log: () => undefined });
  try {
    await program.ready;
  } finally {
    await program.stop();
  }
  return data;
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
