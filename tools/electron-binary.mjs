import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root, say } from './project.mjs';

const LOADS_SQLITE = "new (require('better-sqlite3'))(':memory:').close()";

/** Electron's own binary, where its package has one and it can run the terminal; undefined otherwise. */
export function findElectron(folder = path.join(root, 'node_modules/electron')) {
  const pathFile = path.join(folder, 'path.txt');
  if (!fs.existsSync(pathFile)) return undefined;
  const binary = path.join(folder, 'dist', fs.readFileSync(pathFile, 'utf8').trim());
  if (!fs.existsSync(binary)) return undefined;
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  if (spawnSync(binary, ['-e', LOADS_SQLITE], { cwd: root, env, stdio: 'ignore' }).status === 0) return binary;
  say('Electron is here, but SQLite is compiled for Node: Chromium instead (npx electron-builder install-app-deps)');
  return undefined;
}
