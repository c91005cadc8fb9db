import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryFolder } from '../memory-folder.ts';
import { Findings } from '../properties.ts';
import { drainBacklog } from './backlog.ts';
import { simulate } from './simulate.ts';

const SEEDS = 100;
/** Of those that run once more, with all clocks right. */
const EVERY = 20;

let folder = '';
beforeAll(() => {
  folder = memoryFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

it('loses and doubles nothing, whatever happens to terminals, lines, disks, clocks and central', async () => {
  const all = new Findings();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { findings, hash } = await simulate(seed, { folder, clockFaults: true });
    expect(findings.violations, `npm run faults -- --seed ${seed}`).toEqual([]);
    all.add(findings);
    if (seed % EVERY !== 0) continue;
    const withRightClocks = await simulate(seed, { folder, clockFaults: false });
    expect(withRightClocks.hash, `npm run faults -- --seed ${seed}`).toBe(hash);
  }
  // A simulation in which nothing happens finds nothing.
  expect(Math.min(...all.tried.values())).toBeGreaterThan(0);
  expect(all.tried.get('kill at accept.updated')).toBeGreaterThan(0);
}, 300_000);

it('happens again from the same seed, to the last line', async () => {
  const once = await simulate(4_711, { folder, clockFaults: true });
  const again = await simulate(4_711, { folder, clockFaults: true });
  expect(again.log).toEqual(once.log);
  expect(again.hash).toBe(once.hash);
  expect((await simulate(4_712, { folder, clockFaults: true })).hash).not.toBe(once.hash);
});

it('brings all of a long queue to central after a month without it, and remembers none of what has left', async () => {
  const findings = new Findings();
  await drainBacklog({ folder, applications: 300, findings });
  expect(findings.violations).toEqual([]);
});
