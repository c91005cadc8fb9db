import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { paymentMethodSchema, paymentRecordFrom } from '../../shared/central-api/payment-method.ts';
import { type OrderItem, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { outOfStock, productStockSchema } from '../../shared/central-api/product-stock.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { passOnStock, reserveStock, settleStock } from './reserve-stock.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';

const IVORY = 'mobile.wish-ivory';

describe.skipIf(!hasPostgres())('devices, and what is left of them', () => {
  let central: TestCentral;
  let other: TestCentral;
  let token: string;
  let db: Database;
  beforeAll(async () => {
    const url = await createTestDatabase('stock');
    central = await startTestCentral(url);
    db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
    other = await central.second();
    token = await central.tokens.forOperator(['tmf.read', 'tmf.write']);
  });
  afterAll(async () => {
    await db.destroy();
    await other.close();
    await central.dispose();
  });

  const stocks = async (bearer = token) =>
    z
      .array(productStockSchema)
      .parse((await call(`${central.url}${CENTRAL_PATHS.productStock}`, { token: bearer })).json());
  const left = async (): Promise<number | undefined> =>
    (await stocks()).find(({ stockedProduct }) => stockedProduct.productOffering?.id === IVORY)?.productStockLevel
      .amount;
  const setLevel = (amount: unknown): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.productStock}/${IVORY}`, {
      ...{ token, method: 'PATCH', body: { productStockLevel: { amount, units: 'piece' } } },
    });
  const order = (customer: string, at = central, item: Record<string, unknown> = {}): Promise<Answer> =>
    call(`${at.url}${CENTRAL_PATHS.productOrder}`, {
      token,
      body: {
        relatedParty: [{ id: customer, role: 'customer' }],
        productOrderItem: [{ id: '1', action: 'add', productOffering: { id: IVORY }, ...item }],
      },
    });
  const read = (answer: Answer) => {
    expect(answer.status, answer.text).toBe(201);
    return productOrderSchema.parse(answer.json());
  };
  const move = (id: string, state: string): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.productOrder}/${id}`, { token, method: 'PATCH', body: { state } });

  it('are seen by customers, kept by operators, and by nobody else', async () => {
    const { accessToken } = await signIn(central.url, 'jiro@example.jp');
    expect(outOfStock(await stocks(accessToken))).toEqual(['mobile.sense7-blue', 'mobile.wish-olive']);
    expect(await left()).toBe(12);
    expect((await setLevel(2)).status).toBe(200);
    for (const wrong of [-1, 1.5, '3', null]) expect((await setLevel(wrong)).status, String(wrong)).toBe(400);
    const path = `${central.url}${CENTRAL_PATHS.productStock}/${IVORY}`;
    expect((await call(path, { token: accessToken, method: 'PATCH', body: {} })).status).toBe(403);
    const put = (id: string) =>
      call(`${central.url}${CENTRAL_PATHS.productStock}`, {
        token,
        body: {
          productStockLevel: { amount: 1, units: 'piece' },
          stockedProduct: { productOffering: { id } },
        },
      });
    expect((await put(IVORY)).status).toBe(422);
    expect((await put('mobile.no-such-device')).status).toBe(422);
    expect(await left()).toBe(2);
  });

  it('go to one of two customers who want the last at once, and the other is told', async () => {
    await setLevel(1);
    const made = await Promise.all([order('1000000003'), order('1000000004', other)]);
    const orders = made.map(read);
    expect(orders.map(({ state }) => state).toSorted()).toEqual(['acknowledged', 'held']);
    const held = orders.find(({ state }) => state === 'held');
    expect(held?.note).toEqual([{ text: 'out-of-stock', author: 'central' }]);
    expect(await left()).toBe(0);

    // None came meanwhile: it can't go on. Then the other is cancelled, and what it held is free.
    const waiting = held?.id ?? '';
    expect((await move(waiting, 'acknowledged')).status).toBe(409);
    expect((await move(waiting, 'assessingCancellation')).status).toBe(200);
    expect((await move(waiting, 'inProgress')).status).toBe(409);
    expect((await move(waiting, 'held')).status).toBe(200);
    const taken = orders.find(({ state }) => state === 'acknowledged')?.id ?? '';
    expect((await move(taken, 'cancelled')).status).toBe(200);
    expect(await left()).toBe(1);
    expect((await move(waiting, 'acknowledged')).status).toBe(200);
    expect(await left()).toBe(0);
    for (const state of ['inProgress', 'completed']) expect((await move(waiting, state)).status).toBe(200);
    expect(await left()).toBe(0);
  });

  it('go by as many as an item says, and to none that wants more than there are', async () => {
    await setLevel(3);
    const two = { quantity: 2 };
    const { id, productOrderItem } = read(await order('1000000003', central, two));
    expect(productOrderItem[0]).toMatchObject(two);
    expect(await left()).toBe(1);
    const waiting = read(await order('1000000004', central, two));
    expect(waiting).toMatchObject({ state: 'held', note: [{ text: 'out-of-stock', author: 'central' }] });
    expect(await left()).toBe(1);
    for (const quantity of [0, -1, 1.5, '2', null]) {
      expect((await order('1000000004', central, { quantity })).status, String(quantity)).toBe(400);
    }
    expect((await move(id, 'cancelled')).status).toBe(200);
    expect(await left()).toBe(3);
    expect((await move(waiting.id, 'cancelled')).status).toBe(200);
  });

  it('are free again when an order fails, and are held once while it waits and goes on', async () => {
    await setLevel(1);
    const { id } = read(await order('1000000003'));
    for (const state of ['held', 'inProgress']) expect((await move(id, state)).status).toBe(200);
    expect(await left()).toBe(0);
    expect((await move(id, 'failed')).status).toBe(200);
    expect(await left()).toBe(1);
  });

  it('pass on to the order that takes the place of another, as many as it wants, and the rest is free with that', async () => {
    await setLevel(2);
    const item = (at: number) => ({ id: String(at), action: 'add' as const, productOffering: { id: IVORY } });
    const two = [item(1), item(2)];
    const [first, second] = [randomUUID(), randomUUID()];
    const inOne = <Answered>(work: (transaction: DatabaseTransaction) => Promise<Answered>) =>
      db.transaction().execute(work);
    const settle = (id: string, items: readonly OrderItem[]) =>
      inOne((transaction) =>
        settleStock(
          transaction,
          { id, request: { productOrderItem: [...items] }, resolved: null, outcome: null },
          'cancelled',
        ),
      );
    expect(await inOne((transaction) => reserveStock(transaction, first, two))).toBe(true);
    expect(await left()).toBe(0);
    // One of them, and a device that is sold out: it waits, and keeps what it was given.
    const wanted = [item(1), { ...item(2), productOffering: { id: 'mobile.wish-olive' } }];
    await inOne(async (transaction) => {
      await passOnStock(transaction, first, second, wanted);
      expect(await reserveStock(transaction, second, wanted)).toBe(false);
    });
    await settle(first, two);
    expect(await left()).toBe(1);
    // Two again, of which it has one.
    expect(await inOne((transaction) => reserveStock(transaction, second, two))).toBe(true);
    expect(await inOne((transaction) => reserveStock(transaction, second, two))).toBe(true);
    expect(await left()).toBe(0);
    const third = randomUUID();
    await inOne((transaction) => passOnStock(transaction, second, third, two));
    const states = await db
      .selectFrom('stock_reservations')
      .select(['order_id', 'amount', 'state'])
      .where('order_id', 'in', [second, third])
      .execute();
    expect(states).toContainEqual({ order_id: second, amount: 0, state: 'released' });
    expect(states).toContainEqual({ order_id: third, amount: 2, state: 'held' });
    await settle(second, two);
    expect(await left()).toBe(0);
    await settle(third, two);
    expect(await left()).toBe(2);
  });

  it('are paid as each customer pays, of which others see nothing', async () => {
    const paymentOf = async (login: string) => {
      const { accessToken } = await signIn(central.url, login);
      const answer = await call(`${central.url}${CENTRAL_PATHS.paymentMethod}`, { token: accessToken });
      return paymentRecordFrom(z.array(paymentMethodSchema).parse(answer.json()));
    };
    expect(await paymentOf('jiro@example.jp')).toEqual({ kind: 'card' });
    expect(await paymentOf('shiro@example.jp')).toEqual({ kind: 'bank-transfer', monthsPaid: 3 });
    const { accessToken } = await signIn(central.url, 'jiro@example.jp');
    const others = `${central.url}${CENTRAL_PATHS.paymentMethod}/1000000005-bank-account`;
    expect((await call(others, { token: accessToken })).status).toBe(404);
  });
});
