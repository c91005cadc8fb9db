import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { businessDate, firstOfNextMonth } from '../../shared/domain/business-time.ts';
import type { Contract } from '../../shared/domain/contract.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { call, orderFor, postOrder, readCatalog, readCustomer, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

describe('the term of a bundle', () => {
  let central: TestCentral;
  beforeAll(async () => {
    central = await startTestCentral(await createAnyDatabase('bundles'));
  });
  afterAll(() => central.dispose());

  const taro = () => signIn(central.url, 'taro@example.jp');
  const term = async (): Promise<Contract['term']> => {
    const session = await taro();
    const { contracts } = await readCustomer(central.url, session, await readCatalog(central.url, session.accessToken));
    return contracts.find(({ id }) => id === 'c1-bundle')?.term ?? null;
  };
  const complete = async (
    procedureId: Parameters<typeof orderFor>[2],
    answers: Record<string, string>,
  ): Promise<void> => {
    const session = await taro();
    const order = await orderFor(central.url, session, procedureId, answers, central.clocks.business());
    const answer = await postOrder(central.url, session, order);
    expect(answer.status, answer.text).toBe(201);
    const { id } = productOrderSchema.parse(answer.json());
    const token = await central.tokens.forOperator(['tmf.read']);
    await eventually(async () => {
      central.clocks.advance(2_000);
      central.timers.fire();
      const found = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${id}`, { token });
      expect(productOrderSchema.parse(found.json()).state).toBe('completed');
    });
  };

  it('goes on where nothing in the bundle is another course, and begins anew where one is (p.55, 60)', async () => {
    const before = await term();
    expect(before).not.toBeNull();
    await complete('nhk.apply', { payment: 'nhk.6-months' });
    await complete('tv.options', { end: '', channels: 'tv-channel.kbs', start: 'tv-channel.kbs=next-day' });
    await complete('tv.swap-box', { box: 'tv.alpha-ace-stb' });
    expect(await term()).toEqual(before);

    await complete('internet.change-course', { course: 'internet.plus', modem: 'unchanged', provision: 'unchanged' });
    expect(await term()).toEqual({ ...before, startsOn: firstOfNextMonth(businessDate(central.clocks.business())) });
  });
});
