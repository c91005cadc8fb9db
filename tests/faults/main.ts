import { mkdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChildren } from './children.ts';
import { damagedDatabases } from './damage/damaged-database.ts';
import { diskErrors } from './disk/disk-errors.ts';
import { diskPrograms } from './disk/disk-recorder.ts';
import { powerLosses } from './disk/power-loss.ts';
import { memoryFolder } from './memory-folder.ts';
import { readOptions } from './options.ts';
import { STEPS } from '../../electron/backend/step-probe.ts';
import { bundleForNode } from '../../electron/backend/testing/bundle.ts';
import { dice } from './dice.ts';
import { type Kill, killAtStep, killed } from './kill/kills.ts';
import { missingCapture } from './kill/missing-capture.ts';
import { twoProcesses } from './kill/two-processes.ts';
import { lineFault } from './network/line-faults.ts';
import { PHASES, TOXICS } from './network/toxic-proxy.ts';
import { Findings } from './properties.ts';
import { lastLine, tableOf } from './report.ts';
import { drainBacklog } from './simulation/backlog.ts';
import { simulate } from './simulation/simulate.ts';

/** Of the seeds that run once more, with all clocks right. */
const EVERY = 10;

const POWER_CUTS = [
  { applications: 6, cuts: 250 },
  { applications: 30, cuts: 250 },
];
const DISK_ERROR_SIZES = [1, 2, 4];

/** Ways in which each page of a database is damaged, twice in each. */
const DAMAGE_ROUNDS = 5;

const BACKLOG = 10_000;

const RANDOM_KILLS = 60;
const KILLS_AT_EACH_STEP = 5;
const SECOND_PROCESSES = 5;
const MISSING_PICTURES = 5;
const LINE_ROUNDS = 5;

/** Bundled into `out/faults/`. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const options = readOptions(process.argv.slice(2));
if (!options.ok) {
  process.stderr.write(`${options.error}\n`);
  process.exit(2);
}
const folder = memoryFolder();
process.once('exit', () => {
  endChildren();
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
/** Programs of their own. */
const bundles = join(root, 'out/faults-programs');
mkdirSync(bundles, { recursive: true });
const all = new Findings();

const afterSimulations: readonly ((findings: Findings) => void | Promise<void>)[] = [
  backlog,
  lines,
  kills,
  disks,
  damage,
];

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
    for (const phase of afterSimulations) {
      const findings = new Findings();
      await phase(findings);
      for (const { property, detail } of findings.violations) process.stdout.write(`${property}: ${detail}\n`);
      all.add(findings);
    }
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

async function backlog(findings: Findings): Promise<void> {
  process.stderr.write(`${BACKLOG} applications …\n`);
  const took = await drainBacklog({ folder, applications: BACKLOG, findings });
  process.stdout.write(`${BACKLOG} applications after 30 days off: at central after ${Math.round(took / 1000)} s\n`);
}

async function lines(findings: Findings): Promise<void> {
  process.stderr.write('a faulty line …\n');
  for (let round = 0; round < LINE_ROUNDS; round += 1) {
    const faults = PHASES.flatMap((phase) => TOXICS.map((toxic) => ({ folder, phase, toxic, findings })));
    await Promise.all(faults.map(lineFault));
  }
}

async function kills(findings: Findings): Promise<void> {
  process.stderr.write('kill -9 …\n');
  const harness = await bundleForNode(join(root, 'electron/backend/testing/kill-harness.ts'), bundles);
  const chance = dice(1, 'kills');
  const steps = STEPS.flatMap((step) => Array.from({ length: KILLS_AT_EACH_STEP }, (_, at) => killAtStep(step, at)));
  const moments = Array.from(
    { length: RANDOM_KILLS },
    (): Kill => ({
      kind: 'moment',
      acks: chance.between(1, 6),
      delayMs: chance.between(0, 60),
    }),
  );
  for (const kill of [...steps, ...moments]) await killed({ harness, folder, kill, findings });
  for (let round = 0; round < SECOND_PROCESSES; round += 1) await twoProcesses({ harness, folder, findings });
  for (let which = 0; which < MISSING_PICTURES; which += 1) await missingCapture({ folder, which, findings });
}

async function disks(findings: Findings): Promise<void> {
  const programs = diskPrograms(join(root, 'tests/faults/disk'), bundles);
  for (const size of POWER_CUTS) {
    process.stderr.write(`power loss, ${size.cuts} times …\n`);
    await powerLosses({ programs, folder, ...size, findings });
  }
  for (const applications of DISK_ERROR_SIZES) {
    process.stderr.write(`a failing disk, ${applications} applications …\n`);
    await diskErrors({ programs, folder, applications, lastingEvery: 1, findings });
  }
}

function damage(findings: Findings): void {
  process.stderr.write('a damaged database …\n');
  damagedDatabases({ folder, rounds: DAMAGE_ROUNDS, findings });
}
