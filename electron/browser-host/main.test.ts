import Database from 'better-sqlite3';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../backend/testing/bundle.ts';

/** Two levels below the repository, as the built program, so that it finds its resources. */
const out = join(import.meta.dirname, '../../out');
let folder = '';
let program = '';
let data = 0;
const running: ChildProcess[] = [];

beforeAll(async () => {
  mkdirSync(out, { recursive: true });
  folder = mkdtempSync(join(out, 'host-main-'));
  program = await bundleForNode(join(import.meta.dirname, 'main.ts'), folder);
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newDataDir = (): string => join(folder, `data-${(data += 1)}`);
const optionsFor = (dataDir: string, port = '0'): string[] => [
  ...['--port', port, '--central', 'http://127.0.0.1:9', '--data', dataDir, '--printer', 'tcp://127.0.0.1:9'],
  '--no-window',
];

interface Run {
  readonly child: ChildProcess;
  readonly ready: Promise<string>;
  readonly ended: Promise<{ code: number | null; stderr: string }>;
}

function run(args: readonly string[]): Run {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stderr }));
  });
  const ready = new Promise<string>((resolve) => {
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const url = /^\{"ready": ?"([^"]+)"\}\n/.exec(stdout)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  return { child, ready, ended };
}

describe('the terminal command', () => {
  it('serves though central is down, and ends cleanly on SIGTERM', async () => {
    const terminal = run(optionsFor(newDataDir()));
    const url = await terminal.ready;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
    terminal.child.kill('SIGTERM');
    expect((await terminal.ended).code).toBe(0);
  });

  it('refuses a second process on the same data, and a port that is taken', async () => {
    const dataDir = newDataDir();
    const first = run(optionsFor(dataDir));
    const { port } = new URL(await first.ready);
    await expectRefusal(optionsFor(dataDir), 'another process');
    await expectRefusal(optionsFor(newDataDir(), port), `port ${port} is taken`);
  });

  it('refuses the database of a newer program', async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir);
    const db = new Database(join(dataDir, 'terminal.sqlite3'));
    db.pragma('user_version = 999');
    db.close();
    await expectRefusal(optionsFor(dataDir), 'newer program');
  });

  it('refuses a folder it cannot write and settings it cannot read', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expectRefusal(optionsFor(join(file, 'inside')), 'cannot be written');
    await expectRefusal(optionsFor('/proc/madoguchi'), 'cannot be written');
    const dataDir = newDataDir();
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'settings.json'), '{"central":');
    await expectRefusal(optionsFor(dataDir), 'setting settings.json');
    writeFileSync(join(dataDir, 'settings.json'), '{"colour":"red"}');
    await expectRefusal(optionsFor(dataDir), 'setting colour');
  });

  it.each([
    ['an unknown option', ['--bogus'], '--bogus'],
    ['no data folder', ['--port', '0'], '--data'],
    ['a port that is none', ['--data', '/nowhere', '--port', 'http'], '--port'],
    ['an unknown mode', ['--data', '/nowhere', '--mode', 'party'], 'party'],
    ['a clock that is none', ['--data', '/nowhere', '--clock', 'yesterday'], '--clock'],
  ])('refuses %s', async (_name, args, word) => {
    await expectRefusal(args, word);
  });

  it('refuses http to anywhere but this machine', async () => {
    const args = optionsFor(newDataDir()).map((arg) => (arg === 'http://127.0.0.1:9' ? 'http://central.example' : arg));
    await expectRefusal(args, 'setting central');
  });
});

/** Exit 2 and one line that says why. */
async function expectRefusal(args: readonly string[], word: string): Promise<void> {
  const { code, stderr } = await run(args).ended;
  expect(code).toBe(2);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain(word);
}
