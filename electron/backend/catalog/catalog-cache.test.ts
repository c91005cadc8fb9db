import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { createTransport, type Transport } from '../central/transport.ts';
import { documentKeeper } from '../database/kept-document.ts';
import { openDatabase, type SqliteDatabase } from '../database/open-database.ts';
import { createLogger } from '../log/logger.ts';
import { noProbe } from '../step-probe.ts';
import { enrolledClient } from '../testing/enrolled-client.ts';
import { FakeCentral } from '../testing/fake-central.ts';
import { serveCustomer } from '../testing/fake-customer.ts';
import { type CatalogCache, createCatalogCache } from './catalog-cache.ts';

let dataDir = '';
let central: FakeCentral;
let db: SqliteDatabase;
let transport: Transport;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'catalog-'));
  central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  const opened = openDatabase({ dataDir, probe: noProbe });
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
  transport = createTransport({ central: central.url, ca: null });
});
afterEach(async () => {
  await transport.close();
  db.close();
  await central.stop();
  rmSync(dataDir, { recursive: true });
});

function cache(): CatalogCache {
  const client = enrolledClient(transport);
  const log = createLogger(() => undefined);
  return createCatalogCache({ client, keeper: documentKeeper(db, 'catalog'), now: Date.now, log });
}

it('reads all pages and has the catalog again after a restart without central', async () => {
  const first = cache();
  expect(first.current()).toBeNull();
  expect(await first.refresh()).toBe('refreshed');
  const offerings = first.current()?.catalog.offerings.length ?? 0;
  expect(offerings).toBeGreaterThan(40);
  await central.stop();
  const second = cache();
  expect(second.current()?.catalog.offerings).toHaveLength(offerings);
  expect(await second.refresh()).toBe('unreachable');
  expect(second.current()?.catalog.offerings).toHaveLength(offerings);
});

it('works with a catalog for which the disk has no room', async () => {
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
  const kept = cache();
  expect(await kept.refresh()).toBe('refreshed');
  expect(kept.current()?.catalog.offerings.length).toBeGreaterThan(40);
  expect(documentKeeper(db, 'catalog').read()).toBeNull();
});

it('refuses a catalog that does not validate and goes on with the old one', async () => {
  const kept = cache();
  await kept.refresh();
  const before = kept.current()?.catalog;
  central.routes.set(`GET ${CENTRAL_PATHS.productOffering}`, () => ({ status: 200, json: [{ id: 'broken' }] }));
  expect(await kept.refresh()).toBe('invalid');
  expect(kept.current()?.catalog).toEqual(before);
  expect(cache().current()?.catalog).toEqual(before);
});

it('refuses one whose offerings contradict each other', async () => {
  const kept = cache();
  central.routes.set(`GET ${CENTRAL_PATHS.productOfferingPrice}`, () => ({ status: 200, json: [] }));
  expect(await kept.refresh()).toBe('invalid');
  expect(kept.current()).toBeNull();
});
