import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVirtualPrinter } from './virtual-printer.ts';
import type { VirtualPrinter } from './virtual-printer.ts';
import { eventually } from '../../tests/setup/eventually.ts';

let folder: string;
let printer: VirtualPrinter;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'receipts-'));
  printer = await start();
});
afterEach(async () => {
  await printer.close();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<VirtualPrinter> {
  const created = await createVirtualPrinter({ port: 0, columns: 48, out: folder, log: () => undefined });
  if (!created.ok) throw new Error(created.error);
  return created.value;
}

const HEAD = Buffer.from('1b401c43011b52081b74011c26', 'hex');
const CUT = Buffer.from('1d5600', 'hex');
const kanji = (text: string): Buffer => iconv.encode(text, 'cp932');
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

async function send(...parts: Buffer[]): Promise<void> {
  const socket = createConnection(printer.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  // Byte for byte apart, so that no command may rely on arriving in one piece.
  for (const byte of Buffer.concat(parts)) socket.write(Buffer.from([byte]));
  socket.end();
}

async function receiptOf(...parts: Buffer[]): Promise<string> {
  const before = printer.receipts.length;
  await send(HEAD, ...parts, CUT);
  await eventually(() => expect(printer.receipts.length).toBe(before + 1));
  return printer.receipts[before]?.text ?? '';
}

describe('what it reads', () => {
  test('kanji, half-width kana and the yen sign', async () => {
    expect(await receiptOf(kanji('日本ｶﾅ \\100\n'))).toBe('日本ｶﾅ ¥100\n');
  });

  test('underlined and reversed text, alignment', async () => {
    expect(await receiptOf(hex('1c2d01'), kanji('髪\n'), hex('1c2d00 1d4201'), kanji('仮\n'))).toBe(
      '[underline]髪[/underline]\n[reversed]仮[/reversed]\n',
    );
    expect(await receiptOf(hex('1b6102'), kanji('右\n'))).toBe(`${' '.repeat(46)}右\n`);
  });

  test('pictures by size and QR codes by payload', async () => {
    const image = hex('1d7630 00 0100 0200 ff00');
    const qr = hex('1d286b0400314132 00 1d286b0500 315030 6869 1d286b0300315130');
    expect(await receiptOf(image, qr)).toBe('[image 8x2]\n[QR hi]\n');
  });

  test('a line that is too wide goes on in the next, as on paper', async () => {
    expect(await receiptOf(kanji(`${'あ'.repeat(25)}\n`))).toBe(`${'あ'.repeat(24)}\nあ\n`);
  });
});

describe('what it writes', () => {
  test('a text and a picture of 80 mm for each receipt, numbered after what is there', async () => {
    await receiptOf(kanji('一\n'));
    await printer.close();
    printer = await start();
    await receiptOf(kanji('二\n'));
    expect(readdirSync(folder).sort()).toEqual(['001.png', '001.txt', '002.png', '002.txt']);
    expect(readFileSync(join(folder, '002.txt'), 'utf8')).toBe('二\n');
    expect((await loadImage(join(folder, '002.png'))).width).toBe(640);
  });

  test.each([
    ['an unknown command', hex('1b7a01')],
    ['an unknown parameter', hex('1b5205')],
    ['a control byte', hex('07')],
    ['half a kanji', hex('8141 820a')],
    ['kanji without kanji mode', hex('1c2e 93fa 0a')],
  ])('%s is an error, on file and in its own words', async (_, bytes) => {
    await send(HEAD, bytes, CUT);
    await eventually(() => expect(printer.errors).toHaveLength(1));
    expect(readFileSync(join(folder, '001.ERROR.txt'), 'utf8')).toBe(`${printer.errors[0]}\n`);
    expect(printer.receipts).toHaveLength(0);
  });
});

describe('what it answers', () => {
  async function ask(...questions: number[]): Promise<number[]> {
    const socket = createConnection(printer.port, '127.0.0.1');
    const answers: number[] = [];
    socket.on('data', (bytes) => answers.push(...bytes));
    await once(socket, 'connect');
    for (const question of questions) socket.write(Buffer.from([0x10, 0x04, question]));
    await eventually(() => expect(answers).toHaveLength(questions.length));
    socket.destroy();
    return answers;
  }

  test('well, out of paper, low, and open, also while it is offline', async () => {
    expect(await ask(1, 2, 3, 4)).toEqual([0x12, 0x12, 0x12, 0x12]);
    printer.setPaper('low');
    expect(await ask(1, 4)).toEqual([0x12, 0x1e]);
    printer.setPaper('out');
    expect(await ask(1, 2, 4)).toEqual([0x1a, 0x32, 0x7e]);
    printer.setPaper('ok');
    printer.setCover('open');
    expect(await ask(1, 2, 4)).toEqual([0x1a, 0x16, 0x12]);
  });

  test('what came while it had no paper is printed when it has some again: the danger a job must know of', async () => {
    printer.setPaper('out');
    await send(HEAD, kanji('暗証\n'), CUT);
    expect(await ask(2)).toEqual([0x32]);
    expect(printer.receipts).toHaveLength(0);
    await eventually(() => {
      printer.setPaper('ok');
      expect(printer.receipts).toHaveLength(1);
    });
  });
});

test('a folder that is a file, and a port that is taken', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const log = (): void => undefined;
  expect(await createVirtualPrinter({ port: 0, columns: 48, out: file, log })).toEqual({
    ok: false,
    error: 'out-not-writable',
  });
  expect(await createVirtualPrinter({ port: printer.port, columns: 48, out: null, log })).toEqual({
    ok: false,
    error: 'port-taken',
  });
});
