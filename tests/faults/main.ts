import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diskErrors } from './disk/disk-errors.ts';
import { diskPrograms } from './disk/disk-recorder.ts';
import { powerLosses } from './disk/power-loss.ts';
import { memoryFolder } from './memory-folder.ts';
import { readOptions } from './options.ts';
import { Findings } from './properties.ts';
import { lastLine, tableOf } from './report.ts';
import { simulate } from './simulation/simulate.ts';

/** Of the seeds that run once more, with all clocks right. */
const EVERY = 10;

const POWER_CUTS = [
  { applications: 6, cuts: 250 },
  { applications: 30, cuts: 250 },
];
const DISK_ERROR_SIZES = [1, 2, 4];

/** Bundled into `out/faults/`. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const options = readOptions(process.argv.slice(2));
if (!options.ok) {
  process.stderr.write(`${options.error}\n`);
  process.exit(2);
}
const folder = memoryFolder();
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const all = new Findings();

switch (options.value.kind) {
  case 'replay': {
    const { seed } = options.value;
    const { log, hash, findings } = await simulate(seed, { folder, clockFaults: true });
    process.stdout.write(`${log.join('\n')}\nseed ${seed}: ${hash}\n`);
    all.add(findings);
    break;
  }
  case 'campaign':
    await simulations(options.value.seeds);
    await disks();
}
process.stdout.write(tableOf(all));
process.stdout.write(`${lastLine(all)}\n`);
process.exitCode = all.violations.length === 0 ? 0 : 1;

async function simulations(seeds: number): Promise<void> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { findings, hash } = await simulate(seed, { folder, clockFaults: true });
    if (seed % EVERY === 0) {
      const same = (await simulate(seed, { folder, clockFaults: false })).hash === hash;
      findings.check('clock_independent', same, 'another course of things with right clocks');
    }
    all.add(findings);
    all.try('simulated systems');
    for (const { property, detail } of findings.violations) {
      process.stdout.write(`${property}: ${detail}\n  npm run faults -- --seed ${seed}\n`);
    }
    if (seed % 100 === 0) process.stderr.write(`${seed} of ${seeds} seeds …\n`);
  }
}

async function disks(): Promise<void> {
  const bundles = join(root, 'out/faults-programs');
  mkdirSync(bundles, { recursive: true });
  const programs = diskPrograms(join(root, 'tests/faults/disk'), bundles);
  for (const size of POWER_CUTS) {
    process.stderr.write(`power loss, ${size.cuts} times …\n`);
    await powerLosses({ programs, folder, ...size, findings: all });
  }
  for (const applications of DISK_ERROR_SIZES) {
    process.stderr.write(`a failing disk, ${applications} applications …\n`);
    await diskErrors({ programs, folder, applications, lastingEvery: 1, findings: all });
  }
}
