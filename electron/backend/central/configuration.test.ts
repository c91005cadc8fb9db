import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documentKeeper } from '../database/kept-document.ts';
import { openDatabase } from '../database/open-database.ts';
import { createLogger } from '../log/logger.ts';
import { noProbe } from '../step-probe.ts';
import { RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { holdConfiguration } from './configuration.ts';

const CONFIGURATION = {
  terminalCode: 'T01',
  shopName: '見本ショップ',
  shopPhone: '0120-000-000',
  demo: true,
  // Longer than what is left of a page.
  rescueKey: { id: 'rescue-1', publicKeyPem: RESCUE_PUBLIC_PEM + '\n'.repeat(10_000) },
};
const NO_LIMIT = 1_073_741_823;

it('works with a configuration for which the disk has no room, and keeps it when there is room again', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'configuration-'));
  const opened = openDatabase({ dataDir, probe: noProbe });
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  const keeper = documentKeeper(db, 'configuration');
  const logs: string[] = [];
  const holder = holdConfiguration(
    keeper,
    createLogger((line) => logs.push(line)),
  );
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  holder.keep(CONFIGURATION, 1);
  expect(holder.current()?.configuration).toEqual(CONFIGURATION);
  expect(keeper.read()).toBeNull();
  expect(logs.join('')).toContain('disk-failure');

  db.pragma(`max_page_count = ${NO_LIMIT}`);
  holder.keep(CONFIGURATION, 2);
  expect(keeper.read()?.asOf).toBe(2);
  db.close();
  rmSync(dataDir, { recursive: true });
});
