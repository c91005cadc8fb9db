import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { noProbe } from '../../step-probe.ts';
import { openDatabase } from '../open-database.ts';
import { KNOWN_ROWS } from './known-rows.ts';

it('knows the rows of every table that a terminal has, so that nothing is left behind in a damaged one', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'known-rows-'));
  const opened = openDatabase({ dataDir, probe: noProbe });
  if (!opened.ok) throw new Error(opened.error.code);
  const tables = opened.value
    .prepare(`select name from sqlite_master where type = 'table' order by name`)
    .pluck()
    .all();
  opened.value.close();
  rmSync(dataDir, { recursive: true });
  expect(Object.keys(KNOWN_ROWS).sort()).toEqual(tables);
});
