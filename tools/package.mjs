import fs from 'node:fs';
import path from 'node:path';
import util from 'node:util';
import yaml from 'js-yaml';
import { makeDist } from './electron-standin/make-dist.mjs';
import { packageProblems } from './package/read-back.mjs';
import { startOnce } from './package/start-once.mjs';
import { CommandError, root, say } from './project.mjs';
import { step } from './step.mjs';

const CONFIGURATION = path.join(root, 'build/electron-builder.yml');
const OUT = path.join(root, 'out/package');
const PLATFORMS = {
  linux: { option: '--linux', binary: 'electron', unpacked: 'linux-unpacked', program: 'madoguchi' },
  win32: { option: '--win', binary: 'electron.exe', unpacked: 'win-unpacked', program: 'Madoguchi.exe' },
};
/** Refused in a package of which no installer is made. */
const NO_UPDATES = 'https://updates.invalid/';
const FOR_INSTALLERS = ['MADOGUCHI_UPDATE_URL', 'MADOGUCHI_MAINTAINER', 'MADOGUCHI_HOMEPAGE'];

/** Packs a folder as a release does, reads it back, starts it and, when asked, makes the installers of that folder. */
export async function packageApp(args) {
  const { installers } = readOptions(args);
  const platform = PLATFORMS[process.platform];
  if (platform === undefined) throw new CommandError('npm run package: on Linux and Windows only', 2);
  const isReal = fs.existsSync(path.join(root, 'node_modules/electron/dist', platform.binary));
  if (installers) checkForInstallers(isReal);

  const output = path.join(OUT, isReal ? 'release' : 'stand-in');
  fs.rmSync(output, { recursive: true, force: true });
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const options = [
    ...[`-c.directories.output=${output}`, ...(installers ? [] : ['-c.win.forceCodeSigning=false'])],
    ...(isReal ? [] : standInOptions(version)),
  ];
  const folder = path.join(output, platform.unpacked);
  try {
    await electronBuilder(isReal ? 'pack' : 'pack the stand-in', ['--dir', platform.option, ...options]);
    await readBack(folder, platform);
    say('starting it …');
    await startOnce(path.join(folder, platform.program));
    if (installers) await makeInstallers(folder, platform, options);
  } finally {
    // electron-builder compiled SQLite for Electron; tests and the browser host want it for Node.
    if (isReal) await npm('rebuild', 'better-sqlite3');
  }
  process.stdout.write(
    `${JSON.stringify({ packed: path.relative(root, folder), electron: isReal ? 'real' : 'stand-in' })}\n`,
  );
}

function readOptions(args) {
  try {
    const { values } = util.parseArgs({ args, options: { installers: { type: 'boolean', default: false } } });
    return values;
  } catch (error) {
    throw new CommandError(`npm run package: ${error.message.split('\n')[0]}`, 2);
  }
}

function checkForInstallers(isReal) {
  if (!isReal) throw new CommandError('npm run package: no installers of the stand-in; npx install-electron first', 2);
  const missing = FOR_INSTALLERS.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new CommandError(`npm run package: set ${missing.join(', ')}`, 2);
}

function standInOptions(version) {
  const dist = makeDist(path.join(OUT, 'stand-in-dist'));
  return [`-c.electronDist=${dist}`, '-c.npmRebuild=false', `-c.extraMetadata.version=${version}-stand-in`];
}

function makeInstallers(folder, platform, options) {
  return electronBuilder('make installers', [
    ...['--prepackaged', folder, platform.option, ...options],
    `-c.deb.maintainer=${process.env.MADOGUCHI_MAINTAINER}`,
    `-c.extraMetadata.homepage=${process.env.MADOGUCHI_HOMEPAGE}`,
  ]);
}

async function electronBuilder(title, args) {
  const cli = path.join(root, 'node_modules/electron-builder/cli.js');
  const env = { NO_COLOR: '1', MADOGUCHI_UPDATE_URL: process.env.MADOGUCHI_UPDATE_URL ?? NO_UPDATES };
  await step(
    'electron-builder',
    process.execPath,
    [cli, '--config', CONFIGURATION, '--x64', '--publish', 'never', ...args],
    {
      title,
      env,
    },
  );
}

async function readBack(folder, { program }) {
  const { electronFuses: fuses } = yaml.load(fs.readFileSync(CONFIGURATION, 'utf8'));
  const problems = await packageProblems({ folder, program, fuses });
  if (problems.length > 0) throw new CommandError(`the package is not as it should be:\n  ${problems.join('\n  ')}`);
  say('content, native modules, fuses and licences are as they should be');
}

function npm(...args) {
  const cli = process.env.npm_execpath;
  const [file, ...before] = cli ? [process.execPath, cli] : ['npm'];
  return step('npm-rebuild', file, [...before, ...args], { title: `npm ${args.join(' ')}` });
}
