import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitForLock } from './lock.mjs';
import { CommandError, command, root, say } from './project.mjs';
import { step } from './step.mjs';

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'central',
  'tools/virtual-printer',
  'resources',
  'electron.vite.config.ts',
  'node.vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
];
const out = path.join(root, 'out');
const stampFile = path.join(out, '.built-from');

/** Where the build leaves the entry of a program that Node runs. */
export const builtProgram = (name) => path.join(out, 'node', `${name}.js`);

/** Builds when a source differs from what the last build saw. Safe to be called by several processes at once. */
export async function build() {
  if (isUpToDate()) return;
  if (!fs.existsSync(path.join(root, 'node_modules'))) {
    throw new CommandError('nothing is installed yet: run npm start or npm test once, or npm ci', 1);
  }
  fs.mkdirSync(out, { recursive: true });
  const release = await waitForLock(path.join(out, '.lock'), () => say('another build is running …'));
  try {
    if (isUpToDate()) return;
    // Taken before building: what is saved while it builds is built next time.
    const builtFrom = fingerprint();
    fs.rmSync(stampFile, { force: true });
    await buildApp();
    await buildNodePrograms();
    fs.writeFileSync(stampFile, builtFrom);
  } finally {
    release();
  }
}

/** Main process, preload and page. */
async function buildApp() {
  const cli = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  // Any folder: it only keeps Electron's package from looking for a binary to download.
  const env = { ELECTRON_OVERRIDE_DIST_PATH: out, NO_COLOR: '1' };
  await step('build', process.execPath, [cli, 'build', '--logLevel', 'warn'], { title: 'build', env });
}

async function buildNodePrograms() {
  const cli = path.join(root, 'node_modules/vite/bin/vite.js');
  const args = [cli, 'build', '--config', 'node.vite.config.ts', '--configLoader', 'runner', '--logLevel', 'warn'];
  await step('build-node', process.execPath, args, { title: "build of Node's programs", env: { NO_COLOR: '1' } });
}

function isUpToDate() {
  return fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === fingerprint();
}

/** Names, sizes and times of all sources, so that a deleted or renamed file counts as a change too. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) addToHash(hash, source);
  return hash.digest('hex');
}

function addToHash(hash, relative) {
  const stat = fs.statSync(path.join(root, relative), { throwIfNoEntry: false });
  if (stat === undefined || /\.test\.[a-z]+$/.test(relative)) return;
  if (!stat.isDirectory()) {
    hash.update(`${relative} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const name of fs.readdirSync(path.join(root, relative)).sort()) addToHash(hash, `${relative}/${name}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await command(build);
