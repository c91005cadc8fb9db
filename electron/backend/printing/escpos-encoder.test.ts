import { createConnection } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { afterEach, expect, test } from 'vitest';
import { LANGUAGES } from '../../../shared/domain/language.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { SlipBlock } from '../../../shared/slips/slip.ts';
import { readCommand } from '../../../tools/virtual-printer/commands.ts';
import type { Command } from '../../../tools/virtual-printer/commands.ts';
import { createVirtualPrinter } from '../../../tools/virtual-printer/virtual-printer.ts';
import type { VirtualPrinter } from '../../../tools/virtual-printer/virtual-printer.ts';
import { encodeSlip } from './escpos-encoder.ts';
import { layOut } from './slip-layout.ts';
import { columnsOf } from './printer-text.ts';
import { eventually } from '../../../tests/setup/eventually.ts';

const printers: VirtualPrinter[] = [];
afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.close()));
});

const encoded = (block: SlipBlock, language: Language = 'ja', columns = 48): Buffer =>
  Buffer.concat(encodeSlip({ blocks: [block] }, columns, language));
const text = (value: string): SlipBlock => ({ kind: 'text', text: value });

function commandsOf(bytes: Buffer): Command[] {
  const commands: Command[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const reading = readCommand(rest);
    if (reading.kind !== 'command') throw new Error(`${reading.kind} at ${rest.subarray(0, 8).toString('hex')}`);
    commands.push(reading.command);
    rest = rest.subarray(reading.command.bytes.length);
  }
  return commands;
}

async function printed(bytes: Buffer, columns: 48 | 32 = 48): Promise<string> {
  const printer = await createVirtualPrinter({ port: 0, columns, out: null, log: () => undefined });
  if (!printer.ok) throw new Error(printer.error);
  printers.push(printer.value);
  const socket = createConnection(printer.value.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.end(bytes);
  await eventually(() => expect(printer.value.receipts.length + printer.value.errors.length).toBe(1));
  expect(printer.value.errors).toEqual([]);
  return printer.value.receipts[0]?.text ?? '';
}

test('sets the printer up for Shift_JIS, prints, feeds, cuts, and leaves it as after switching on', () => {
  expect(encoded(text('日')).toString('hex')).toBe(
    ['1b40', '1c4301', '1b5208', '1b7401', '1c26', '1b3322', '1d2100', '93fa', '0a', '1b6404', '1d5601', '1b40'].join(
      '',
    ),
  );
});

test('a line with one letter that the printer may lack is drawn as a whole; the others stay text', () => {
  const names = commandsOf(encoded(text('髙橋 太郎\n山田 花子'))).map((command) => command.name);
  expect(names.filter((name) => name === 'GS v 0' || name === 'text')).toEqual(['GS v 0', 'text']);
});

test.each(['髙橋', '﨑本', '𠮷田', '①㈱', '办理电话', '접수번호', '\u001b@', '😀', '\ue000', 'ก'])(
  '%j is drawn with ink',
  (value) => {
    const image = commandsOf(encoded(text(value))).find((command) => command.name === 'GS v 0');
    const dots =
      image?.bytes.subarray(8).reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0) ?? 0;
    expect(dots).toBeGreaterThan(20);
  },
);

test('Chinese and Korean lines are one type throughout, but numbers stay text', async () => {
  const row: SlipBlock = { kind: 'row', label: '月费', value: '1,870日元', strong: false };
  expect(await printed(encoded(row, 'zh'))).toBe('[image 576x34]\n');
  expect(await printed(encoded({ kind: 'number', label: '접수번호', value: 'T01-261124-0007-K' }, 'ko'))).toBe(
    `[image 96x34]\n${' '.repeat(7)}T01-261124-0007-K\n`,
  );
});

test('labels and values line up by columns, whatever their width', async () => {
  const row = (label: string, value: string): SlipBlock => ({ kind: 'row', label, value, strong: true });
  expect(await printed(encoded(row('月額ｱ', '1,870円')))).toBe(`月額ｱ${' '.repeat(36)}1,870円\n`);
  const address = '東京都千代田区丸の内一丁目二番三号グランドメゾン東館1204号';
  const lines = (await printed(encoded(row('ご住所', address)))).split('\n');
  expect(lines[0]).toBe('ご住所');
  expect(lines.slice(1).join('').replaceAll(' ', '')).toBe(address);
});

test('a stamp is white on black at double size over the whole width', async () => {
  const bytes = encoded({ kind: 'stamp', text: '仮受付' });
  expect(bytes.includes(Buffer.from([0x1d, 0x21, 0x11]))).toBe(true);
  expect(bytes.includes(Buffer.from([0x1d, 0x42, 0x01]))).toBe(true);
  expect(await printed(bytes)).toContain(`[reversed]${' '.repeat(9)}仮受付${' '.repeat(9)}[/reversed]`);
});

test('a number too long for double size is double height only: the width is in the upper half of GS !', () => {
  const bytes = encoded({ kind: 'number', label: '受付番号', value: 'T01-261124-0007-K' }, 'ja', 32);
  expect(bytes.includes(Buffer.from([0x1d, 0x21, 0x01]))).toBe(true);
});

test('a secret of wide characters is cut by its columns', () => {
  const lines = layOut({ blocks: [{ kind: 'secret', label: '', value: 'あ'.repeat(9) }] }, 32, 'ja');
  const widths = lines.flatMap((line) =>
    line.kind === 'text' && line.widthFactor === 2 ? [columnsOf(line.units)] : [],
  );
  expect(widths).toEqual([16, 2]);
});

test('a QR code counts bytes, not characters', async () => {
  const payload = 'https://example.jp/受付/髙';
  const bytes = encoded({ kind: 'qr', payload, caption: '' });
  const length = Buffer.byteLength(payload) + 3;
  expect(bytes.includes(Buffer.from([0x1d, 0x28, 0x6b, length, 0, 0x31, 0x50, 0x30]))).toBe(true);
  expect(await printed(bytes)).toContain(`[QR ${payload}]`);
});

test('English quotes and dashes are narrow', async () => {
  expect(await printed(encoded(text('It’s “9–18”…'), 'en'))).toBe('It\'s "9-18"...\n');
});

const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
const anyBlock: fc.Arbitrary<SlipBlock> = fc.oneof(
  fc.tuple(anyText, anyText).map(([label, value]): SlipBlock => ({ kind: 'secret', label, value })),
  anyText.map((value): SlipBlock => ({ kind: 'text', text: value })),
  anyText.map((value): SlipBlock => ({ kind: 'stamp', text: value })),
  anyText.map((value): SlipBlock => ({ kind: 'title', text: value })),
  fc.tuple(anyText, anyText).map(([label, value]): SlipBlock => ({ kind: 'row', label, value, strong: false })),
  fc.tuple(anyText, anyText).map(([label, value]): SlipBlock => ({ kind: 'number', label, value })),
);

test('any slip: known commands only, one cut, no line wider than the paper, no question mark that nobody wrote', () => {
  fc.assert(
    fc.property(anyBlock, fc.constantFrom(...LANGUAGES), fc.constantFrom(48, 32), (block, language, columns) => {
      const slip = { blocks: [block] };
      for (const line of layOut(slip, columns, language)) {
        if (line.kind === 'text') expect(columnsOf(line.units) * line.widthFactor).toBeLessThanOrEqual(columns);
      }
      const commands = commandsOf(Buffer.concat(encodeSlip(slip, columns, language)));
      expect(commands.filter((command) => command.name === 'GS V')).toHaveLength(1);
      const shown = commands.filter((command) => command.name === 'text').map((command) => command.bytes);
      const questionMarks = (value: string): number => value.split('?').length - 1;
      const written = JSON.stringify(block);
      expect(questionMarks(iconv.decode(Buffer.concat(shown), 'cp932'))).toBeLessThanOrEqual(questionMarks(written));
      for (const { name, bytes } of commands) {
        if (name === 'GS v 0') expect(/10(04|05|14)/.test(pairs(bytes.subarray(8)))).toBe(false);
      }
    }),
    { numRuns: 150 },
  );
});

/** Hexadecimal, only where a byte begins. */
function pairs(bytes: Buffer): string {
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1];
    if (bytes[at] === 0x10 && (next === 4 || next === 5 || next === 0x14))
      return bytes.subarray(at, at + 2).toString('hex');
  }
  return '';
}
