import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import type { Findings } from '../properties.ts';
import { createNetwork } from './network.ts';
import { createOracleCentral } from './oracle-central.ts';
import { checkCount, checkKept } from './shop-checks.ts';
import { applyAs } from './shop-customers.ts';
import { Shop } from './shop.ts';
import { createWorld } from './world.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
/** How a month's customers come again. */
const FOR_EACH_CUSTOMER = 5;
/** A real application's body. */
const REMARKS = 'x'.repeat(6_000);
/** What an oracle, its log and this test remember of an application; a terminal that kept it all would take the body too. */
const REMEMBERED_BYTES = 3_500;
const LOOKS = 10;
const NOISE_BYTES = 4 * 1024 * 1024;
const LONGEST_MS = 3_600_000;
/** A screen follows after half a second. */
const SCREEN_MS = 600;

/**
 * A terminal that never reached central, full of applications, off for a month, and then on a good line.
 * @returns how long it took until central had them all (ms of the terminal's time, from its start)
 */
export async function drainBacklog(input: {
  folder: string;
  applications: number;
  findings: Findings;
}): Promise<number> {
  const { applications, findings } = input;
  const folder = mkdtempSync(join(input.folder, 'backlog-'));
  const world = createWorld();
  const central = createOracleCentral({
    world,
    kind: 'idempotent',
    findings,
    rescuePem: RESCUE_PUBLIC_PEM,
    holdReason: () => 'price-changed',
  });
  const network = createNetwork({ world, central, findings });
  const shop = new Shop('T01', { seed: 1, folder, world, network, central, findings, old: null, clockOffset: 0 });
  shop.line.state = 'down';
  for (let at = 0; at < applications; at += 1) {
    applyAs(shop, 1 + Math.floor(at / FOR_EACH_CUSTOMER), REMARKS);
    if (at % 100 === 0) await world.run(world.now() + SECOND_MS, () => false);
  }
  shop.running.kill();
  await world.run(world.now() + 30 * DAY_MS, () => false);
  shop.line.state = 'good';
  shop.restart();
  findings.try(`${applications} applications after 30 days off`);

  const startedAt = world.now();
  let warm: { readonly booked: number; readonly bytes: number } | null = null;
  for (let look = 1; look <= LOOKS; look += 1) {
    const wanted = Math.ceil((applications * look) / LOOKS);
    await world.run(startedAt + LONGEST_MS, () => central.booked.length >= wanted);
    const bytes = heapBytes();
    // What every drain takes once (sockets, statements, compiled code) has been taken at the first look.
    warm ??= { booked: wanted, bytes };
    const grown = bytes - warm.bytes;
    const isSteady = grown < REMEMBERED_BYTES * (wanted - warm.booked) + NOISE_BYTES;
    findings.check('memory_steady', isSteady, `${Math.round(grown / 1024)} KiB more at ${wanted} of ${applications}`);
  }
  const isThere = await world.run(startedAt + LONGEST_MS, () => shop.running.outbox.waitingCount() === 0);
  const took = world.now() - startedAt;
  await world.run(world.now() + 2 * SCREEN_MS, () => false);
  findings.check('eventually_drains', isThere, `${shop.running.outbox.waitingCount()} of ${applications} still wait`);
  const isOnce = central.booked.length === applications && new Set(central.booked).size === applications;
  findings.check('acked_exactly_once_at_central', isOnce, `${central.booked.length} of ${applications} at central`);
  checkKept(shop);
  checkCount(shop);
  shop.running.kill();
  shop.running.bury();
  rmSync(folder, { recursive: true });
  return took;
}

/** Of what is still in use. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = z.function().parse(runInNewContext('gc'));
  collect();
  return process.memoryUsage().heapUsed;
}
