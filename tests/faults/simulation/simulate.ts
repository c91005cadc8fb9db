import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { STEPS } from '../../../electron/backend/step-probe.ts';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { dice } from '../dice.ts';
import { Findings } from '../properties.ts';
import { createNetwork, type Network } from './network.ts';
import { createOracleCentral, type OracleCentral, type Order } from './oracle-central.ts';
import { OLD_VERSIONS } from './old-database.ts';
import { checkCount, checkKept, checkNothingInTheClear } from './shop-checks.ts';
import { apply, applyAnew, submit } from './shop-customers.ts';
import { correct, damage, retryHeld, withdraw } from './shop-staff.ts';
import { Shop } from './shop.ts';
import type { Taken } from './taken.ts';
import { createWorld, EPOCH, type World } from './world.ts';

export interface Simulated {
  readonly seed: number;
  /** Of everything that happened, with its time. */
  readonly hash: string;
  readonly log: readonly string[];
  readonly findings: Findings;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const YEARS_MS = 3_650 * DAY_MS;
/** So long things go wrong. */
const TROUBLE_MS = 3 * MINUTE_MS;
/** So long everything may take to come right again, once nothing goes wrong any more. */
const RECOVERY_MS = 15 * MINUTE_MS;
/** So long the way to central and back takes at most on a good line, and what the terminal does about it. */
const AT_ONCE_MS = 3 * SECOND_MS;
const LOOK_EVERY_MS = 5 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const CLOCK_OFFSETS = [-YEARS_MS, YEARS_MS, -HOUR_MS, HOUR_MS, 0] as const;
/** How far from central's a corrected clock may be: `Date` counts seconds, and travels. */
const CLOCK_TOLERANCE_MS = 5_000;

/** One run of the whole: some shops, central, and what chance does to them. @param folder for the terminals' disks */
export async function simulate(seed: number, input: { folder: string; clockFaults: boolean }): Promise<Simulated> {
  const folder = mkdtempSync(join(input.folder, `seed-${seed}-`));
  try {
    return await run(seed, folder, input.clockFaults);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(seed: number, folder: string, clockFaults: boolean): Promise<Simulated> {
  const findings = new Findings();
  const world = createWorld();
  const plan = dice(seed, 'plan');
  const central = createOracleCentral({
    world,
    kind: plan.chance(0.25) ? 'plain' : 'idempotent',
    findings,
    rescuePem: RESCUE_PUBLIC_PEM,
    holdReason: () => 'price-changed',
  });
  const network = createNetwork({ world, central, findings });
  const count = plan.between(1, 3);
  const shops = Array.from({ length: count }, (_, at) => {
    const old =
      at === 0 && plan.chance(0.3)
        ? { migrations: plan.between(1, OLD_VERSIONS), applications: plan.between(1, 3) }
        : null;
    const offset = clockFaults ? dice(seed, `clock ${at}`).pick(CLOCK_OFFSETS) : 0;
    return new Shop(`T0${at + 1}`, { seed, folder, world, network, central, findings, old, clockOffset: offset });
  });
  for (const [at, shop] of shops.entries()) {
    planTrouble(seed, shop, world);
    if (clockFaults) planClocks(seed, at, shop, world, findings);
  }
  for (let outage = plan.between(0, 2); outage > 0; outage -= 1) {
    const begins = plan.between(0, TROUBLE_MS - MINUTE_MS);
    world.after(begins, () => {
      network.isCentralUp = false;
      world.note('central down');
    });
    world.after(begins + plan.between(SECOND_MS, MINUTE_MS), () => {
      network.isCentralUp = true;
      world.note('central up');
    });
  }
  await world.run(TROUBLE_MS, () => false);
  const off = plan.chance(0.1) ? 30 * DAY_MS : 0;
  await recover({ shops, world, network, central, findings, off });
  for (const shop of shops) {
    shop.running.kill();
    checkNothingInTheClear(shop);
    shop.running.bury();
  }
  return { seed, hash: world.hash(), log: world.log, findings };
}

/** Everything that will happen to a shop, by the seed alone. */
function planTrouble(seed: number, shop: Shop, world: World): void {
  const plan = dice(seed, `${shop.name} trouble`);
  const sometime = (): number => plan.between(0, TROUBLE_MS - 1);
  const times = (least: number, most: number, act: () => void): void => {
    for (let left = plan.between(least, most); left > 0; left -= 1) world.after(sometime(), act);
  };
  shop.line.mishaps = plan.pick([0, 0.1, 0.3, 0.6]);
  times(2, 10, () => apply(shop));
  times(0, 2, () => shop.kill());
  times(0, 1, () => withdraw(shop));
  times(0, 2, () => correct(shop));
  if (plan.chance(0.1)) times(1, 1, () => damage(shop));
  for (let left = plan.between(1, 4); left > 0; left -= 1) {
    const label = plan.pick(STEPS);
    const nth = plan.between(1, 2);
    world.after(sometime(), () => shop.arm(label, nth));
  }
  for (let left = plan.between(0, 2); left > 0; left -= 1) {
    const state = plan.pick(['down', 'black-hole', 'captive-portal'] as const);
    const begins = sometime();
    world.after(begins, () => {
      shop.line.state = state;
    });
    world.after(begins + plan.between(SECOND_MS, MINUTE_MS), () => {
      shop.line.state = 'good';
    });
  }
  if (plan.chance(0.6)) {
    const begins = sometime();
    world.after(begins, () => shop.setDiskFull(true));
    world.after(begins + plan.between(10 * SECOND_MS, 2 * MINUTE_MS), () => shop.setDiskFull(false));
  }
  // Somebody starts a dead terminal again, sooner or later; those who saw no receipt try again.
  const revive = (): void => {
    if (world.now() >= TROUBLE_MS) return;
    if (!shop.running.isAlive()) {
      shop.restart();
      if (plan.chance(0.5)) for (const taken of shop.taken.filter(isUnpromised)) submit(shop, taken);
    }
    world.after(plan.between(2 * SECOND_MS, 20 * SECOND_MS), revive);
  };
  world.after(plan.between(2 * SECOND_MS, 20 * SECOND_MS), revive);
}

const isUnpromised = ({ receiptNumber }: Taken): boolean => receiptNumber === null;

function planClocks(seed: number, at: number, shop: Shop, world: World, findings: Findings): void {
  const plan = dice(seed, `clock jumps ${at}`);
  for (let left = plan.between(0, 3); left > 0; left -= 1) {
    const offset = plan.pick(CLOCK_OFFSETS);
    world.after(plan.between(0, TROUBLE_MS - 1), () => {
      shop.clockOffset = offset;
      findings.try(`clock set ${offset / HOUR_MS} h off`);
    });
  }
}

interface Recovery {
  readonly shops: readonly Shop[];
  readonly world: World;
  readonly network: Network;
  readonly central: OracleCentral;
  readonly findings: Findings;
  /** So long the terminals are off first. */
  readonly off: number;
}

/** Nothing goes wrong any more: all comes right again, and all promises are looked at. */
export async function recover({ shops, world, network, central, findings, off }: Recovery): Promise<void> {
  network.isCentralUp = true;
  for (const shop of shops) {
    shop.line.state = 'good';
    shop.line.mishaps = 0;
    shop.disarm();
    shop.setDiskFull(false);
  }
  if (off > 0) {
    findings.try('off for 30 days');
    for (const shop of shops) shop.running.kill();
    await world.run(world.now() + off, () => false);
  }
  world.note('nothing goes wrong any more');
  for (const shop of shops) if (!shop.running.isAlive()) shop.restart();

  let isDone = false;
  const look = (settled: (shop: Shop) => boolean): void => {
    for (const shop of shops) retryHeld(shop);
    isDone = shops.every(settled);
    if (!isDone) world.after(LOOK_EVERY_MS, () => look(settled));
  };
  look((shop) => othersSettled(shop, central));
  const hasPoison = shops.some((shop) => shop.taken.some((one) => isStuck(one, central)));
  const drained = await world.run(world.now() + RECOVERY_MS, () => isDone);
  findings.check(hasPoison ? 'poison_never_blocks_others' : 'eventually_drains', drained, 'not drained in time');
  for (const shop of shops.filter(({ taken }) => taken.some((one) => isStuck(one, central)))) {
    const { id } = applyAnew(shop);
    await world.run(world.now() + AT_ONCE_MS, () => shop.running.outbox.find(id)?.state === 'accepted');
    const state = shop.running.outbox.find(id)?.state;
    findings.check('poison_never_blocks_others', state === 'accepted', `${id} is ${state ?? 'gone'} after seconds`);
  }

  // Central learns at last to deal with what it failed at: nothing was given up meanwhile.
  for (const { id } of shops.flatMap(({ taken }) => taken)) {
    if (central.fateOf(id) === 'poison') central.decide(id, 'accept');
  }
  isDone = false;
  look((shop) => othersSettled(shop, central));
  findings.check('eventually_drains', await world.run(world.now() + RECOVERY_MS, () => isDone), 'not drained in time');
  // A screen follows after half a second.
  await world.run(world.now() + SECOND_MS, () => false);
  for (const shop of shops) {
    checkKept(shop);
    checkCount(shop);
    checkOutcome(shop, central, findings);
    const wrong = Math.abs(shop.running.clock.now() - EPOCH - world.now());
    findings.check('clock_independent', wrong < CLOCK_TOLERANCE_MS, `${shop.name}'s clock is ${wrong} ms off`);
  }
  const receipts = shops.flatMap(({ taken }) => taken.flatMap(({ receiptNumber }) => receiptNumber ?? []));
  findings.check('clock_independent', new Set(receipts).size === receipts.length, 'a receipt number was given twice');
}

/** Central fails at it. */
function isStuck({ id }: Taken, central: OracleCentral): boolean {
  return central.fateOf(id) === 'poison';
}

/**
 * Whether all are decided, erased and shown, but for what is stuck and what waits behind it in a customer's row; what is
 * held waits for none of these.
 */
function othersSettled(shop: Shop, central: OracleCentral): boolean {
  if (!shop.running.isAlive() || shop.running.connectivity.state() !== 'reachable') return false;
  const stuck = new Set(shop.taken.filter((one) => isStuck(one, central)).map((one) => one.customerNumber));
  return shop.taken.every(({ id, customerNumber, isUnreadable }) => {
    const entry = shop.running.outbox.find(id);
    if (entry === null) return true;
    switch (entry.state) {
      case 'queued':
      case 'sending':
        return stuck.has(customerNumber);
      case 'held':
        return isUnreadable;
      case 'accepted':
        return shop.isErased(id);
      case 'rejected':
      case 'withdrawn':
        return true;
    }
  });
}

function checkOutcome(shop: Shop, central: OracleCentral, findings: Findings): void {
  const { outbox } = shop.running;
  for (const { id, receiptNumber, digest, corrects, isUnreadable } of shop.taken) {
    const entry = outbox.find(id);
    const orders = central.ordersOf(id);
    const state = entry?.state ?? 'unknown';
    const detail = `${id} is ${state} here and ${orders.map((order) => order.state).join(', ') || 'nothing'} at central`;
    if (state === 'withdrawn') {
      const isGone = orders.every((order) => order.state === 'cancelled' || order.state === 'rejected');
      findings.check('never_withdrawn_and_booked', isGone, detail);
    }
    if (receiptNumber === null && entry === null) {
      findings.check('full_disk_refuses_before_ack', orders.length === 0, detail);
      continue;
    }
    if (isUnreadable || state === 'withdrawn') continue;
    const isRight =
      state === 'accepted'
        ? orders.length === 1 && isTaken(orders[0]) && orders[0]?.number === entry?.orderId
        : orders.every((order) => order.state === 'rejected');
    findings.check('acked_exactly_once_at_central', isRight, detail);
    const replaced = corrects === null || !isRight || state !== 'accepted' ? [] : central.ordersOf(corrects);
    const isInItsPlace = replaced.every((order) => order.state === 'cancelled' || order.state === 'rejected');
    findings.check(
      'acked_exactly_once_at_central',
      isInItsPlace,
      `${corrects ?? ''} and its correction are both booked`,
    );
    const isAsPromised = digest === null || [...central.bodiesOf(id)].every((one) => one === digest);
    findings.check('same_key_other_body_422', isAsPromised, `${id} is at central otherwise than it was frozen`);
  }
  checkOrder(shop, central, findings);
}

/** A correction may still come in the place of what central has let go on meanwhile. */
function isTaken(order: Order | undefined): boolean {
  return order?.state === 'acknowledged' || order?.state === 'cancelled';
}

/** What of a customer was accepted at once came to central in the order in which it was applied for. */
function checkOrder(shop: Shop, central: OracleCentral, findings: Findings): void {
  const ids = shop.running.db.prepare<[], string>('select id from outbox order by seq').pluck().all();
  for (const customer of new Set(shop.taken.map(({ customerNumber }) => customerNumber))) {
    const own = new Set(shop.taken.filter((one) => one.customerNumber === customer && one.isPlain).map(({ id }) => id));
    const applied = ids.filter((id) => own.has(id) && central.ordersOf(id).length > 0);
    const booked = central.booked.filter((id) => own.has(id));
    findings.check('customer_order_kept', applied.join() === booked.join(), `${customer} on ${shop.name}`);
  }
}
