// Runs before anything is installed, also on a Node that is too old: built-in modules and old syntax only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitForLock } from './lock.mjs';
import { findChromium } from './find-chromium.mjs';
import { CommandError, command, findProgram, root, say } from './project.mjs';
import { step } from './step.mjs';

const NODE_FLOOR = [20, 19];

/** Everything that a machine needs to run this; with `forTests`, also what only the tests use. */
export async function setUp({ forTests = false } = {}) {
  checkNode();
  fs.mkdirSync(path.join(root, '.data'), { recursive: true });
  const release = await waitForLock(path.join(root, '.data/setup.lock'), () => say('another set-up is running …'));
  try {
    // npm ci compiles SQLite: the compiler comes before it, everything else beside it.
    await installSystemPackages('apt-compiler', compilerPackages());
    await Promise.all([
      installNodePackages(),
      installSystemPackages('apt', [...runtimePackages(), ...(forTests ? testPackages() : [])]),
    ]);
  } finally {
    release();
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return;
  throw new CommandError(`Node ${NODE_FLOOR.join('.')} or newer is needed; this is ${process.versions.node}`, 2);
}

async function installNodePackages() {
  const stampFile = path.join(root, 'node_modules/.madoguchi-setup');
  const wanted = installFingerprint();
  if (readOrNothing(stampFile) === wanted) return;
  if (!isInstalledByHand()) {
    const npmCli = process.env.npm_execpath;
    const [file, ...before] = npmCli ? [process.execPath, npmCli] : ['npm'];
    // Its engine warnings come from Electron's own packages and mean nothing here.
    const args = [...before, 'ci', '--loglevel=error'];
    await step('npm-ci', file, args, { title: 'npm ci (compiles SQLite: a minute or two)', env: nodeHeaders() });
  }
  fs.writeFileSync(stampFile, wanted);
}

/** The lock file, and the ABI that native modules were compiled for. */
function installFingerprint() {
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'));
  const platform = `${process.platform} ${process.arch} ${process.versions.modules}`;
  return createHash('sha256').update(lock).update(platform).digest('hex');
}

/** npm writes its own record last, after every install script: when it agrees with the lock file, nothing is to do. */
function isInstalledByHand() {
  const installed = readOrNothing(path.join(root, 'node_modules/.package-lock.json'));
  if (installed === undefined) return false;
  const there = JSON.parse(installed).packages;
  const { '': _project, ...wanted } = JSON.parse(
    fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  ).packages;
  const same = Object.keys(wanted).every((name) =>
    there[name] === undefined ? wanted[name].optional === true : there[name].version === wanted[name].version,
  );
  return same && Object.keys(there).every((name) => name in wanted) && loads('better-sqlite3');
}

function loads(nativeModule) {
  const script = `new (require(${JSON.stringify(nativeModule)}))(':memory:').close()`;
  return spawnSync(process.execPath, ['-e', script], { cwd: root, stdio: 'ignore' }).status === 0;
}

/** Node's headers, where they came with Node: node-gyp would otherwise fetch them from the network. */
function nodeHeaders() {
  const prefix = path.resolve(fs.realpathSync(process.execPath), '../..');
  const bundled = fs.existsSync(path.join(prefix, 'include/node/node.h'));
  return bundled && !process.env.npm_config_nodedir ? { npm_config_nodedir: prefix } : {};
}

function compilerPackages() {
  const stampFile = path.join(root, 'node_modules/.madoguchi-setup');
  if (readOrNothing(stampFile) === installFingerprint()) return [];
  const missing = [];
  if (!findProgram('g++', 'c++') || !findProgram('make')) missing.push('build-essential');
  if (!findProgram('python3')) missing.push('python3');
  return missing;
}

function runtimePackages() {
  const missing = [];
  if (!findChromium()) missing.push('chromium');
  if (!hasJapaneseFont()) missing.push('fonts-noto-cjk');
  return missing;
}

function hasJapaneseFont() {
  const fonts = spawnSync('fc-list', [':lang=ja', 'file'], { encoding: 'utf8' });
  return fonts.status === 0 && fonts.stdout.trim() !== '';
}

function testPackages() {
  const missing = [];
  if (!fs.existsSync('/usr/lib/postgresql') && !findProgram('initdb')) missing.push('postgresql');
  if (!findProgram('Xvfb')) missing.push('xvfb');
  if (!findProgram('openbox')) missing.push('openbox');
  // Draws PDFs by itself, to compare them with what they ought to show.
  if (!findProgram('pdftoppm')) missing.push('poppler-utils');
  // For what a kiosk is set up with: a shell script and an XML file.
  if (!findProgram('shellcheck')) missing.push('shellcheck');
  if (!findProgram('xmllint')) missing.push('libxml2-utils');
  return missing;
}

async function installSystemPackages(name, packages) {
  if (packages.length === 0) return;
  const isRoot = process.getuid && process.getuid() === 0;
  if (!isRoot || !findProgram('apt-get')) {
    say(`missing on this machine: ${packages.join(', ')} (as root: apt-get install ${packages.join(' ')})`);
    return;
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const lockWait = ['-o', 'DPkg::Lock::Timeout=900'];
  await updatePackageLists(env, lockWait);
  const title = `apt-get install ${packages.join(' ')}`;
  await step(name, 'apt-get', [...lockWait, 'install', '-y', '--no-install-recommends', ...packages], { title, env });
}

let packageLists;

function updatePackageLists(env, lockWait) {
  packageLists ??= step('apt-update', 'apt-get', [...lockWait, 'update'], { title: 'apt-get update', env });
  return packageLists;
}

function readOrNothing(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await command(() => setUp({ forTests: process.argv.includes('--tests') }));
}
