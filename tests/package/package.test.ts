import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { build } from '../../tools/build.mjs';
import { NOT_IN_A_RELEASE } from '../../tools/package/read-back.mjs';
import { root } from '../../tools/project.mjs';

const FACES = ['@vladmandic/face-api', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'];
const run = promisify(execFile);
const endSchema = z.object({ code: z.number(), stderr: z.string() });
const PACK_MS = 300_000;
const BUILD_MS = 120_000;

const pack = (...options: readonly string[]) =>
  run(process.execPath, [join(root, 'tools/run.mjs'), 'package', ...options], { cwd: root });
const refusalOf = async (...options: readonly string[]) => {
  const { code, stderr } = endSchema.parse(await pack(...options).catch((error: unknown) => error));
  return [code, stderr];
};

it('looks in a release for words that its other programs do have', { timeout: BUILD_MS }, async () => {
  await build();
  const folder = join(root, 'out/node');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
  const code = (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
  expect(NOT_IN_A_RELEASE.filter(([, word]) => !code.includes(word))).toEqual([]);
});

/** With the binary the same command is a line of docs/electron-check.md: it takes minutes and changes node_modules. */
describe.skipIf(existsSync(join(root, 'node_modules/electron/dist')))('npm run package without the binary', () => {
  it('packs, reads back and starts a stand-in that cannot be taken for a release', { timeout: PACK_MS }, async () => {
    const { stdout } = await pack();
    expect(JSON.parse(stdout)).toEqual({ packed: 'out/package/stand-in/linux-unpacked', electron: 'stand-in' });
    const folder = join(root, 'out/package/stand-in/linux-unpacked');
    expect(await readFile(join(folder, 'STAND-IN.txt'), 'utf8')).toContain('for tests only');
    const licences = await readFile(join(folder, 'resources/LICENCES.txt'), 'utf8');
    const own = ['better-sqlite3', '@napi-rs/canvas', '@fontsource-variable/noto-sans-jp'];
    for (const name of [...own, '@expo-google-fonts/noto-sans-jp', '@cantoo/pdf-lib', 'react', 'undici', ...FACES]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    }
  });

  it('makes no installer of it, and takes no other option', async () => {
    expect(await refusalOf('--installers')).toEqual([2, expect.stringContaining('stand-in')]);
    expect(await refusalOf('--demo')).toEqual([2, expect.stringContaining('--demo')]);
  });
});
