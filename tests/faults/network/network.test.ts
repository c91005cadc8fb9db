import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { memoryFolder } from '../memory-folder.ts';
import { Findings } from '../properties.ts';
import { lineFault } from './line-faults.ts';
import { PHASES, TOXICS } from './toxic-proxy.ts';

it('brings each application to central once, whatever happens on the line and when', async () => {
  const folder = memoryFolder();
  const findings = new Findings();
  const all = PHASES.flatMap((phase) => TOXICS.map((toxic) => ({ folder, phase, toxic, findings })));
  // Side by side, since a line that falls silent takes ten seconds to be given up.
  await Promise.all(all.map(lineFault));
  rmSync(folder, { recursive: true });
  expect(findings.violations).toEqual([]);
  expect(findings.tried.size).toBe(all.length);
}, 200_000);
