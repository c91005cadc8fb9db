import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { eventually } from '../tests/setup/eventually.ts';
import { root } from './project.mjs';

const folder = mkdtempSync(join(tmpdir(), 'unfinished-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('names the test that keeps its worker, and what had failed', async () => {
  const mark = join(folder, 'started');
  writeFileSync(
    join(folder, 'stuck.test.mjs'),
    `import { writeFileSync } from 'node:fs';
    it('fails', () => expect(1).toBe(2));
    it('never ends', async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      writeFileSync(${JSON.stringify(mark)}, '');
      for (;;) await null;
    });`,
  );
  const vitest = spawn(
    process.execPath,
    [
      ...[join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--globals', '--pool=forks'],
      ...['--reporter', join(root, 'tools/unfinished-tests.mjs')],
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [said, ended] = [text(vitest.stderr), once(vitest, 'exit')];
  await eventually(() => expect(existsSync(mark)).toBe(true));
  process.kill(-vitest.pid, 'SIGTERM');
  await ended;
  const [stuck, failed] = (await said).trim().split(/\n+/);
  expect(stuck).toMatch(/^Not ended: .*stuck\.test\.mjs > never ends$/);
  expect(failed).toMatch(/^Failed: .*stuck\.test\.mjs > fails: expected 1 to be 2/);
});
