import fs from 'node:fs';
import path from 'node:path';
import { tryLock } from './lock.mjs';
import { CommandError } from './project.mjs';

const MARKER = '.madoguchi-demo';
/** What npm start puts into its data folder; nothing else is ever wiped. */
const MADE_HERE = ['central', 'terminal', 'receipts'];

/** Takes the data folder for this run, wiping it first when `reset`; gives its parts and a function to give it back. */
export function openDemoFolder(folder, { reset }) {
  const exists = fs.existsSync(folder);
  if (exists && !fs.statSync(folder).isDirectory()) throw new CommandError(`--data ${folder}: not a folder`, 2);
  const marker = path.join(folder, MARKER);
  const isOurs = fs.existsSync(marker);
  const hasData = exists && fs.readdirSync(folder).some((name) => !['logs', 'setup.lock', 'start.lock'].includes(name));
  if (reset && hasData && !isOurs) {
    throw new CommandError(`--reset: ${folder} was not made by npm start, so it is left alone`, 2);
  }
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.accessSync(folder, fs.constants.W_OK);
  } catch (error) {
    throw new CommandError(`--data ${folder}: cannot be written (${error.code})`, 2);
  }
  const release = tryLock(path.join(folder, 'start.lock'));
  if (!release) throw new CommandError(`npm start is already running on ${folder}`, 2);
  if (reset && isOurs) {
    for (const name of MADE_HERE) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  if (!hasData) fs.writeFileSync(marker, 'Demo data of npm start; --reset wipes it.\n');
  const [central, terminal, receipts] = MADE_HERE.map((name) => path.join(folder, name));
  return { central, terminal, receipts, release };
}
