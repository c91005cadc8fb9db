import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { Findings } from '../properties.ts';
import { createNetwork } from './network.ts';
import { createOracleCentral } from './oracle-central.ts';
import { apply } from './shop-customers.ts';
import { retryHeld } from './shop-staff.ts';
import { Shop } from './shop.ts';
import { recover } from './simulate.ts';
import { createWorld } from './world.ts';

const SECOND_MS = 1_000;

/**
 * One shop on a good line, whose disk fails at a moment that somebody else decides.
 * @param disk what makes it fail, and what mends it
 */
export async function simulateFailingDisk(input: {
  seed: number;
  folder: string;
  applications: number;
  /** It ends as by kill -9 when its disk is mended, before it could write again. */
  isKilled: boolean;
  disk: { fail(): void; mend(): void };
}): Promise<Findings> {
  const { seed, applications, disk } = input;
  const folder = mkdtempSync(join(input.folder, 'failing-'));
  const findings = new Findings();
  const world = createWorld();
  const central = createOracleCentral({
    world,
    kind: 'idempotent',
    findings,
    rescuePem: RESCUE_PUBLIC_PEM,
    holdReason: () => 'price-changed',
  });
  const network = createNetwork({ world, central, findings });
  const parts = { seed, folder, world, network, central, findings, old: null, clockOffset: 0 };
  const shop = new Shop('T01', parts);
  await world.run(2 * SECOND_MS, () => false);

  disk.fail();
  shop.isDiskFull = true;
  for (let at = 0; at < applications; at += 1) world.after(at * SECOND_MS, () => apply(shop));
  world.after((applications + 5) * SECOND_MS, () => retryHeld(shop));
  await world.run(world.now() + 90 * SECOND_MS, () => false);
  disk.mend();
  if (input.isKilled) shop.kill();
  shop.isDiskFull = false;
  await recover({ shops: [shop], world, network, central, findings, off: 0 });
  shop.running.kill();
  shop.running.bury();
  rmSync(folder, { recursive: true });
  return findings;
}
