import { expect, test as base } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDist } from '../../tools/electron-standin/make-dist.mjs';
import { hasElectronBinary } from './launch.ts';
import { ROOT } from './terminal.ts';

// A release can't be driven by Playwright, which starts with options that it refuses; nor is it packed here. What it
// refuses on Electron's binary is on the list of docs/electron-check.md.
base.skip(hasElectronBinary, 'only the stand-in can be made to look like a packed program here');

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

type Start = (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;

/** The built terminal under a program that is not called electron, which is what makes a release. */
const test = base.extend<{ release: Start }>({
  release: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'madoguchi-release-'));
    const program = join(makeDist(join(folder, 'dist')), 'madoguchi');
    await rename(join(folder, 'dist/electron'), program);
    await symlink(ROOT, join(folder, 'dist/resources/app'));
    const nobody = [
      '--central',
      'http://127.0.0.1:9',
      '--printer',
      'tcp://127.0.0.1:9',
      '--data',
      join(folder, 'data'),
    ];
    await use(
      (args, env = {}) =>
        new Promise((resolve) => {
          execFile(program, [...nobody, ...args], { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
            resolve({ code: error?.code ?? 0, stdout, stderr }),
          );
        }),
    );
    await rm(folder, { recursive: true, force: true });
  },
});

for (const option of [
  '--remote-debugging-port=9222',
  '--inspect=0',
  '--no-sandbox',
  '--clock=2026-11-25',
  '/other/app',
]) {
  test(`a release does not start with ${option}`, async ({ release }) => {
    const { code, stderr } = await release([option]);
    expect(stderr).toContain(`terminal: ${option} is not for a release`);
    expect(code).toBe(2);
  });
}

test('a release opens no DevTools', async ({ release }) => {
  const probe = join(import.meta.dirname, 'release-probe.cjs');
  const { stdout, code } = await release([], { NODE_OPTIONS: `--require=${probe}` });
  expect(stdout).toContain('{"isPackaged":true,"devToolsOpened":false}');
  expect(code).toBe(0);
});
