import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { memoryFolder } from '../memory-folder.ts';
import { Findings } from '../properties.ts';
import { damagedDatabases } from './damaged-database.ts';

it('loses no more than what was on a damaged page, and tells of it, whichever page it is', () => {
  const folder = memoryFolder();
  const findings = new Findings();
  damagedDatabases({ folder, rounds: 1, findings });
  rmSync(folder, { recursive: true });
  expect(findings.violations).toEqual([]);
  expect(findings.tried.get('a whole page damaged')).toBeGreaterThan(20);
});
