import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findElectron } from './electron-binary.mjs';

let folder;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-electron-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Electron's package with a binary that ends with this code when it is to load SQLite. */
function packageWhoseBinaryEnds(code) {
  const electron = fs.mkdtempSync(path.join(folder, 'electron-'));
  fs.mkdirSync(path.join(electron, 'dist'));
  fs.writeFileSync(path.join(electron, 'path.txt'), 'electron');
  const script = `#!/bin/sh\n[ "$ELECTRON_RUN_AS_NODE" = 1 ] || exit 9\nexit ${code}\n`;
  fs.writeFileSync(path.join(electron, 'dist/electron'), script, { mode: 0o755 });
  return electron;
}

it('is Electron where its binary can load SQLite', () => {
  const electron = packageWhoseBinaryEnds(0);
  expect(findElectron(electron)).toBe(path.join(electron, 'dist/electron'));
});

it('is none where there is no binary, or one that SQLite is not compiled for', () => {
  const empty = fs.mkdtempSync(path.join(folder, 'empty-'));
  expect(findElectron(empty)).toBeUndefined();
  expect(findElectron(packageWhoseBinaryEnds(1))).toBeUndefined();
});
