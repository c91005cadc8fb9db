import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CommandError, root, say } from './project.mjs';

/**
 * Plants each fault into a copy of the sources and demands that a test turns red.
 *
 * A fault is `{ name, edits, spec }`. `edits`: file, what stands there once, what is planted in its place. `spec`: where it
 * must show. `run(folder, specs)` gives `{ red, output }`: the titles that failed, and what was printed. It throws where
 * nothing ran.
 * @param wanted names of faults; none: all
 */
export function plant({ faults: all, wanted, run }) {
  const unknown = wanted.find((name) => !all.some((fault) => fault.name === name));
  if (unknown !== undefined) throw new CommandError(`no fault is called ${JSON.stringify(unknown)}`, 2);
  const faults = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-planted-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  copySources(folder);

  say('no fault …');
  const before = run(folder, [...new Set(faults.map(({ spec }) => spec))]);
  if (before.red.length > 0)
    throw new CommandError(`red without any fault: ${before.red.join('; ')}\n${before.output}`);
  const found = faults.map((fault) => {
    say(`${fault.name} …`);
    return { name: fault.name, ...withEdits(folder, fault, () => run(folder, [fault.spec])) };
  });

  for (const { name, red } of found) {
    process.stdout.write(`${name.padEnd(40)} ${red.length === 0 ? 'NOT NOTICED' : red.join('; ')}\n`);
  }
  const missed = found.filter(({ red }) => red.length === 0);
  if (missed.length > 0) throw new CommandError(`${missed.length} of ${found.length} faults were not noticed`);
  process.stdout.write(`\n${found.length} faults planted, each turned a test red\n`);
}

/** Everything that is or may be committed, and what is installed. */
function copySources(folder) {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = spawnSync('git', list, { cwd: root, encoding: 'utf8' }).stdout.split('\0');
  for (const file of files) {
    if (file !== '' && fs.existsSync(path.join(root, file))) fs.cpSync(path.join(root, file), path.join(folder, file));
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

function withEdits(folder, { name, edits }, act) {
  const originals = new Map();
  for (const [file, from, to] of edits) {
    const target = path.join(folder, file);
    const source = fs.readFileSync(target, 'utf8');
    if (source.split(from).length !== 2)
      throw new CommandError(`${name}: ${file} has not once ${JSON.stringify(from)}`);
    if (!originals.has(target)) originals.set(target, source);
    fs.writeFileSync(
      target,
      source.replace(from, () => to),
    );
  }
  try {
    return act();
  } finally {
    for (const [target, source] of originals) fs.writeFileSync(target, source);
  }
}
