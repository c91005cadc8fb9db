import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STEPS } from '../../../electron/backend/step-probe.ts';
import { bundleForNode } from '../../../electron/backend/testing/bundle.ts';
import { dice } from '../dice.ts';
import { Findings } from '../properties.ts';
import { type Kill, killAtStep, killed } from './kills.ts';
import { missingCapture } from './missing-capture.ts';
import { twoProcesses } from './two-processes.ts';

const root = join(import.meta.dirname, '../../..');
/** Inside the repository, so that the bundle finds the native modules. */
const scratch = join(root, 'out/kill-test');
const chance = dice(1, 'kills');
let folder = '';
let harness = '';

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, 'run-'));
  harness = await bundleForNode(join(root, 'electron/backend/testing/kill-harness.ts'), folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ...STEPS.map(killAtStep),
  ...Array.from(
    { length: 10 },
    (): Kill => ({
      kind: 'moment',
      acks: chance.between(1, 6),
      delayMs: chance.between(0, 40),
    }),
  ),
])(
  'killed (%j), everything acknowledged is at central exactly once',
  async (kill) => {
    const findings = new Findings();
    await killed({ harness, folder, kill, findings });
    expect(findings.violations).toEqual([]);
    if (kill.kind === 'step') expect(findings.tried.size).toBe(1);
  },
  60_000,
);

it('lets no second process near the database, and goes on beside it', async () => {
  const findings = new Findings();
  await twoProcesses({ harness, folder, findings });
  expect(findings.violations).toEqual([]);
});

it('holds for staff what lost its picture, and sends the others', async () => {
  const findings = new Findings();
  await missingCapture({ folder, which: 1, findings });
  expect(findings.violations).toEqual([]);
});
