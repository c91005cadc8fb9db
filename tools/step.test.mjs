import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { eventually } from '../tests/setup/eventually.ts';
import { step } from './step.mjs';

const folder = mkdtempSync(join(tmpdir(), 'step-'));
afterAll(() => rmSync(folder, { recursive: true }));

const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it.each(['SIGTERM', 'SIGINT'])('takes what its child started with it when it is ended by %s', async (signal) => {
  const pidFile = join(folder, `pid-${signal}`);
  const script = `
    import { step } from ${JSON.stringify(new URL('step.mjs', import.meta.url).href)};
    await step('step-test', 'sh', ['-c', 'sleep 600 & echo $! > "$0"; wait', ${JSON.stringify(pidFile)}]);
  `;
  const command = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  const ended = once(command, 'exit');
  await eventually(() => expect(existsSync(pidFile) && readFileSync(pidFile, 'utf8').trim()).toMatch(/^\d+$/));
  const grandchild = Number(readFileSync(pidFile, 'utf8'));
  expect(isRunning(grandchild)).toBe(true);
  command.kill(signal);
  const [code] = await ended;
  expect(code).toBeGreaterThan(128);
  await eventually(() => expect(isRunning(grandchild)).toBe(false));
});

it.each([
  ['its child', `trap '' TERM; sleep 600 & echo $! > "$0"; wait; wait`],
  ['what its child started', `(trap '' TERM; exec sleep 600) & echo $! > "$0"; wait`],
])('is over in time, and all of it ended, where %s does not end when told to', async (_who, script) => {
  const pidFile = join(folder, 'pid-late');
  await expect(step('step-test', 'sh', ['-c', script, pidFile], { limitMinutes: 1 / 60 })).rejects.toThrow(
    'step-test failed (not done in',
  );
  await eventually(() => expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false));
});
