import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call, orderFor, postOrder, readCatalog, readCustomer, signIn } from '../testing/client.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('how far an order is, on %s', (store) => {
  let central: TestCentral;
  let operator: string;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('progress') : null);
    operator = await central.tokens.forOperator(['tmf.write']);
  });
  afterAll(() => central.dispose());

  const patch = (id: string, body: object) =>
    call(`${central.url}${CENTRAL_PATHS.productOrder}/${id}`, { token: operator, method: 'PATCH', body });
  const move = async (id: string, body: object): Promise<ProductOrder> => {
    const answer = await patch(id, body);
    expect(answer.status, answer.text).toBe(200);
    return productOrderSchema.parse(answer.json());
  };
  const ordersOf = async (loginId: string): Promise<ProductOrder[]> => {
    const { accessToken } = await signIn(central.url, loginId);
    const answer = await call(`${central.url}${CENTRAL_PATHS.productOrder}`, { token: accessToken });
    return z.array(productOrderSchema).parse(answer.json());
  };

  it('books of a partial order what was done, and says of each item what became of it and from when', async () => {
    const session = await signIn(central.url, 'jiro@example.jp');
    const channels = ['tv-channel.kbs', 'tv-channel.toei'];
    const start = channels.map((one) => `${one}=next-day`).join(',');
    const answers = { end: '', channels: channels.join(','), start };
    const order = await orderFor(central.url, session, 'tv.options', answers, central.clocks.business());
    const { id, productOrderItem } = productOrderSchema.parse((await postOrder(central.url, session, order)).json());
    const expected = '2026-11-20T03:00:00.000Z';
    expect((await move(id, { state: 'inProgress', expectedCompletionDate: expected })).expectedCompletionDate).toBe(
      expected,
    );

    const failing = productOrderItem.find((item) => item.productOffering?.id === 'tv-channel.toei');
    const told = productOrderItem.map((item) => ({ id: item.id, state: item === failing ? 'failed' : 'completed' }));
    for (const items of [
      undefined,
      told.slice(1),
      [...told, ...told.slice(0, 1)],
      told.map((item) => ({ ...item, state: 'completed' })),
    ]) {
      const refused = await patch(id, { state: 'partial', productOrderItem: items });
      expect(refused.status, refused.text).toBe(422);
    }
    expect((await patch(id, { state: 'completed', productOrderItem: told })).status).toBe(422);
    const partial = await move(id, { state: 'partial', productOrderItem: told });
    expect(partial).toMatchObject({ state: 'partial', completionDate: '2026-11-18T03:00:00.000Z' });
    expect(partial.productOrderItem.find((item) => item.id === failing?.id)).toEqual({ ...failing, state: 'failed' });
    const done = partial.productOrderItem.find((item) => item.productOffering?.id === 'tv-channel.kbs');
    expect(done).toMatchObject({ state: 'completed', product: { startDate: '2026-11-19T06:00:00+09:00' } });
    const feeFrom = done?.product?.productCharacteristic?.find(({ name }) => name === 'feeFrom');
    expect(feeFrom?.value).toBe('2026-11-01');

    const catalog = await readCatalog(central.url, session.accessToken);
    const again = await signIn(central.url, 'jiro@example.jp');
    const own = (await readCustomer(central.url, again, catalog)).contracts.map(({ offeringId }) => offeringId);
    expect(own).toContain('tv-channel.kbs');
    expect(own).not.toContain('tv-channel.toei');
    const product = await call(`${central.url}${CENTRAL_PATHS.product}/${done?.product?.id ?? ''}`, {
      token: again.accessToken,
    });
    expect(product.json()).toMatchObject({ startDate: '2026-11-19T06:00:00+09:00' });
    expect((await ordersOf('jiro@example.jp')).map((one) => one.state)).toEqual(['partial']);
    await eventually(async () => {
      const [news] = (await caughtMails(central.url)).filter(({ subject }) => subject.startsWith('お手続きの一部を'));
      expect(news?.text.match(/（完了できませんでした）/g)).toHaveLength(1);
    });
    expect(await ordersOf('taro@example.jp')).toEqual([]);
    const others = (await signIn(central.url, 'taro@example.jp')).accessToken;
    expect((await call(`${central.url}${CENTRAL_PATHS.productOrder}/${id}`, { token: others })).status).toBe(404);
  });

  it('tells when a contract that an order ended ends, and keeps telling it', async () => {
    const session = await signIn(central.url, 'jiro@example.jp');
    const catalog = await readCatalog(central.url, session.accessToken);
    const { contracts } = await readCustomer(central.url, session, catalog);
    const channel = contracts.find(({ offeringId }) => offeringId.startsWith('tv-channel.'));
    const answers = { end: channel?.id ?? '', channels: '' };
    const order = await orderFor(central.url, session, 'tv.options', answers, central.clocks.business());
    const { id } = productOrderSchema.parse((await postOrder(central.url, session, order)).json());
    for (const state of ['inProgress', 'completed']) await move(id, { state });
    const [item] = (await ordersOf('jiro@example.jp')).find((one) => one.id === id)?.productOrderItem ?? [];
    expect(item).toMatchObject({
      ...{ action: 'delete', state: 'completed' },
      product: { id: channel?.id, terminationDate: '2026-11-18T00:00:00+09:00' },
    });
    const product = await call(`${central.url}${CENTRAL_PATHS.product}/${channel?.id ?? ''}`, { token: operator });
    expect(product.json()).toMatchObject({ status: 'terminated', terminationDate: '2026-11-18T00:00:00+09:00' });
  });
});
