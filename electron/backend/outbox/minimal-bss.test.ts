import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../tests/setup/eventually.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { createCatalogCache } from '../catalog/catalog-cache.ts';
import { createTransport } from '../central/transport.ts';
import { documentKeeper } from '../database/kept-document.ts';
import { createLogger } from '../log/logger.ts';
import { enrolledClient } from '../testing/enrolled-client.ts';
import { RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { type Mishap, MinimalBss } from '../testing/minimal-bss.ts';
import { anApplication, enqueued, openOutbox, startSync, type SyncRig } from '../testing/sync-rig.ts';

const MISHAPS: readonly Mishap[] = ['answer-lost', 'none', 'cut-before', 'html', 'none', 'unavailable'];

describe('a BSS that has TM Forum and nothing of ours', () => {
  let dataDir = '';
  let bss: MinimalBss;
  let rig: SyncRig | undefined;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'minimal-'));
    bss = new MinimalBss();
    await bss.start();
  });
  afterEach(async () => {
    await rig?.close();
    rig = undefined;
    await bss.stop();
    rmSync(dataDir, { recursive: true });
  });

  /** Queued by an earlier run of the terminal's program, while the BSS was away. */
  function queued(count: number): string[] {
    const { db, outbox } = openOutbox({ dataDir });
    const ids = Array.from(
      { length: count },
      (_, at) => enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM, { customerNumber: `100000000${at % 5}` })).id,
    );
    db.close();
    return ids;
  }

  it('gets each queued application exactly once, whatever is lost on the way', async () => {
    await bss.stop();
    const ids = queued(24);
    const to = startSync({ dataDir, central: bss.url });
    rig = to;
    await to.connectivity.suspect();
    expect(to.connectivity.state()).toBe('unreachable');
    bss.mishap = (post) => MISHAPS[post % MISHAPS.length] ?? 'none';
    await bss.start();
    await eventually(() => expect(ids.map((id) => to.outbox.find(id)?.state)).toEqual(ids.map(() => 'accepted')));
    expect(bss.orders.map(({ externalId }) => externalId).toSorted()).toEqual(ids.toSorted());
    expect(bss.posts).toBeGreaterThan(ids.length);
    for (const id of ids) {
      expect(to.outbox.find(id)?.orderId).toBe(bss.orders.find(({ externalId }) => externalId === id)?.id);
    }
    // It was asked for the house API and is reachable without it.
    expect([...bss.unknownPaths]).toEqual([CENTRAL_PATHS.configuration]);
  });

  it('has a catalog that no procedure can go by, which stops nothing that is queued', async () => {
    const [id = ''] = queued(1);
    const to = startSync({ dataDir, central: bss.url });
    rig = to;
    const transport = createTransport({ central: bss.url, ca: null });
    const log = createLogger((line) => to.logs.push(line));
    const keeper = documentKeeper(to.db, 'catalog');
    const cache = createCatalogCache({ client: enrolledClient(transport), keeper, now: Date.now, log });
    expect(await cache.refresh()).toBe('invalid');
    expect(cache.current()).toBeNull();
    await transport.close();
    await eventually(() => expect(to.outbox.find(id)?.state).toBe('accepted'));
    expect(bss.orders.map(({ externalId }) => externalId)).toEqual([id]);
  });

  it('is not sent again what it cannot be asked for', async () => {
    const [first = '', second = ''] = queued(2);
    bss.ignoresFilters = true;
    bss.mishap = (post) => (post <= 2 ? 'answer-lost' : 'none');
    bss.orders.push({
      id: '0',
      externalId: 'of-another-channel',
      body: { externalId: 'of-another-channel', productOrderItem: [] },
    });
    const to = startSync({ dataDir, central: bss.url });
    rig = to;
    // Each is found among all the others.
    for (const id of [first, second]) await eventually(() => expect(to.outbox.find(id)?.state).toBe('accepted'));
    expect(bss.posts).toBe(2);

    bss.mishap = () => 'cut-before';
    const third = enqueued(to.outbox, anApplication(RESCUE_PUBLIC_PEM)).id;
    to.worker.wake();
    await eventually(() => expect(bss.posts).toBe(3));
    bss.mishap = () => 'none';
    await to.connectivity.suspect();
    bss.ignoresFilters = false;
    await eventually(() => expect(to.outbox.find(third)?.state).toBe('accepted'));
    expect(bss.orders.filter(({ externalId }) => externalId === third)).toHaveLength(1);
  });
});
