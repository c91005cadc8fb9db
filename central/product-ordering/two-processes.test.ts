import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { type Answer, call, orderFor, postOrder, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

const plan = { plan: 'bundle.hikari-triple-2g' };

describe.skipIf(!hasPostgres())('two centrals on one PostgreSQL', () => {
  let first: TestCentral;
  let second: TestCentral;

  beforeAll(async () => {
    first = await startTestCentral(await createTestDatabase('two'));
    second = await first.second();
  });
  afterAll(async () => {
    await second.close();
    await first.dispose();
  });

  const stateOf = (answer: Answer) => productOrderSchema.parse(answer.json()).state;

  it('make one order of one key, whoever gets it', async () => {
    const session = await signIn(first.url, 'taro@example.jp');
    const order = await orderFor(first.url, session, 'plan.recommended', plan, first.clocks.business());
    const centrals = [first, second];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => postOrder(centrals[index % 2]?.url ?? '', session, order)),
    );
    const bodies = new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text));
    expect(bodies.size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    // A href of the other central's own address is part of the answer: it is the same answer all the same.
    const token = await first.tokens.forOperator(['tmf.read']);
    const list = await call(`${second.url}${CENTRAL_PATHS.productOrder}?externalId=${order.externalId}`, { token });
    expect(list.headers.get('x-total-count')).toBe('1');
  });

  it('make one order of one key also where there is no customer whose row they would wait at', async () => {
    const operator = await first.tokens.forOperator(['tmf.read', 'tmf.write']);
    const body = {
      externalId: `operator-${randomUUID()}`,
      productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'internet.wide' } }],
    };
    const urls = [first.url, second.url];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        call(`${urls[index % 2] ?? ''}${CENTRAL_PATHS.productOrder}`, { token: operator, body }),
      ),
    );
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const list = await call(`${second.url}${CENTRAL_PATHS.productOrder}?externalId=${body.externalId}`, {
      token: operator,
    });
    expect(list.headers.get('x-total-count')).toBe('1');
  });

  it('let one of two changes of the same product pass', async () => {
    const session = await signIn(first.url, 'jiro@example.jp');
    const answers = { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' };
    const now = first.clocks.business();
    const orders = [
      await orderFor(first.url, session, 'internet.change-course', answers, now),
      await orderFor(first.url, session, 'internet.change-course', answers, now),
    ];
    const states = await Promise.all(
      orders.map(async (order, index) => stateOf(await postOrder([first, second][index]?.url ?? '', session, order))),
    );
    expect(states.toSorted()).toEqual(['acknowledged', 'held']);
  });
});
