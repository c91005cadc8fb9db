import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { smallDisk } from '../../../tests/setup/small-disk.ts';
import { logInFolder } from './log-file.ts';

const DAY_MS = 86_400_000;
let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const names = (): string[] => readdirSync(join(dataDir, 'logs')).sort();
const text = (name: string): string => readFileSync(join(dataDir, 'logs', name), 'utf8');

it('begins another file when one is full, keeps seven, and goes on in the same one after a restart', () => {
  const write = logInFolder(dataDir, Date.now, 100);
  for (let at = 0; at < 30; at += 1) write(`${'x'.repeat(55)} ${String(at).padStart(2, '0')}\n`);
  expect(names()).toEqual(['terminal.log', ...Array.from({ length: 7 }, (_, at) => `terminal.${at + 1}.log`)].sort());
  expect(text('terminal.log')).toContain(' 29\n');
  expect(text('terminal.7.log')).toContain(' 22\n');
  logInFolder(dataDir, Date.now, 200)('again\n');
  expect(text('terminal.log')).toMatch(/ 29\nagain\n$/);
  expect(statSync(join(dataDir, 'logs/terminal.log')).mode & 0o777).toBe(0o600);
});

it('begins another file each day', () => {
  let now = Date.now();
  const write = logInFolder(dataDir, () => now);
  write('yesterday\n');
  now += DAY_MS;
  write('today\n');
  expect([text('terminal.log'), text('terminal.1.log')]).toEqual(['today\n', 'yesterday\n']);
});

it('costs nobody anything where the disk is full, and goes on when it has room', () => {
  const disk = smallDisk(64);
  if (disk === null) return;
  const ballast = join(disk.path, 'ballast');
  expect(() => writeFileSync(ballast, Buffer.alloc(128 * 1024))).toThrow();
  const write = logInFolder(disk.path, Date.now);
  write('lost\n');
  rmSync(ballast);
  write('kept\n');
  expect(readFileSync(join(disk.path, 'logs/terminal.log'), 'utf8')).toContain('kept\n');
  disk.close();
});
