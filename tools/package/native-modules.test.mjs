import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../project.mjs';
import { guardNativeModules, nativeModuleProblems } from './native-modules.mjs';

const modules = createRequire(import.meta.url);
const ELECTRON_ABI = Number(fs.readFileSync(modules.resolve('electron/abi_version'), 'utf8'));
const NODE_ABI = Number(process.versions.modules);
const here = { platform: process.platform, arch: process.arch };
const builtHere = path.join(root, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node');

let folder;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-native-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A packed application: its program, and native modules under resources. */
function packed(name, { program, natives }) {
  const app = path.join(folder, name);
  fs.mkdirSync(path.join(app, 'resources/app.asar.unpacked'), { recursive: true });
  fs.writeFileSync(path.join(app, 'madoguchi'), program);
  for (const [file, bytes] of Object.entries(natives)) {
    fs.writeFileSync(path.join(app, 'resources/app.asar.unpacked', file), bytes);
  }
  return app;
}

/** The module that was compiled here, with another ABI's number in the name that it exports. */
function rebuiltFor(abi) {
  const from = Buffer.from(`node_register_module_v${NODE_ABI}\0`);
  const bytes = fs.readFileSync(builtHere);
  const to = Buffer.from(`node_register_module_v${abi}\0`);
  expect(to.length).toBe(from.length);
  for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at)) to.copy(bytes, at);
  return bytes;
}

const guard = (app, version = modules('electron/package.json').version) =>
  guardNativeModules({
    program: path.join(app, 'madoguchi'),
    resources: path.join(app, 'resources'),
    ...here,
    version,
  });

describe('the guard over native modules', () => {
  const realElectron = () => fs.readFileSync(process.execPath).subarray(0, 4096);

  it('refuses a release whose SQLite was built for Node', () => {
    const app = packed('node-abi', {
      program: realElectron(),
      natives: { 'better_sqlite3.node': fs.readFileSync(builtHere) },
    });
    expect(() => guard(app)).toThrow(
      `better_sqlite3.node is built for ABI ${NODE_ABI}; this Electron needs ${ELECTRON_ABI}`,
    );
  });

  it('passes a release whose SQLite was built for its Electron', () => {
    const app = packed('electron-abi', {
      program: realElectron(),
      natives: { 'better_sqlite3.node': rebuiltFor(ELECTRON_ABI) },
    });
    expect(() => guard(app)).not.toThrow();
  });

  it('lets the stand-in have the ABI of Node, since its program is a script', () => {
    const app = packed('stand-in', {
      program: '#!/bin/sh\nexec node\n',
      natives: { 'better_sqlite3.node': fs.readFileSync(builtHere) },
    });
    expect(() => guard(app)).not.toThrow();
  });

  it('refuses an Electron whose ABI it does not know', () => {
    const app = packed('other-version', { program: realElectron(), natives: {} });
    expect(() => guard(app, '1.2.3')).toThrow('packing Electron 1.2.3');
  });
});

describe('what keeps a native module from loading', () => {
  it('takes a module over Node-API for any ABI', () => {
    const folders = fs.readdirSync(path.join(root, 'node_modules/@napi-rs')).filter((name) => /^canvas-/.test(name));
    expect(folders).not.toEqual([]);
    for (const name of folders) {
      const canvas = path.join(root, 'node_modules/@napi-rs', name);
      expect(nativeModuleProblems(canvas, { ...here, abi: ELECTRON_ABI })).toEqual([]);
    }
  });

  it('names a module of another system, or of another kind of processor', () => {
    const app = packed('other-machine', {
      program: '',
      natives: { 'sqlite.node': fs.readFileSync(builtHere), 'text.node': 'not a program' },
    });
    const resources = path.join(app, 'resources/app.asar.unpacked');
    expect(nativeModuleProblems(resources, { platform: 'win32', arch: 'x64', abi: NODE_ABI })).toEqual([
      'sqlite.node is not for win32 x64',
      'text.node is not for win32 x64',
    ]);
    expect(nativeModuleProblems(resources, { platform: 'linux', arch: 'arm64', abi: NODE_ABI })).toContain(
      'sqlite.node is not for linux arm64',
    );
  });
});
