import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Slip } from '../../../shared/slips/slip.ts';
import { createVirtualPrinter } from '../../../tools/virtual-printer/virtual-printer.ts';
import type { VirtualPrinter } from '../../../tools/virtual-printer/virtual-printer.ts';
import { createEscPosPrinter, type PrinterTimings } from './escpos-printer.ts';
import { linkTo } from './printer-link.ts';
import type { SlipPrinter } from './slip-printer.ts';
import { drawHere } from '../testing/draw-here.ts';

/** Where nothing is silent, no wait may end before a busy machine has answered. */
const PATIENT: PrinterTimings = { connect: 5_000, reply: 5_000, job: 20_000, poll: 10 };
/** Where silence is what is tried. */
const HURRIED: PrinterTimings = { connect: 5_000, reply: 300, job: 1_000, poll: 10 };
const STATUS_BYTES = 12;
/** Long enough for several chunks. */
const SLIP: Slip = {
  blocks: [
    { kind: 'title', text: 'お申込み控え' },
    ...Array.from(
      { length: 8 },
      (_, at) => ({ kind: 'text', text: `髙橋 﨑本 𠮷田 様のお申込みの控えです ${at}` }) as const,
    ),
    { kind: 'text', text: 'おわり' },
  ],
};

let paper: VirtualPrinter;
let printer: SlipPrinter;
const printerAt = (port: number, timings = PATIENT): SlipPrinter =>
  createEscPosPrinter({
    open: linkTo({ kind: 'tcp', host: '127.0.0.1', port }),
    draw: drawHere,
    columns: 48,
    timings,
  });
const hurry = (): void => {
  printer = printerAt(paper.port, HURRIED);
};

beforeEach(async () => {
  const created = await createVirtualPrinter({ port: 0, columns: 48, out: null, log: () => undefined });
  if (!created.ok) throw new Error(created.error);
  paper = created.value;
  printer = printerAt(paper.port);
});
afterEach(() => paper.close());

const print = () => printer.print(SLIP, 'ja');

describe('before anything is sent', () => {
  test('a printer that is well prints once', async () => {
    expect(await print()).toEqual({ kind: 'printed' });
    expect(paper.receipts).toHaveLength(1);
    expect(paper.receipts[0]?.text).toContain('おわり');
    expect(paper.errors).toEqual([]);
  });

  test('paper out and cover open refuse the job, and a later one prints', async () => {
    paper.setPaper('out');
    expect(await print()).toEqual({ kind: 'refused', reason: 'paper-out' });
    paper.setCover('open');
    expect(await print()).toEqual({ kind: 'refused', reason: 'cover-open' });
    paper.setPaper('ok');
    paper.setCover('closed');
    expect(paper.receipts).toHaveLength(0);
    expect(await print()).toEqual({ kind: 'printed' });
    expect(paper.receipts).toHaveLength(1);
  });

  test('nobody at the address: refused', async () => {
    await paper.close();
    expect(await print()).toEqual({ kind: 'refused', reason: 'offline' });
    expect(await printer.status()).toBe('offline');
  });

  test.each([0, 1, 3, 6, 9])('the link drops after %i bytes of the status requests: refused', async (afterBytes) => {
    paper.setFault({ kind: 'drop', afterBytes });
    expect(await print()).toEqual({ kind: 'refused', reason: 'offline' });
  });

  test('one that has answered before and is silent now: refused, and nothing comes out later', async () => {
    hurry();
    expect(await printer.status()).toBe('ready');
    paper.setFault({ kind: 'mute' });
    expect(await print()).toEqual({ kind: 'refused', reason: 'offline' });
    expect(paper.receipts).toHaveLength(0);
    expect(await printer.status()).toBe('offline');
  });

  test('silent after the first answer: refused', async () => {
    hurry();
    paper.setFault({ kind: 'hang', afterBytes: 5 });
    expect(await print()).toEqual({ kind: 'refused', reason: 'offline' });
  });
});

describe('while it prints', () => {
  const somewhere = [1, 40, 2000, 2600, 5000, 9000];

  test.each(somewhere)('the link drops %i bytes into the job: nobody knows', async (bytes) => {
    paper.setFault({ kind: 'drop', afterBytes: STATUS_BYTES + bytes });
    expect(await print()).toEqual({ kind: 'unknown' });
  });

  test.each(somewhere)('it hangs %i bytes into the job: nobody knows, and the deadline holds', async (bytes) => {
    hurry();
    paper.setFault({ kind: 'hang', afterBytes: STATUS_BYTES + bytes });
    const start = performance.now();
    expect(await print()).toEqual({ kind: 'unknown' });
    expect(performance.now() - start).toBeLessThan(HURRIED.job + 1_000);
  });

  test.each(somewhere)('the paper ends %i bytes into the job: failed, with what the printer said', async (bytes) => {
    paper.setFault({ kind: 'paper-out', afterBytes: STATUS_BYTES + bytes });
    expect(await print()).toEqual({ kind: 'failed', reason: 'paper-out' });
    expect(paper.receipts).toHaveLength(0);
  });

  test('the cover is opened: failed', async () => {
    paper.setFault({ kind: 'cover-open', afterBytes: STATUS_BYTES + 3000 });
    expect(await print()).toEqual({ kind: 'failed', reason: 'cover-open' });
    expect(await printer.status()).toBe('cover-open');
  });

  test.each(['hang', 'drop'] as const)(
    'all of it was printed, but then %s before the mark is answered: unknown',
    async (kind) => {
      if (kind === 'hang') hurry();
      paper.setFault({ kind, afterBytes: 'cut' });
      expect(await print()).toEqual({ kind: 'unknown' });
      paper.setFault(null);
      // Jobs are queued: had there been a second attempt, it would have come before this answer.
      expect(await printer.status()).toBe('ready');
      expect(paper.receipts).toHaveLength(1);
    },
  );

  test('jobs come out one after the other, whole', async () => {
    const outcomes = await Promise.all([print(), printer.status(), print(), print()]);
    expect(outcomes).toEqual([{ kind: 'printed' }, 'ready', { kind: 'printed' }, { kind: 'printed' }]);
    const [first, ...others] = paper.receipts.map((receipt) => receipt.text);
    expect(others).toEqual([first, first]);
  });
});

describe('a printer that never answers', () => {
  test('takes the bytes: no status, and it is on paper', async () => {
    hurry();
    paper.setFault({ kind: 'mute' });
    expect(await printer.status()).toBe('unknown');
    expect(await print()).toEqual({ kind: 'no-status' });
    expect(paper.receipts).toHaveLength(1);
  });

  test('and whose link drops: nobody knows', async () => {
    const server = await listen((socket) => {
      let received = 0;
      socket.on('data', (bytes) => {
        received += bytes.length;
        if (received > 3000) socket.resetAndDestroy();
      });
    });
    expect(await printerAt(server.port, HURRIED).print(SLIP, 'ja')).toEqual({ kind: 'unknown' });
    await server.close();
  });

  test('a file that only takes bytes, as a device without a way back does', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'printer-'));
    const path = join(folder, 'lp0');
    writeFileSync(path, '');
    const device = createEscPosPrinter({
      open: linkTo({ kind: 'device', path }),
      draw: drawHere,
      columns: 48,
      timings: HURRIED,
    });
    expect(await device.print(SLIP, 'ja')).toEqual({ kind: 'no-status' });
    expect(readFileSync(path).includes(Buffer.from([0x1d, 0x56, 0x01]))).toBe(true);
    const missing = createEscPosPrinter({
      open: linkTo({ kind: 'device', path: join(folder, 'none') }),
      draw: drawHere,
      columns: 48,
      timings: HURRIED,
    });
    expect(await missing.print(SLIP, 'ja')).toEqual({ kind: 'refused', reason: 'offline' });
    rmSync(folder, { recursive: true });
  });
});

describe('what the answers say', () => {
  /** Answers DLE EOT 1-4 with the given bytes, and nothing else. */
  const answering = (replies: readonly [number, number, number, number]) =>
    listen((socket) => {
      socket.on('data', (bytes) => {
        for (let at = 0; at + 2 < bytes.length; at += 1) {
          const reply = replies[(bytes[at + 2] ?? 0) - 1];
          if (bytes[at] === 0x10 && bytes[at + 1] === 0x04 && reply !== undefined) socket.write(Buffer.from([reply]));
        }
      });
    });

  test.each([
    ['ready', [0x12, 0x12, 0x12, 0x12]],
    ['paper-low', [0x12, 0x12, 0x12, 0x1e]],
    ['paper-out', [0x1a, 0x32, 0x12, 0x7e]],
    ['cover-open', [0x1a, 0x16, 0x12, 0x12]],
    ['error', [0x1a, 0x52, 0x1a, 0x12]],
    ['offline', [0x1a, 0x12, 0x12, 0x12]],
  ] as const)('%s', async (status, replies) => {
    const server = await answering(replies);
    expect(await printerAt(server.port).status()).toBe(status);
    await server.close();
  });

  test('a stray zero byte before the mark is sent does not mean printed', async () => {
    const server = await listen((socket) => {
      socket.on('data', (bytes) => {
        if (bytes.includes(Buffer.from([0x1d, 0x72, 0x01]))) return socket.destroy();
        const questions = bytes.toString('latin1').split('\u0010\u0004').length - 1;
        for (let at = 0; at < questions; at += 1) socket.write(Buffer.from([0x00, 0x12]));
        return undefined;
      });
    });
    expect(await printerAt(server.port).print(SLIP, 'ja')).toEqual({ kind: 'unknown' });
    await server.close();
  });
});

async function listen(serve: (socket: Socket) => void): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.add(socket);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
