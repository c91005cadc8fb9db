import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { anApplication, enqueued, openOutbox } from '../../../electron/backend/testing/sync-rig.ts';

/**
 * A terminal's database from its first opening on: applications taken, sent, accepted, erased, rejected, withdrawn, and a
 * second start in between. What the outside world has learned is said in `marks`, between the writes.
 */
const { dataDir, rescuePem, applications } = z
  .object({ dataDir: z.string(), rescuePem: z.string(), applications: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const mark = (line: string): void => appendFileSync(join(dataDir, 'marks'), `${line}\n`);
let customers = 0;

for (let run = 0; run < 2; run += 1) {
  const { db, outbox } = openOutbox({ dataDir });
  const take = (): string => {
    customers += 1;
    const input = anApplication(rescuePem, { customerNumber: String(8_700_000_000 + customers) });
    const { id, receiptNumber } = enqueued(outbox, input);
    mark(`acked ${id} ${receiptNumber}`);
    return id;
  };
  const settle = (id: string, state: 'accepted' | 'rejected' | 'held'): void => {
    const orderId = state === 'rejected' ? null : `order ${id}`;
    const reason = state === 'accepted' ? null : 'other';
    outbox.advance({ settle: [{ id, state, reason, progress: null, orderId }], start: 1, skip: () => false });
  };
  for (let at = 0; at < applications; at += 1) take();
  const started = outbox.advance({ settle: [], start: 6, skip: () => false });
  started.forEach(({ id }, at) => {
    if (at === 4) return settle(id, 'rejected');
    if (at === 5) return settle(id, 'held');
    mark(`central ${id}`);
    settle(id, 'accepted');
    if (at === 1) outbox.eraseAccepted();
  });
  take();
  outbox.eraseAccepted();
  const act = { at: 1, staffNumber: '1001', kind: 'withdraw', detail: 'customer-wish' } as const;
  if (!outbox.withdraw(take(), { act, isCancelledAtCentral: false }).ok) throw new Error('not withdrawn');
  take();
  db.close();
}
