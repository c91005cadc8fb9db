import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { bucketsFrom, usageConsumptionReportSchema } from '../../shared/central-api/usage-consumption.ts';
import { addDays, businessDate } from '../../shared/domain/business-time.ts';
import type { Contract } from '../../shared/domain/contract.ts';
import { monthlyTotalYen } from '../../shared/domain/quote.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { call, orderFor, postOrder, readCatalog, readCustomer, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

describe('orders for a mobile line', () => {
  let central: TestCentral;
  beforeAll(async () => {
    central = await startTestCentral(await createAnyDatabase('mobile'));
  });
  afterAll(() => central.dispose());

  const saburo = () => signIn(central.url, 'saburo@example.jp');
  const advanceTo = (local: string): void =>
    central.clocks.advance(Date.parse(`${local}+09:00`) - central.clocks.business());
  const contractsNow = async (): Promise<Contract[]> => {
    const session = await saburo();
    return (await readCustomer(central.url, session, await readCatalog(central.url, session.accessToken))).contracts;
  };
  const complete = async (id: string): Promise<void> => {
    const token = await central.tokens.forOperator(['tmf.read']);
    await eventually(async () => {
      central.clocks.advance(2_000);
      central.timers.fire();
      const answer = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${id}`, { token });
      expect(productOrderSchema.parse(answer.json()).state).toBe('completed');
    });
  };

  it('changes the volume from the month that the time of the application gives, though it came on the day after', async () => {
    advanceTo('2026-11-25T23:58:00');
    const session = await saburo();
    const capturedAt = Date.parse('2026-11-25T23:59:59+09:00');
    const volume = { volume: 'mobile.data-6gb' };
    const order = await orderFor(central.url, session, 'mobile.change-data', volume, capturedAt);
    advanceTo('2026-11-26T00:02:00');
    const answer = await postOrder(central.url, session, order);
    expect(answer.status, answer.text).toBe(201);
    const made = productOrderSchema.parse(answer.json());
    expect(made.state).toBe('acknowledged');

    await complete(made.id);
    const contracts = await contractsNow();
    expect(contracts.find(({ id }) => id === 'c4-sim')).toMatchObject({
      offeringId: 'mobile.data-6gb',
      monthlyYen: 1_540,
      feeFrom: '2026-12-01',
      characteristics: {
        ...{ line: '1', lineNumber: '09012345678', iccid: 'DN1234567890123456' },
        ...{ volumeChangesOn: '2026-12-01', volumeBefore: 'mobile.data-3gb' },
      },
    });
    expect(monthlyTotalYen(contracts)).toBe(9_669);
    await eventually(async () => {
      const [accepted] = await caughtMails(central.url);
      expect(accepted?.text).toContain('2026-12-01');
      expect(accepted?.text).toContain('3,000円');
      expect(accepted?.text).toContain('090-1234-5678');
    });
  });

  it('holds a second change before the first has begun, and takes it from that day', async () => {
    const session = await saburo();
    const contracts = await contractsNow();
    expect(contracts.find(({ id }) => id === 'c4-sim')?.feeFrom).toBe('2026-12-01');
    const early = await orderFor(
      central.url,
      session,
      'mobile.change-data',
      { volume: 'mobile.data-10gb' },
      central.clocks.business(),
    );
    const held = productOrderSchema.parse((await postOrder(central.url, session, early)).json());
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
    const token = await central.tokens.forOperator(['tmf.write']);
    await call(`${central.url}${CENTRAL_PATHS.productOrder}/${held.id}`, {
      token,
      method: 'PATCH',
      body: { state: 'cancelled' },
    });

    advanceTo('2026-12-01T00:00:00');
    const later = await saburo();
    const order = await orderFor(
      central.url,
      later,
      'mobile.change-data',
      { volume: 'mobile.data-10gb' },
      central.clocks.business(),
    );
    const made = productOrderSchema.parse((await postOrder(central.url, later, order)).json());
    expect(made.state).toBe('acknowledged');
    await complete(made.id);
    expect((await contractsNow()).find(({ id }) => id === 'c4-sim')?.feeFrom).toBe('2027-01-01');
  });

  it('switches a number over that was brought along, once, and says by the hour at which it was asked when (p.101)', async () => {
    const token = await central.tokens.forOperator(['tmf.read', 'tmf.write']);
    const placed = await call(`${central.url}${CENTRAL_PATHS.productOrder}`, {
      token,
      method: 'POST',
      body: {
        relatedParty: [{ id: '1000000004', role: 'customer', '@referredType': 'Customer' }],
        productOrderItem: [
          {
            id: '1',
            action: 'add',
            productOffering: { id: 'mobile.voice-3gb' },
            product: {
              productCharacteristic: [
                { name: 'line', value: '2' },
                { name: 'lineNumber', value: '08011112222' },
                { name: 'portExpiresOn', value: '2026-12-12' },
              ],
            },
          },
        ],
      },
    });
    expect(placed.status, placed.text).toBe(201);
    const { id } = productOrderSchema.parse(placed.json());
    for (const state of ['inProgress', 'completed']) {
      const moved = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${id}`, {
        token,
        method: 'PATCH',
        body: { state },
      });
      expect(moved.status, moved.text).toBe(200);
    }
    const line = async () => (await contractsNow()).find(({ offeringId }) => offeringId === 'mobile.voice-3gb');
    expect(await line()).toMatchObject({ status: 'pendingActive', startedOn: null });

    advanceTo('2026-12-02T17:29:00');
    const answers = { iccid: 'dn 9999-8888 7777 6666', user: 'family', kana: 'みほん はなこ', name: '' };
    const asked = await saburo();
    const order = await orderFor(
      central.url,
      asked,
      'mobile.activate-mnp',
      answers,
      Date.parse('2026-12-02T17:29:30+09:00'),
    );
    // It waited in the terminal: what counts is when it comes.
    advanceTo('2026-12-02T17:31:00');
    const made = productOrderSchema.parse((await postOrder(central.url, asked, order)).json());
    expect(made.state).toBe('acknowledged');
    const second = await saburo();
    const again = await orderFor(central.url, second, 'mobile.activate-mnp', answers, central.clocks.business());
    expect(productOrderSchema.parse((await postOrder(central.url, second, again)).json())).toMatchObject({
      state: 'held',
      note: [{ text: 'change-pending' }],
    });
    await complete(made.id);
    const done = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${made.id}`, {
      token: await central.tokens.forOperator(['tmf.read']),
    });
    expect(productOrderSchema.parse(done.json()).productOrderItem[0]?.product?.startDate).toBe(
      '2026-12-02T00:00:00+09:00',
    );
    expect(await line()).toMatchObject({
      status: 'active',
      startedOn: '2026-12-02',
      characteristics: { line: '2', lineNumber: '08011112222', iccid: 'DN9999888877776666' },
    });
    expect((await line())?.characteristics).not.toHaveProperty('portExpiresOn');
    await eventually(async () => {
      const mails = await caughtMails(central.url);
      const accepted = mails.find(({ text }) => text.includes('MNP開通の手続き'));
      expect(accepted?.text).toContain('2026-12-03 の9:30から順番に開通します');
      expect(accepted?.text).toContain('2026-12-12');
      expect(accepted?.text).toContain('080-1111-2222');
    });
  });

  it('tells what is left of the data, and adds to it for the month (p.102)', async () => {
    const session = await saburo();
    const usage = async (): Promise<string[]> => {
      const answer = await call(`${central.url}${CENTRAL_PATHS.usageConsumptionReport}`, {
        token: (await saburo()).accessToken,
      });
      const [report] = z.array(usageConsumptionReportSchema).parse(answer.json());
      return report === undefined
        ? []
        : bucketsFrom(report).map(
            (one) => `${one.kind} ${one.expiresOn} ${one.grantedMb - one.usedMb}/${one.grantedMb}`,
          );
    };
    // As it was put in on November 18.
    const before = ['monthly 2026-11-30 1750/3000', 'monthly 2026-12-31 3000/3000'];
    expect(await usage()).toEqual(before);
    const data = { line: 'c4-sim', data: 'mobile.added-data-1gb' };
    const order = await orderFor(central.url, session, 'mobile.usage', data, central.clocks.business());
    const made = productOrderSchema.parse((await postOrder(central.url, session, order)).json());
    expect(made.state).toBe('acknowledged');
    await complete(made.id);
    expect(await usage()).toEqual([...before, 'added 2026-12-31 1000/1000']);
    expect((await contractsNow()).map(({ offeringId }) => offeringId)).not.toContain('mobile.added-data-1gb');

    const jiro = await signIn(central.url, 'jiro@example.jp');
    const others = await call(`${central.url}${CENTRAL_PATHS.usageConsumptionReport}/c4-sim`, {
      token: jiro.accessToken,
    });
    expect(others.status).toBe(404);
  });

  it('switches a number over by itself on the last day of its reservation (p.95)', async () => {
    const expiresOn = addDays(businessDate(central.clocks.business()), 3);
    const carryOut = async (productOffering: string, line: string, lineNumber: string): Promise<void> => {
      const token = await central.tokens.forOperator(['tmf.read', 'tmf.write']);
      const placed = await call(`${central.url}${CENTRAL_PATHS.productOrder}`, {
        token,
        body: {
          relatedParty: [{ id: '1000000004', role: 'customer' }],
          productOrderItem: [
            {
              id: '1',
              action: 'add',
              productOffering: { id: productOffering },
              product: {
                productCharacteristic: [
                  { name: 'line', value: line },
                  { name: 'lineNumber', value: lineNumber },
                  { name: 'portExpiresOn', value: expiresOn },
                  { name: 'portReservation', value: '0123456789' },
                ],
              },
            },
          ],
        },
      });
      const { id } = productOrderSchema.parse(placed.json());
      for (const state of ['inProgress', 'completed']) {
        const path = `${central.url}${CENTRAL_PATHS.productOrder}/${id}`;
        expect((await call(path, { token, method: 'PATCH', body: { state } })).status).toBe(200);
      }
    };
    await carryOut('mobile.voice-6gb', '3', '08033334444');
    const line = async () => (await contractsNow()).find(({ offeringId }) => offeringId === 'mobile.voice-6gb');
    // The reservation's number serves the order alone.
    expect(await line()).toMatchObject({
      status: 'pendingActive',
      characteristics: { line: '3', lineNumber: '08033334444', portExpiresOn: expiresOn },
    });
    expect((await line())?.characteristics).not.toHaveProperty('portReservation');
    advanceTo(`${addDays(expiresOn, -1)}T23:59:59`);
    central.timers.fire();
    expect((await line())?.status).toBe('pendingActive');
    const unreadable = await addUnreadableNumber('1000000001');
    advanceTo(`${expiresOn}T00:00:01`);
    await eventually(async () => {
      central.timers.fire();
      expect(await line()).toMatchObject({
        status: 'active',
        startedOn: expiresOn,
        characteristics: { line: '3', lineNumber: '08033334444' },
      });
    });
    await unreadable.remove();
    // Carried out too late to be announced: it is on, and reserved no more.
    await carryOut('mobile.voice-3gb', '4', '08055556666');
    const late = (await contractsNow()).find(({ characteristics }) => characteristics?.line === '4');
    expect(late).toMatchObject({ status: 'active', characteristics: { lineNumber: '08055556666' } });
    expect(late?.characteristics).not.toHaveProperty('portExpiresOn');
  });

  /** As another system of the operator's may have written it; looked at before the others. */
  async function addUnreadableNumber(customer: string): Promise<{ remove(): Promise<void> }> {
    if (central.databaseUrl === null) return { remove: async () => {} };
    const client = new pg.Client({ connectionString: central.databaseUrl });
    await client.connect();
    await client.query(
      `insert into products (id, customer_number, offering_id, name, status, contract, order_items)
       values ('unreadable', $1, 'mobile.voice-6gb', '', 'pendingActive', '{}', '[]')`,
      [customer],
    );
    return {
      remove: async () => {
        await client.query(`delete from products where id = 'unreadable'`);
        await client.end();
      },
    };
  }
});
