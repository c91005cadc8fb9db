import { isDiskFailure } from '../../../electron/backend/database/open-database.ts';
import { newId, remember, submit } from './shop-customers.ts';
import type { Shop } from './shop.ts';

/** Staff take back one of those that wait, if it may be taken back. */
export function withdraw(shop: Shop): void {
  const { running, choices } = shop;
  const at = choices.random();
  if (!running.isAlive() || shop.isDiskFull) return;
  const ids = running.outbox.waitingIds();
  const taken = shop.taken.find(({ id }) => id === ids[Math.floor(at * ids.length)]);
  if (taken === undefined) return;
  const act = { at: running.clock.now(), staffNumber: '1001', kind: 'withdraw', detail: 'customer-wish' } as const;
  const isDone = running.outbox.withdraw(taken.id, { act, isCancelledAtCentral: false }).ok;
  shop.parts.findings.try(isDone ? 'withdrawn by staff' : 'withdrawal refused: on its way');
  if (isDone) taken.isWithdrawn = true;
}

/** Staff go through one with its customer once more, if it may be corrected. */
export function correct(shop: Shop): void {
  const { running, choices, parts } = shop;
  const at = choices.random();
  const id = newId(shop);
  if (!running.isAlive()) return;
  const { outbox } = running;
  const open = shop.taken.filter(({ id: one, isUnreadable }) => {
    // A BSS of TM Forum alone cancels nothing when a correction comes.
    const isThere = outbox.find(one)?.orderId !== null && parts.central.kind === 'plain';
    return !isUnreadable && !isThere && outbox.obstacleToCorrecting(one) === null;
  });
  const old = open[Math.floor(at * open.length)];
  if (old === undefined) return;
  parts.findings.try(`corrected by staff: ${outbox.find(old.id)?.state ?? 'gone'}`);
  submit(shop, remember(shop, id, old.customerNumber, { corrects: old.id }));
}

/** Bytes of one that waits rot on the disk. */
export function damage(shop: Shop): void {
  const { running, choices } = shop;
  const at = choices.random();
  if (!running.isAlive()) return;
  const ids = running.outbox.waitingIds();
  const taken = shop.taken.find(({ id }) => id === ids[Math.floor(at * ids.length)]);
  if (taken === undefined || running.outbox.find(taken.id)?.state !== 'queued') return;
  running.db.prepare('update outbox set payload = ? where id = ?').run(Buffer.from('rotten'), taken.id);
  taken.isUnreadable = true;
  shop.parts.findings.try('payload damaged');
}

/** Staff clear up what central sent back without having it. */
export function retryHeld(shop: Shop): void {
  const { running } = shop;
  if (!running.isAlive()) return;
  for (const { id, orderId } of running.outbox.heldEntries()) {
    // What can't be opened can't be sent either.
    if (orderId !== null || running.outbox.payloadOf(id) === null) continue;
    shop.parts.central.decide(id, 'accept');
    const act = { at: running.clock.now(), staffNumber: '1001', kind: 'retry', detail: null } as const;
    try {
      if (running.outbox.retry(id, act).ok) shop.parts.findings.try('retried by staff');
    } catch (error) {
      // They are told that it did not work, and try again.
      if (!shop.isDiskFull || !isDiskFailure(error)) throw error;
    }
    running.worker.wake();
  }
}
