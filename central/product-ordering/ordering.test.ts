import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { customerParty } from '../../shared/central-api/common.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { businessDate, firstOfNextMonth } from '../../shared/domain/business-time.ts';
import { monthlyTotalYen } from '../../shared/domain/quote.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call, orderFor, postOrder, readCatalog, readCustomer, type Session, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';
import { eventually } from '../../tests/setup/eventually.ts';

const plan = { plan: 'bundle.hikari-triple-2g' };

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('orders on %s', (store) => {
  let central: TestCentral;
  let operator: string;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('orders') : null);
    operator = await central.tokens.forOperator(['tmf.write']);
  });
  afterAll(() => central.dispose());

  const orders = (): string => `${central.url}${CENTRAL_PATHS.productOrder}`;
  const taro = (): Promise<Session> => signIn(central.url, 'taro@example.jp');
  const jiro = (): Promise<Session> => signIn(central.url, 'jiro@example.jp');
  const count = async (externalId: string): Promise<number> => {
    const answer = await call(`${orders()}?externalId=${externalId}`, { token: operator });
    return z.array(productOrderSchema).parse(answer.json()).length;
  };
  const cancel = async (id: string): Promise<void> => {
    const answer = await call(`${orders()}/${id}`, { token: operator, method: 'PATCH', body: { state: 'cancelled' } });
    expect(answer.status, answer.text).toBe(200);
  };
  const parse = (answer: { json(): unknown }) => productOrderSchema.parse(answer.json());

  it('accepts an application at the price the customer saw and remembers its answer to the byte', async () => {
    const session = await taro();
    const order = await orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business());
    const first = await postOrder(central.url, session, order);
    expect(first.status, first.text).toBe(201);
    expect(parse(first)).toMatchObject({ state: 'acknowledged', externalId: order.externalId });
    expect(first.headers.get('location')).toBe(parse(first).href);

    const repeat = await postOrder(central.url, session, order);
    expect([repeat.status, repeat.text, repeat.headers.get('location')]).toEqual([
      201,
      first.text,
      first.headers.get('location'),
    ]);
    expect(await count(order.externalId)).toBe(1);

    const other = await postOrder(central.url, session, { ...order, description: 'changed' });
    expect([other.status, other.json()]).toMatchObject([422, { code: 'key-reused', '@type': 'Error' }]);
    await cancel(parse(first).id);
    expect((await postOrder(central.url, session, order)).text).toBe(first.text);
  });

  it('makes one order of 20 identical posts at once', async () => {
    const session = await taro();
    const order = await orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business());
    const answers = await Promise.all(Array.from({ length: 20 }, () => postOrder(central.url, session, order)));
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map(({ text }) => text)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer.status).toBe(409);
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    expect(await count(order.externalId)).toBe(1);
    const id = z.looseObject({ id: z.string() }).parse(made[0]?.json()).id;
    await cancel(id);
  });

  it('answers the same after a restart', async () => {
    const session = await taro();
    const order = await orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business());
    const first = await postOrder(central.url, session, order);
    central = await central.restart();
    const repeat = await postOrder(central.url, session, order);
    expect([repeat.status, repeat.text]).toEqual([201, first.text]);
    await cancel(parse(first).id);
  });

  it('holds a price that differs by one yen, and a wrong total', async () => {
    const session = await taro();
    const order = await orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business());
    const dearer = JSON.stringify(order).replace('"value":8250', '"value":8251');
    expect(dearer).not.toBe(JSON.stringify(order));
    const wrongTotal = JSON.stringify({ ...order, externalId: randomUUID() }).replace('16240', '16239');
    for (const text of [dearer, wrongTotal]) {
      const tampered = z.looseObject({ externalId: z.string() }).parse(JSON.parse(text));
      const answer = await postOrder(central.url, session, tampered);
      expect(answer.status, answer.text).toBe(201);
      const made = parse(answer);
      expect(made).toMatchObject({ state: 'held', note: [{ text: 'price-changed', author: 'central' }] });
      await cancel(made.id);
    }
  });

  it('holds a second change of the same product until the first is settled', async () => {
    const session = await jiro();
    const answers = { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' };
    const now = central.clocks.business();
    const first = await orderFor(central.url, session, 'internet.change-course', answers, now);
    const second = await orderFor(central.url, session, 'internet.change-course', answers, now);
    const firstId = parse(await postOrder(central.url, session, first)).id;
    const held = parse(await postOrder(central.url, session, second));
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'change-pending' }] });
    for (const id of [firstId, held.id]) await cancel(id);
  });

  it('holds an application whose time cannot be, and refuses what was never on offer', async () => {
    const session = await jiro();
    const answers = { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' };
    const now = central.clocks.business();
    const day = 24 * 60 * 60 * 1000;
    for (const at of [now + 2 * day, now - 401 * day, now - 10 * 60 * 1000]) {
      const order = await orderFor(central.url, session, 'internet.change-course', answers, at);
      const made = parse(await postOrder(central.url, session, order));
      expect(made).toMatchObject({ state: 'held', note: [{ text: 'implausible-time' }] });
      await cancel(made.id);
    }
    const order = await orderFor(central.url, session, 'internet.change-course', answers, now);
    const application = order.application;
    const bad = [
      { ...application, answers: { ...answers, course: 'internet.unknown' } },
      { ...application, answers: { course: 'internet.wide' } },
      { ...application, answers: { ...answers, unasked: '' } },
      { ...application, terms: [] },
      { ...application, procedureId: 'no.such' },
      { ...application, receiptNumber: 'T01-261118-0001-X' },
      { ...application, terminalCode: 'T02' },
    ];
    for (const changed of bad) {
      const answer = await postOrder(central.url, session, {
        ...order,
        application: changed,
        externalId: randomUUID(),
      });
      expect(answer.status, answer.text).toBe(422);
    }
    const malformed = await postOrder(central.url, session, { ...order, application: { ...application, extra: 1 } });
    expect(malformed.status).toBe(400);
    // What is known but no longer on offer for this customer waits for a person.
    const gone = {
      ...order,
      externalId: randomUUID(),
      application: { ...application, answers: { ...answers, course: 'internet.just' } },
    };
    const made = parse(await postOrder(central.url, session, gone));
    expect(made).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
    await cancel(made.id);
  });

  it("holds a change of what the customer hasn't", async () => {
    const goro = await signIn(central.url, 'goro@example.jp');
    const answers = { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' };
    const jiros = await orderFor(
      central.url,
      await jiro(),
      'internet.change-course',
      answers,
      central.clocks.business(),
    );
    const attribution = { kind: 'customer', sessionId: goro.sessionId };
    const answer = await postOrder(central.url, goro, {
      ...jiros,
      relatedParty: [customerParty(goro.customerNumber)],
      application: { ...jiros.application, attribution },
    });
    expect(answer.status, answer.text).toBe(201);
    expect(parse(answer)).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
    await cancel(parse(answer).id);
  });

  it('takes an application only with the grant of its own session, customer and terminal', async () => {
    const session = await taro();
    const order = await orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business());
    const others: Record<string, string>[] = [
      { 'submission-grant': '' },
      { 'submission-grant': session.accessToken },
      { 'submission-grant': `${session.submissionGrant.slice(0, -4)}AAAA` },
      { 'submission-grant': (await taro()).submissionGrant },
      { 'submission-grant': (await jiro()).submissionGrant },
      { authorization: `Bearer ${await tokenOfAnother(central.url)}` },
    ];
    for (const headers of others) {
      const answer = await postOrder(central.url, session, order, headers);
      expect([answer.status, answer.json()]).toMatchObject([403, { code: 'not-authorised' }]);
    }
    const byCustomer = await postOrder(central.url, session, order, { authorization: `Bearer ${session.accessToken}` });
    expect(byCustomer.status).toBe(403);
    expect(await count(order.externalId)).toBe(0);
  });

  it("shows a terminal and a customer their own orders, and nobody another's", async () => {
    const session = await taro();
    const order = await orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business());
    const made = parse(await postOrder(central.url, session, order));
    const byKey = `${orders()}?externalId=${order.externalId}`;
    const found = async (url: string, token: string): Promise<number> =>
      z.array(z.unknown()).parse((await call(url, { token })).json()).length;
    expect(await found(byKey, session.terminalToken)).toBe(1);
    expect(await found(byKey, await tokenOfAnother(central.url))).toBe(0);
    expect(await found(byKey, session.accessToken)).toBe(1);
    const other = await jiro();
    expect(await found(byKey, other.accessToken)).toBe(0);
    expect((await call(`${orders()}/${made.id}`, { token: other.accessToken })).status).toBe(404);
    expect((await call(`${orders()}/${made.id}`, { token: session.terminalToken })).status).toBe(200);
    expect((await call(orders(), { token: session.terminalToken })).status).toBe(403);
    await cancel(made.id);
  });

  it('moves orders only along allowed transitions', async () => {
    const body = { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'internet.wide' } }] };
    const made = await call(orders(), { token: operator, body });
    expect(made.status, made.text).toBe(201);
    const { id } = parse(made);
    const move = async (state: string, token = operator): Promise<number> =>
      (await call(`${orders()}/${id}`, { token, method: 'PATCH', body: { state } })).status;
    expect(await move('completed')).toBe(409);
    expect(await move('inProgress')).toBe(200);
    expect(await move('acknowledged')).toBe(409);
    expect(await move('completed')).toBe(200);
    expect(await move('cancelled')).toBe(409);
    expect(await move('cancelled', await central.tokens.forOperator(['tmf.read']))).toBe(403);
    const rename = await call(`${orders()}/${id}`, { token: operator, method: 'PATCH', body: { href: 'x' } });
    expect(rename.status).toBe(400);
    const described = await call(`${orders()}/${id}`, {
      token: operator,
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { description: 'told by phone' },
    });
    expect(described.json()).toMatchObject({ id, state: 'completed', description: 'told by phone' });
  });

  it('fulfils in steps, over a restart, so that the contract is what was ordered (p.40: 16,240)', async () => {
    const applied = await taro();
    const order = await orderFor(central.url, applied, 'plan.recommended', plan, central.clocks.business());
    const first = await postOrder(central.url, applied, order);
    const { id } = parse(first);
    const state = async () => parse(await call(`${orders()}/${id}`, { token: operator })).state;
    expect(await state()).toBe('acknowledged');
    const step = async (to: string): Promise<void> => {
      central.clocks.advance(2_000);
      await eventually(async () => {
        central.timers.fire();
        expect(await state()).toBe(to);
      });
    };
    await step('inProgress');
    central = await central.restart();
    expect(await state()).toBe('inProgress');
    await step('completed');

    const session = await taro();
    const catalog = await readCatalog(central.url, session.accessToken);
    const { contracts } = await readCustomer(central.url, session, catalog);
    expect(monthlyTotalYen(contracts)).toBe(16_240);
    const today = businessDate(central.clocks.business());
    const bundle = contracts.find((one) => one.offeringId === plan.plan);
    expect(bundle).toMatchObject({ term: { startsOn: firstOfNextMonth(today) }, feeFrom: firstOfNextMonth(today) });
    const product = await call(`${central.url}${CENTRAL_PATHS.product}/${bundle?.id ?? ''}`, {
      token: session.accessToken,
    });
    expect(product.json()).toMatchObject({ productOrderItem: [{ productOrderId: id }] });
    // A repeat still gets the first answer, though the plan is no longer on offer for this customer.
    expect((await postOrder(central.url, applied, order)).text).toBe(first.text);
  });
});
