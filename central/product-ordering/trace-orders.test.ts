import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { expectOk } from '../testing/test-central.ts';
import { traceOrders } from './trace-orders.ts';

it.skipIf(!hasPostgres())('tells of an order once its own transaction is through, whichever other one is', async () => {
  const url = await createTestDatabase('trace');
  const db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
  const lines: string[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  const trace = traceOrders({ db, logger });
  const add = async (transaction: DatabaseTransaction, id: string): Promise<void> => {
    await transaction
      .insertInto('product_orders')
      .values({
        ...{ id, external_id: id, customer_number: null, terminal_code: null, shop: null, order_date: new Date() },
        ...{ completion_date: null, state: 'held', held_reason: 'conflict', step_due_at: null, answer_body: '{}' },
        ...{ category: null, request: '{}', replaces: null, quote: null, fingerprint: '', answer_location: '' },
      })
      .execute();
    trace.touched(id, 'held');
  };
  const told = async () => {
    trace.committed();
    await trace.whenTold();
    return lines.splice(0).map((line): unknown => JSON.parse(line));
  };
  try {
    const [slow, fast, broken] = [uuidv7(), uuidv7(), uuidv7()];
    const line = (id: string): unknown => expect.objectContaining({ application: id, order: id, state: 'held' });
    await db.transaction().execute(async (transaction) => {
      await add(transaction, slow);
      await db.transaction().execute((other) => add(other, fast));
      expect(await told()).toEqual([line(fast)]);
    });
    expect(await told()).toEqual([line(slow)]);
    const passed = uuidv7();
    await db.transaction().execute((transaction) => add(transaction, passed));
    const move = (state: 'acknowledged' | 'inProgress'): Promise<unknown> => {
      trace.touched(passed, state);
      return db.updateTable('product_orders').set({ state }).where('id', '=', passed).execute();
    };
    await move('acknowledged');
    await move('inProgress');
    expect(await told()).toMatchObject(
      ['held', 'acknowledged', 'inProgress'].map((state) => ({ order: passed, state })),
    );
    const failing = db.transaction().execute(async (transaction) => {
      await add(transaction, broken);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await told()).toEqual([]);
  } finally {
    await db.destroy();
  }
});
