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

  const term = async (loginId: string, contractId: string): Promise<Contract['term']> => {
    const session = await signIn(central.url, loginId);
    const { contracts } = await readCustomer(central.url, session, await readCatalog(central.url, session.accessToken));
    return contracts.find(({ id }) => id === contractId)?.term ?? null;
  };
  const complete = async (
    loginId: string,
    procedureId: Parameters<typeof orderFor>[2],
    answers: Record<string, string>,
  ): Promise<void> => {
    const session = await signIn(central.url, loginId);
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
    const taro = 'taro@example.jp';
    const before = await term(taro, 'c1-bundle');
    expect(before).not.toBeNull();
    await complete(taro, 'nhk.apply', { payment: 'nhk.6-months' });
    await complete(taro, 'tv.options', { end: '', channels: 'tv-channel.kbs', start: 'tv-channel.kbs=next-day' });
    await complete(taro, 'tv.swap-box', { box: 'tv.alpha-ace-stb' });
    expect(await term(taro, 'c1-bundle')).toEqual(before);

    await complete(taro, 'internet.change-course', {
      course: 'internet.plus',
      modem: 'unchanged',
      provision: 'unchanged',
    });
    expect(await term(taro, 'c1-bundle')).toEqual({
      ...before,
      startsOn: firstOfNextMonth(businessDate(central.clocks.business())),
    });
  });

  it('goes on where the changed course is no part of the bundle (p.55)', async () => {
    const hanako = 'hanako@example.jp';
    const before = await term(hanako, 'c2-bundle');
    expect(before).not.toBeNull();
    await complete(hanako, 'tv.apply', { course: 'tv.standard-hitpot', magazine: 'no', channels: '' });
    await complete(hanako, 'tv.change-course', { course: 'tv.max-plus-hitpot', channels: '' });
    expect(await term(hanako, 'c2-bundle')).toEqual(before);
  });
});
