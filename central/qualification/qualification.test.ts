import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { notServed, qualificationRequest, qualificationSchema } from '../../shared/central-api/qualification.ts';
import { addDays, businessDate } from '../../shared/domain/business-time.ts';
import { createAnyDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call, orderFor, postOrder, readCatalog, readCustomer, type Session, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

const KATTOBI = ['internet.mega160', 'internet.wide', 'internet.plus', 'internet.just'];

describe('what can be had at an address, and what comes of ordering it', () => {
  let url: string | null;
  let central: TestCentral;
  beforeAll(async () => {
    url = await createAnyDatabase('qualification');
    central = await startTestCentral(url);
  }, 120_000);
  afterAll(() => central.dispose());

  const ask = async (session: Session, customer = session.customerNumber) => {
    const catalog = await readCatalog(central.url, session.accessToken);
    return call(`${central.url}${CENTRAL_PATHS.productOfferingQualification}`, {
      ...{ token: session.accessToken, method: 'POST', body: qualificationRequest(catalog, customer) },
    });
  };
  const qualify = (token: string, customer: string, offering: string) =>
    call(`${central.url}${CENTRAL_PATHS.productOfferingQualification}`, {
      token,
      body: {
        relatedParty: [{ id: customer, role: 'customer' }],
        productOfferingQualificationItem: [{ id: '1', productOffering: { id: offering } }],
      },
    });
  const resultFor = async (session: Session, offering: string): Promise<unknown> => {
    const answer = await qualify(session.accessToken, session.customerNumber, offering);
    expect(answer.status, answer.text).toBe(201);
    return qualificationSchema.parse(answer.json()).productOfferingQualificationItem[0]?.qualificationItemResult;
  };
  const refusedTo = async (session: Session): Promise<string[]> => {
    const answer = await ask(session);
    expect(answer.status, answer.text).toBe(201);
    return notServed(qualificationSchema.parse(answer.json()));
  };

  it('follows from the lines that reach the building', async () => {
    const hanako = await refusedTo(await signIn(central.url, 'hanako@example.jp'));
    expect(hanako).toEqual(expect.arrayContaining([...KATTOBI, 'tv.big-bd', 'modem.wifi']));
    expect(hanako).not.toContain('tv.standard-hitpot');
    expect(hanako).not.toContain('phone.cable-plus');
    const jiro = await refusedTo(await signIn(central.url, 'jiro@example.jp'));
    expect(jiro).toEqual([]);
    const shiro = await refusedTo(await signIn(central.url, 'shiro@example.jp'));
    expect(shiro).toEqual(expect.arrayContaining(['internet.itscom-hikari-2g', 'internet.hikari-mansion-100m']));
    expect(shiro).not.toContain('internet.mega160');
  });

  it.skipIf(!hasPostgres())("goes by the building before its street, and never by another one's number", async () => {
    const goro = await signIn(central.url, 'goro@example.jp');
    const client = new pg.Client({ connectionString: url ?? '' });
    await client.connect();
    const know = (address: string, lines: readonly string[]) =>
      client.query('insert into buildings (address, line_types) values ($1, $2)', [address, JSON.stringify(lines)]);
    try {
      // Goro lives at 東京都渋谷区見本町12-13 見本荘1.
      for (const other of [
        '東京都渋谷区見本町1',
        '東京都渋谷区見本町12-1',
        '東京都渋谷区見本町12-13 見本荘10',
        '東京都%',
      ]) {
        await know(other, []);
      }
      expect(await resultFor(goro, 'internet.plus')).toBe('conditional');
      await know('東京都渋谷区見本町', ['hikari']);
      expect(await resultFor(goro, 'internet.plus')).toBe('unqualified');
      await know('東京都渋谷区見本町12-13 見本荘', ['cable']);
      expect(await resultFor(goro, 'internet.plus')).toBe('qualified');
      expect(await resultFor(goro, 'internet.itscom-hikari-2g')).toBe('unqualified');
    } finally {
      await client.query("delete from buildings where address like '東京都渋谷区%' or address = '東京都%'");
      await client.end();
    }
  });

  it('says nothing of an offering or a customer that there is not', async () => {
    const goro = await signIn(central.url, 'goro@example.jp');
    expect(await resultFor(goro, 'no-such-offering')).toBe('unqualified');
    const operator = await central.tokens.forOperator(['tmf.read']);
    expect((await qualify(operator, '1000000006', 'internet.plus')).status).toBe(201);
    expect((await qualify(operator, 'nobody', 'internet.plus')).status).toBe(404);
  });

  it('says nothing against anything where nobody has looked, and nothing about others', async () => {
    const goro = await signIn(central.url, 'goro@example.jp');
    expect(await refusedTo(goro)).toEqual([]);
    expect((await ask(goro, '1000000001')).status).toBe(403);
    const wrong = { token: goro.accessToken, method: 'POST' as const, body: { relatedParty: [] } };
    expect((await call(`${central.url}${CENTRAL_PATHS.productOfferingQualification}`, wrong)).status).toBe(400);
  });

  it('holds an order for what does not reach the address', async () => {
    const hanako = await signIn(central.url, 'hanako@example.jp');
    const answers = { course: 'internet.plus', modem: 'modem.standard', provision: 'rental' };
    const order = await orderFor(central.url, hanako, 'internet.apply', answers, central.clocks.business());
    const answer = productOrderSchema.parse((await postOrder(central.url, hanako, order)).json());
    expect(answer).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
  });

  it('holds a second order of the same, and starts channels on the chosen day', async () => {
    const jiro = await signIn(central.url, 'jiro@example.jp');
    const answers = { channels: 'tv-channel.kbs', end: 'c3-tbs1', start: 'tv-channel.kbs=next-day' };
    const now = central.clocks.business();
    const first = await orderFor(central.url, jiro, 'tv.options', answers, now);
    const second = await orderFor(central.url, jiro, 'tv.options', { ...answers, end: 'c3-tbs2' }, now);
    const made = productOrderSchema.parse((await postOrder(central.url, jiro, first)).json());
    expect(made.state).toBe('acknowledged');
    const again = productOrderSchema.parse((await postOrder(central.url, jiro, second)).json());
    expect(again).toMatchObject({ state: 'held', note: [{ text: 'change-pending' }] });
    const catalog = await readCatalog(central.url, jiro.accessToken);
    const operator = await central.tokens.forOperator(['tmf.write']);
    for (const state of ['inProgress', 'completed']) {
      const path = `${central.url}${CENTRAL_PATHS.productOrder}/${made.id}`;
      expect((await call(path, { token: operator, method: 'PATCH', body: { state } })).status).toBe(200);
    }
    const { contracts } = await readCustomer(central.url, jiro, catalog);
    const today = businessDate(central.clocks.business());
    const kbs = contracts.find(({ offeringId }) => offeringId === 'tv-channel.kbs');
    const startsOn = addDays(today, 1);
    expect(kbs).toMatchObject({ startedOn: startsOn, feeFrom: `${startsOn.slice(0, 8)}01`, monthlyYen: 770 });
    expect(kbs?.characteristics).toBeUndefined();
    expect(contracts.find(({ id }) => id === 'c3-tbs1')?.status).toBe('terminated');
  });
});
