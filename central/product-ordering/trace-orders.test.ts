import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { expectOk } from '../testing/test-central.ts';
import { traceOrders } from './trace-orders.ts';

it.skipIf(!hasPostgres())('tells of an order what its own transaction came to, once it is through', async () => {
  const url = await createTestDatabase('trace');
  const db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
  const lines: string[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  const { changeOrders, reached } = traceOrders({ db, logger, onReached: () => {} });
  const told = () => lines.splice(0).map((line): unknown => JSON.parse(line));
  const held = (transaction: DatabaseTransaction, id: string): Promise<void> => {
    reached(transaction, { id, external_id: `of ${id}`, state: 'held', held_reason: 'conflict' });
    return Promise.resolve();
  };
  const line = (order: string, state: string, reason: string | null): unknown =>
    expect.objectContaining({ application: `of ${order}`, order, state, reason });
  try {
    await changeOrders(async (transaction) => {
      await held(transaction, 'slow');
      await changeOrders((other) => held(other, 'fast'));
      expect(told()).toEqual([line('fast', 'held', 'conflict')]);
    });
    expect(told()).toEqual([line('slow', 'held', 'conflict')]);
    const failing = changeOrders(async (transaction) => {
      await held(transaction, 'broken');
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await changeOrders((transaction) => {
      for (const state of ['acknowledged', 'inProgress'] as const) {
        reached(transaction, { id: 'broken', external_id: 'of broken', state, held_reason: null });
      }
      return Promise.resolve();
    });
    // It was held in a transaction that came to nothing.
    expect(told()).toEqual([line('broken', 'acknowledged', null), line('broken', 'inProgress', null)]);
    const elsewhere = db.transaction().execute((transaction) => held(transaction, 'elsewhere'));
    await expect(elsewhere).rejects.toThrow('changeOrders');
  } finally {
    await db.destroy();
  }
});
