import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { catalogSchema } from '../../shared/domain/catalog.ts';
import { shippedCatalogPath } from '../product-catalog/load-catalog.ts';
import {
  type Answer,
  call,
  type FrozenOrder,
  orderFor,
  postOrder,
  readCatalog,
  readCustomer,
  type Session,
  signIn,
} from '../testing/client.ts';
import { listMessages } from '../testing/messages.ts';
import { MANAGER, postUnverified, type StaffSession, staffSignIn, unverifiedOrder } from '../testing/staff.ts';
import { ANY_STORE } from '../testing/staff-orders.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { createTestDatabase } from '../../tests/setup/test-postgres.ts';

const MIDNIGHT = Date.parse('2026-12-01T00:00:00+09:00');
const [OLD_YEN, NEW_YEN] = [5_060, 5_280];
const WIDE = { course: 'internet.wide', modem: 'modem.wifi', provision: 'rental' };

/** ワイド becomes dearer at midnight: central ends with the old catalog and starts with the new one. */
describe.each(ANY_STORE)('a new price, on %s', (store) => {
  let central: TestCentral;
  let operator: string;
  let staff: StaffSession;
  let jiro: Session;
  let goro: Session;
  let saburo: Session;
  /** What became of the old catalog's last second: at central, waiting for staff there, waiting on the terminal. */
  let booked: { readonly order: FrozenOrder; readonly answer: Answer };
  let held: ProductOrder;
  let waiting: FrozenOrder;
  let untouched: FrozenOrder;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('price_change') : null);
    central.clocks.advance(MIDNIGHT - 1 - central.clocks.business());
    operator = await central.tokens.forOperator(['tmf.write']);
    const now = central.clocks.business();
    jiro = await signIn(central.url, 'jiro@example.jp');
    const change = { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' };
    const order = await orderFor(central.url, jiro, 'internet.change-course', change, now);
    booked = { order, answer: await postOrder(central.url, jiro, order) };
    staff = await staffSignIn(central.url, MANAGER);
    const unverified = await unverifiedOrder(central.url, staff, '1000000005', 'internet.apply', WIDE, now);
    held = productOrderSchema.parse((await postUnverified(central.url, staff, unverified)).json());
    goro = await signIn(central.url, 'goro@example.jp');
    waiting = await orderFor(central.url, goro, 'internet.apply', WIDE, now);
    saburo = await signIn(central.url, 'saburo@example.jp');
    untouched = await orderFor(central.url, saburo, 'phone.apply', {}, now);

    const catalog = catalogSchema.parse(JSON.parse(readFileSync(shippedCatalogPath(import.meta.dirname), 'utf8')));
    const offerings = catalog.offerings.map((one) =>
      one.id === 'internet.wide' ? { ...one, monthlyYen: NEW_YEN } : one,
    );
    const file = join(central.dataDirectory, 'catalog.json');
    writeFileSync(file, JSON.stringify({ version: '2026-12-01.1', offerings }));
    central.clocks.advance(1);
    expect(central.clocks.business()).toBe(MIDNIGHT);
    central = await central.restart(file);
  });
  afterAll(() => central.dispose());

  const at = (id: string): string => `${central.url}${CENTRAL_PATHS.productOrder}/${id}`;
  const read = async (id: string): Promise<ProductOrder> =>
    productOrderSchema.parse((await call(at(id), { token: operator })).json());
  const wideYen = (order: Pick<ProductOrder, 'productOrderItem'>): number | undefined =>
    order.productOrderItem.find((item) => item.productOffering?.id === 'internet.wide')?.itemPrice?.[0]?.price
      .taxIncludedAmount.value;

  it('is told with a new version, and holds for who applies from then on', async () => {
    const catalog = await readCatalog(central.url, operator);
    expect(catalog.version).toBe('2026-12-01.1');
    const fresh = await orderFor(central.url, goro, 'internet.apply', WIDE, MIDNIGHT);
    expect([wideYen(waiting), wideYen(fresh)]).toEqual([OLD_YEN, NEW_YEN]);
  });

  it('holds what waited on a terminal with the old one, tells the customer both, and lets nobody book it', async () => {
    const answer = await postOrder(central.url, goro, waiting);
    const made = productOrderSchema.parse(answer.json());
    expect(made).toMatchObject({ state: 'held', note: [{ text: 'price-changed', author: 'central' }] });
    expect(wideYen(made)).toBe(OLD_YEN);
    const [mail] = (await listMessages(central.url, operator)).filter(({ subject }) =>
      subject.includes(waiting.application.receiptNumber),
    );
    expect(mail?.content).toContain('5,060');
    expect(mail?.content).toContain('5,280');
    const release = `${central.url}${CENTRAL_PATHS.staffOrders}/${made.id}/release`;
    const refused = await call(release, { token: staff.accessToken, method: 'POST' });
    expect(refused.status, refused.text).toBe(409);
    expect(refused.json()).toMatchObject({ code: 'price-changed' });
    expect((await read(made.id)).state).toBe('held');
  });

  it('keeps what the old one was agreed with at central, to its contract', async () => {
    const { id } = productOrderSchema.parse(booked.answer.json());
    const repeat = await postOrder(central.url, jiro, booked.order);
    expect([repeat.status, repeat.text]).toEqual([201, booked.answer.text]);
    for (const state of ['inProgress', 'completed']) {
      await call(at(id), { token: operator, method: 'PATCH', body: { state } });
    }
    expect((await read(id)).state).toBe('completed');
    const { contracts } = await readCustomer(central.url, jiro, await readCatalog(central.url, operator));
    expect(contracts.find(({ offeringId }) => offeringId === 'internet.wide')?.monthlyYen).toBe(OLD_YEN);
  });

  it('has what waited there for another reason held for the price, when staff would let it go on', async () => {
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'identity-check' }] });
    const release = `${central.url}${CENTRAL_PATHS.staffOrders}/${held.id}/release`;
    const refused = await call(release, { token: staff.accessToken, method: 'POST' });
    expect(refused.json()).toMatchObject({ status: '409', code: 'price-changed' });
    expect(await read(held.id)).toMatchObject({ state: 'held', note: [{ text: 'price-changed' }] });
  });

  it('does not touch what costs as before, whatever catalog it was quoted from', async () => {
    expect(untouched.application.catalogVersion).not.toBe('2026-12-01.1');
    const made = productOrderSchema.parse((await postOrder(central.url, saburo, untouched)).json());
    expect(made.state).toBe('acknowledged');
  });
});
