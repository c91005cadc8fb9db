import { rmSync } from 'node:fs';
import { memoryFolder } from './memory-folder.ts';
import { readOptions } from './options.ts';
import { Findings } from './properties.ts';
import { lastLine, tableOf } from './report.ts';
import { simulate } from './simulation/simulate.ts';

/** Of the seeds that run once more, with all clocks right. */
const EVERY = 10;

/** Bundled into `out/faults/`. */
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
