import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryFolder } from '../memory-folder.ts';
import { Findings, findingsSchema } from '../properties.ts';
import { type DiskPrograms, diskPrograms, runOverShim } from './disk-recorder.ts';
import { diskErrors } from './disk-errors.ts';
import { powerLosses } from './power-loss.ts';

/** Inside the repository, so that the bundles find the native modules. */
const scratch = join(import.meta.dirname, '../../../out/disk-test');
let bundles = '';
let folder = '';
let programs: DiskPrograms;

beforeAll(() => {
  mkdirSync(scratch, { recursive: true });
  bundles = mkdtempSync(join(scratch, 'run-'));
  folder = memoryFolder();
  programs = diskPrograms(import.meta.dirname, bundles);
});
afterAll(() => {
  rmSync(bundles, { recursive: true });
  rmSync(folder, { recursive: true });
});

it('keeps every promise when the power goes, after whichever write', async () => {
  const findings = new Findings();
  await powerLosses({ programs, folder, cuts: 50, applications: 6, findings });
  expect(findings.violations).toEqual([]);
  expect(findings.checked.get('acked_survives_power_loss')).toBeGreaterThan(500);
}, 120_000);

it('loses nothing when any write or sync fails, and refuses before it promises', async () => {
  const findings = new Findings();
  await diskErrors({ programs, folder, applications: 2, lastingEvery: 10, findings });
  expect(findings.violations).toEqual([]);
  expect([...findings.tried.keys()].filter((fault) => fault.startsWith('E'))).toHaveLength(6);
}, 300_000);

it('loses no more than what was on a page that the disk does not give any more', async () => {
  const bundle = await programs.bundle('unreadable-pages-workload');
  const ended = await runOverShim({ programs, bundle, args: [folder], folder, record: null });
  expect(ended.code).toBe(0);
  const found = findingsSchema.parse(JSON.parse(ended.output));
  expect(found.violations).toEqual([]);
  expect(found.tried.get('an unreadable page damaged')).toBeGreaterThan(20);
  expect(found.tried.get('an unreadable piece of the log damaged')).toBeGreaterThan(20);
}, 60_000);
