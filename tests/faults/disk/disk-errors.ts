import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Findings, findingsSchema } from '../properties.ts';
import { type DiskPrograms, runOverShim } from './disk-recorder.ts';

/** Every write and every sync of a terminal at work fails once, with no space left and with a broken disk. */
export async function diskErrors(input: {
  programs: DiskPrograms;
  folder: string;
  applications: number;
  /** At so manieth of them the disk also stays broken for a while; 1: at each. */
  lastingEvery: number;
  findings: Findings;
}): Promise<void> {
  const { programs, applications, lastingEvery, findings } = input;
  const folder = mkdtempSync(join(input.folder, 'errors-'));
  const { code, output } = await runOverShim({
    programs,
    bundle: await programs.bundle('disk-errors-workload'),
    args: [JSON.stringify({ folder, applications, lastingEvery })],
    folder,
    record: null,
  });
  if (code !== 0) throw new Error('the program over the failing disk failed itself');
  findings.add(findingsSchema.parse(JSON.parse(output)));
  rmSync(folder, { recursive: true });
}
