import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';
import { z } from 'zod';
import { createEscPosPrinter, PRINTER_TIMINGS } from '../../electron/backend/printing/escpos-printer.ts';
import { parsePrinterAddress } from '../../electron/backend/printing/printer-address.ts';
import { linkTo } from '../../electron/backend/printing/printer-link.ts';
import type { SlipPrinter } from '../../electron/backend/printing/slip-printer.ts';
import { drawHere } from '../../electron/backend/testing/draw-here.ts';

/** Inside the project, so that what is bundled finds its packages. */
const root = join(import.meta.dirname, '../..');
const program = join(root, 'out/test-virtual-printer');
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'receipts-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: join(import.meta.dirname, 'main.ts'), outDir: program, emptyOutDir: true, target: 'node20' },
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(program, { recursive: true });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [join(program, 'main.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const stderr: string[] = [];
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes.toString('utf8')));
  const exit = once(child, 'close').then(([code]) => ({
    code: z.int().nullable().parse(code),
    stderr: stderr.join(''),
  }));
  return { child, exit };
}

async function readyLine(child: ReturnType<typeof start>['child']): Promise<string> {
  const [line] = z.tuple([z.string()]).parse(await once(createInterface(child.stdout), 'line'));
  return z.object({ ready: z.string() }).parse(JSON.parse(line)).ready;
}

function printerAt(text: string): SlipPrinter {
  const address = parsePrinterAddress(text);
  if (!address.ok) throw new Error(address.error);
  return createEscPosPrinter({ open: linkTo(address.value), draw: drawHere, columns: 48, timings: PRINTER_TIMINGS });
}

describe('the command', () => {
  test('says where it serves, writes receipts and ends cleanly', async () => {
    const { child, exit } = start('--port', '0', '--out', folder);
    const ready = await readyLine(child);
    expect(ready).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
    const slip = { blocks: [{ kind: 'title', text: '控え' } as const] };
    expect(await printerAt(ready).print(slip, 'ja')).toEqual({ kind: 'printed' });
    expect(existsSync(join(folder, '001.txt')) && existsSync(join(folder, '001.png'))).toBe(true);
    child.kill('SIGTERM');
    expect((await exit).code).toBe(0);
  });

  test('--paper out and --cover open', async () => {
    const noPaper = start('--port', '0', '--out', folder, '--paper', 'out');
    expect(await printerAt(await readyLine(noPaper.child)).status()).toBe('paper-out');
    const open = start('--port', '0', '--out', folder, '--cover', 'open');
    expect(await printerAt(await readyLine(open.child)).status()).toBe('cover-open');
    noPaper.child.kill('SIGTERM');
    open.child.kill('SIGINT');
    expect((await noPaper.exit).code).toBe(0);
    expect((await open.exit).code).toBe(0);
  });

  test('wrong options and a taken port end it with 2 and one line', async () => {
    const serving = start('--port', '0', '--out', folder);
    const port = new URL(await readyLine(serving.child)).port;
    for (const args of [
      ['--colour', 'red'],
      ['--port', '0'],
      ['--port', port, '--out', folder],
    ]) {
      const { code, stderr } = await start(...args).exit;
      expect(code).toBe(2);
      expect(stderr).toMatch(/^virtual-printer: [^\n]+\n$/);
    }
    serving.child.kill('SIGTERM');
    await serving.exit;
  });
});
