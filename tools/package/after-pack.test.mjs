import { createPackage } from '@electron/asar';
import { Arch } from 'electron-builder';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import afterPack from '../../build/after-pack.mjs';
import { root } from '../project.mjs';

const { version } = createRequire(import.meta.url)('electron/package.json');
const SQLITE = path.join(root, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');

let folder;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-after-pack-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(file, content) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

/** What electron-builder calls the hook with, once this program and these packages are packed. */
async function packed(name, { program, identifier = 'MIT' }) {
  const appOutDir = path.join(folder, name, 'packed');
  const projectDir = path.join(folder, name, 'project');
  write(path.join(appOutDir, 'madoguchi'), program);
  write(path.join(appOutDir, 'resources/app.asar.unpacked/better_sqlite3.node'), fs.readFileSync(SQLITE));
  write(path.join(folder, name, 'app/package.json'), '{}');
  await createPackage(path.join(folder, name, 'app'), path.join(appOutDir, 'resources/app.asar'));
  for (const build of ['main', 'preload', 'renderer']) {
    const packages = build === 'main' ? [{ name: 'some-package', version: '1.0.0', identifier }] : [];
    write(path.join(projectDir, 'out', build, 'licences.json'), JSON.stringify(packages));
  }
  return {
    appOutDir,
    electronPlatformName: process.platform,
    arch: Arch[process.arch],
    packager: {
      projectDir,
      executableName: 'madoguchi',
      appInfo: { productFilename: 'madoguchi' },
      info: { framework: { version } },
    },
  };
}

describe('the hook that electron-builder calls before it signs', () => {
  const standIn = '#!/bin/sh\n';

  it('refuses a release whose SQLite was built for Node', async () => {
    const program = fs.readFileSync(process.execPath).subarray(0, 4096);
    const context = await packed('release', { program });
    expect(() => afterPack(context)).toThrow('better_sqlite3.node is built for ABI');
  });

  it('refuses a licence that a release can not have', async () => {
    const context = await packed('licences', { program: standIn, identifier: 'GPL-3.0-only' });
    expect(() => afterPack(context)).toThrow('some-package 1.0.0: GPL-3.0-only is not allowed in a release');
  });

  it('marks the stand-in, and lists the licences', async () => {
    const context = await packed('stand-in', { program: standIn });
    afterPack(context);
    expect(fs.existsSync(path.join(context.appOutDir, 'STAND-IN.txt'))).toBe(true);
    expect(fs.readFileSync(path.join(context.appOutDir, 'resources/LICENCES.txt'), 'utf8')).toContain('some-package');
  });
});
