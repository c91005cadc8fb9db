import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { err, ok } from '../../shared/domain/result.ts';
import type { Result } from '../../shared/domain/result.ts';
import { readCommand } from './commands.ts';
import type { Command } from './commands.ts';
import { Interpreter, UnknownParameters } from './interpreter.ts';
import type { Printed, Receipt } from './paper.ts';
import { openReceiptFiles } from './receipt-files.ts';
import type { ReceiptFiles } from './receipt-files.ts';
import { receiptPicture } from './receipt-picture.ts';
import { receiptText } from './receipt-text.ts';

export type Paper = 'ok' | 'low' | 'out';
export type Cover = 'closed' | 'open';
/**
 * Trouble that comes when a connection has brought that many bytes, status requests included (0: with the first
 * one), or right after a cut. `hang` reads and answers nothing any more; `mute` prints and never answers.
 */
export type Fault =
  | { readonly kind: 'mute' }
  | { readonly kind: 'paper-out' | 'cover-open'; readonly afterBytes: number }
  | { readonly kind: 'hang' | 'drop'; readonly afterBytes: number | 'cut' };

export interface VirtualPrinterOptions {
  /** 0: any free one. */
  readonly port: number;
  /** 48 for 80 mm, 32 for 58 mm. */
  readonly columns: 48 | 32;
  /** Where receipts are written; null: nowhere, they are only kept. */
  readonly out: string | null;
  /** One line each. */
  readonly log: (line: string) => void;
}

export interface VirtualPrinter {
  readonly port: number;
  /** `tcp://127.0.0.1:PORT` */
  readonly address: string;
  readonly receipts: readonly Receipt[];
  /** What it could not read, in words. The connection that brought it was cut. */
  readonly errors: readonly string[];
  /** What lies on the paper that hasn't been cut yet. */
  readonly uncut: () => string;
  setPaper(paper: Paper): void;
  setCover(cover: Cover): void;
  setFault(fault: Fault | null): void;
  close(): Promise<void>;
}

export async function createVirtualPrinter(
  options: VirtualPrinterOptions,
): Promise<Result<VirtualPrinter, 'port-taken' | 'out-not-writable'>> {
  const files = options.out === null ? null : openReceiptFiles(options.out);
  if (files?.ok === false) return files;
  const machine = new Machine(options, files?.value ?? null);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    machine.serve(socket);
  });
  const port = await new Promise<number | null>((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : null);
    });
  });
  if (port === null) return err('port-taken');
  return ok({
    port,
    address: `tcp://127.0.0.1:${port}`,
    receipts: machine.receipts,
    errors: machine.errors,
    uncut: () => machine.uncut(),
    setPaper: (paper) => machine.change({ paper }),
    setCover: (cover) => machine.change({ cover }),
    setFault: (fault) => machine.change({ fault }),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
}

class Machine {
  readonly receipts: Receipt[] = [];
  readonly errors: string[] = [];
  readonly #options: VirtualPrinterOptions;
  readonly #files: ReceiptFiles | null;
  readonly #interpreter: Interpreter;
  #state: { paper: Paper; cover: Cover; fault: Fault | null } = { paper: 'ok', cover: 'closed', fault: null };
  /** Taken in and not yet obeyed: the receive buffer of a printer that is offline. */
  #waiting: { readonly command: Command; readonly socket: Socket }[] = [];
  #bytes: Buffer[] = [];

  constructor(options: VirtualPrinterOptions, files: ReceiptFiles | null) {
    this.#options = options;
    this.#files = files;
    this.#interpreter = new Interpreter(options.columns);
  }

  change(change: Partial<{ paper: Paper; cover: Cover; fault: Fault | null }>): void {
    this.#state = { ...this.#state, ...change };
    this.#work();
  }

  uncut(): string {
    return receiptText(this.#interpreter.printed, this.#options.columns);
  }

  serve(socket: Socket): void {
    let input = Buffer.alloc(0);
    let received = 0;
    let dead = false;
    const strike = (kind: 'hang' | 'drop'): void => {
      dead = true;
      if (kind === 'drop') socket.resetAndDestroy();
      else socket.pause();
    };
    const take = (bytes: Buffer): void => {
      received += bytes.length;
      input = Buffer.concat([input, bytes]);
      while (!dead && !socket.destroyed) {
        const reading = readCommand(input);
        if (reading.kind === 'incomplete') return;
        if (reading.kind === 'unknown') {
          dead = true;
          this.#reject(`unknown command ${reading.bytes.toString('hex')}`, socket);
          return;
        }
        input = input.subarray(reading.command.bytes.length);
        this.#receive(reading.command, socket);
        const { fault } = this.#state;
        const strikes = fault?.kind === 'hang' || fault?.kind === 'drop';
        if (strikes && fault.afterBytes === 'cut' && reading.command.name === 'GS V') strike(fault.kind);
      }
    };
    socket.setNoDelay(true);
    socket.on('error', (error) => this.#options.log(`link: ${error.message}`));
    socket.on('data', (bytes) => {
      const { fault } = this.#state;
      if (dead) return;
      if (fault === null || fault.kind === 'mute' || fault.afterBytes === 'cut') return take(bytes);
      const left = Math.max(0, fault.afterBytes - received);
      if (bytes.length < left) return take(bytes);
      take(bytes.subarray(0, left));
      this.#options.log(`fault: ${fault.kind}`);
      switch (fault.kind) {
        case 'drop':
        case 'hang':
          return strike(fault.kind);
        case 'paper-out':
          this.change({ paper: 'out', fault: null });
          break;
        case 'cover-open':
          this.change({ cover: 'open', fault: null });
      }
      take(bytes.subarray(left));
    });
  }

  #receive(command: Command, socket: Socket): void {
    if (command.name === 'DLE EOT') return this.#answerStatus(command.parameters[0] ?? 0, socket);
    this.#waiting.push({ command, socket });
    this.#work();
  }

  get #isOnline(): boolean {
    return this.#state.paper !== 'out' && this.#state.cover === 'closed';
  }

  #work(): void {
    while (this.#isOnline) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const { command, socket } = next;
      try {
        if (command.name === 'GS r') this.#answerMark(command, socket);
        else this.#print(command);
      } catch (error) {
        if (!(error instanceof UnknownParameters)) throw error;
        this.#waiting = this.#waiting.filter((waiting) => waiting.socket !== socket);
        this.#reject(error.message, socket);
      }
    }
  }

  #print(command: Command): void {
    this.#bytes.push(command.bytes);
    const printed = this.#interpreter.obey(command);
    if (printed !== null) this.#cut(printed);
  }

  #cut(printed: readonly Printed[]): void {
    const { columns, log } = this.#options;
    const number = this.#nextNumber();
    const text = receiptText(printed, columns);
    this.receipts.push({ number, text, printed, bytes: Buffer.concat(this.#bytes) });
    this.#bytes = [];
    this.#files?.write(number, text, receiptPicture(printed, columns));
    log(`receipt ${number}`);
  }

  #reject(reason: string, socket: Socket): void {
    this.#options.log(`ERROR: ${reason}`);
    this.errors.push(reason);
    this.#files?.writeError(this.#nextNumber(), reason);
    socket.destroy();
  }

  #nextNumber(): number {
    return this.#files?.nextNumber() ?? this.receipts.length + 1;
  }

  #answerMark(command: Command, socket: Socket): void {
    if (command.parameters[0] !== 1) throw new UnknownParameters(`GS r ${command.parameters[0]}`);
    this.#answer(this.#state.paper === 'low' ? 0x03 : 0x00, socket);
  }

  #answerStatus(question: number, socket: Socket): void {
    const { paper, cover } = this.#state;
    switch (question) {
      case 1:
        return this.#answer(0x12 | (this.#isOnline ? 0 : 0x08), socket);
      case 2:
        return this.#answer(0x12 | (cover === 'open' ? 0x04 : 0) | (paper === 'out' ? 0x20 : 0), socket);
      case 3:
        return this.#answer(0x12, socket);
      case 4:
        return this.#answer(0x12 | (paper === 'out' ? 0x6c : paper === 'low' ? 0x0c : 0), socket);
      default:
        return this.#reject(`DLE EOT ${question}`, socket);
    }
  }

  #answer(byte: number, socket: Socket): void {
    if (this.#state.fault?.kind !== 'mute' && socket.writable) socket.write(Buffer.from([byte]));
  }
}
