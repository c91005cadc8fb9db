import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cancelProductOrderSchema } from '../../shared/central-api/cancel-order.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call, orderFor, postOrder, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('cancelProductOrder on %s', (store) => {
  let central: TestCentral;
  let operator: string;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('cancel') : null);
    operator = await central.tokens.forOperator(['tmf.write']);
  });
  afterAll(() => central.dispose());

  const at = (path: string): string => `${central.url}${path}`;
  const cancel = (id: string, more: Record<string, unknown> = {}, token = operator) =>
    call(at(CENTRAL_PATHS.cancelProductOrder), { token, body: { productOrder: { id }, ...more } });
  const order = async (): Promise<string> => {
    const body = { productOrderItem: [{ id: '1', action: 'add' }] };
    const answer = await call(at(CENTRAL_PATHS.productOrder), { token: operator, body });
    return productOrderSchema.parse(answer.json()).id;
  };
  const move = async (id: string, state: string): Promise<number> =>
    (await call(at(`${CENTRAL_PATHS.productOrder}/${id}`), { token: operator, method: 'PATCH', body: { state } }))
      .status;
  const stateOf = async (id: string): Promise<string> =>
    productOrderSchema.parse((await call(at(`${CENTRAL_PATHS.productOrder}/${id}`), { token: operator })).json()).state;
  const read = async (id: string) =>
    cancelProductOrderSchema.parse(
      (await call(at(`${CENTRAL_PATHS.cancelProductOrder}/${id}`), { token: operator })).json(),
    );

  it('cancels at once what has not begun, once, and shows it to the customer', async () => {
    const session = await signIn(central.url, 'taro@example.jp');
    const plan = { plan: 'bundle.hikari-triple-2g' };
    const application = await orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business());
    const { id } = productOrderSchema.parse((await postOrder(central.url, session, application)).json());
    const answer = await cancel(id, { cancellationReason: 'customer wish' });
    expect(answer.status, answer.text).toBe(201);
    const made = cancelProductOrderSchema.parse(answer.json());
    expect(made).toMatchObject({ state: 'done', cancellationReason: 'customer wish', productOrder: { id } });
    expect(made.effectiveCancellationDate).toBeDefined();
    expect(answer.headers.get('location')).toBe(made.href);
    expect(await stateOf(id)).toBe('cancelled');
    expect((await cancel(id)).status).toBe(409);

    const list = async (token: string) =>
      z.array(cancelProductOrderSchema).parse((await call(at(CENTRAL_PATHS.cancelProductOrder), { token })).json());
    expect(await list(session.accessToken)).toEqual([made]);
    expect(await list((await signIn(central.url, 'jiro@example.jp')).accessToken)).toEqual([]);
    expect((await cancel(id, {}, session.accessToken)).status).toBe(403);
  });

  it('has what has begun assessed: it is cancelled, or goes on', async () => {
    const [stopped, kept] = [await order(), await order()];
    for (const id of [stopped, kept]) expect(await move(id, 'inProgress')).toBe(200);
    const first = cancelProductOrderSchema.parse((await cancel(stopped)).json());
    const second = cancelProductOrderSchema.parse((await cancel(kept)).json());
    expect([first.state, second.state, await stateOf(kept)]).toEqual([
      ...['inProgress', 'inProgress', 'assessingCancellation'],
    ]);
    expect((await cancel(stopped)).status).toBe(409);
    expect(await move(stopped, 'cancelled')).toBe(409);
    expect(await move(stopped, 'pendingCancellation')).toBe(200);
    expect((await cancel(stopped)).status).toBe(409);
    expect((await read(first.id)).state).toBe('inProgress');
    expect(await move(stopped, 'cancelled')).toBe(200);
    expect(await move(kept, 'inProgress')).toBe(200);
    const done = await read(first.id);
    expect([done.state, typeof done.effectiveCancellationDate]).toEqual(['done', 'string']);
    expect((await read(second.id)).state).toBe('terminatedWithError');
  });

  it('refuses what it cannot do', async () => {
    const id = await order();
    expect((await cancel('unknown')).status).toBe(404);
    expect((await cancel(id, { requestedCancellationDate: '2030-01-01T00:00:00Z' })).status).toBe(422);
    expect((await cancel(id, { productOrder: 'x' })).status).toBe(400);
    expect(await stateOf(id)).toBe('acknowledged');
    for (const state of ['inProgress', 'completed']) await move(id, state);
    expect((await cancel(id)).status).toBe(409);
  });
});
