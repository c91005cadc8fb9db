import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pino } from 'pino';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { FULFILMENT_STEP_MS } from '../product-ordering/move-order.ts';
import { renewIdentity } from '../store/identity-version.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { type Answer, call, orderFor, postOrder, type Session, signIn } from '../testing/client.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';

const GORO = 'goro@example.jp';

let central: TestCentral;
let db: Database;
beforeAll(async () => {
  const url = hasPostgres() ? await createTestDatabase('replaced') : null;
  if (url === null) return;
  central = await startTestCentral(url);
  db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
});
afterAll(async () => {
  if (!hasPostgres()) return;
  await db.destroy();
  await central.dispose();
});

const look = async (url: string, { accessToken, customerNumber }: Session): Promise<unknown> => {
  const answer = await call(`${url}${CENTRAL_PATHS.customer}/${customerNumber}`, { token: accessToken });
  return answer.status === 200 ? 200 : [answer.status, answer.json()];
};
/** What was wished for before is waiting for a mailbox. */
const laterLinks = async (customerNumber: string): Promise<number> => {
  const links = db.selectFrom('codes').select('id').where('customer_number', '=', customerNumber);
  return (await links.where('purpose', '=', 'contact-later').execute()).length;
};
const renew = (customerNumber: string, sessionId: string | null): Promise<void> =>
  db.transaction().execute((transaction) => renewIdentity(transaction, customerNumber, sessionId));

it.skipIf(!hasPostgres())(
  'puts out whoever signed in with it, at every central, and leaves what they applied for to a person',
  async () => {
    const [thief, other] = [await signIn(central.url, GORO), await signIn(central.url, 'jiro@example.jp')];
    const now = central.clocks.business();
    const before = await orderFor(central.url, thief, 'phone.apply', {}, now);
    const second = await central.second();
    expect(await look(second.url, thief)).toBe(200);

    await renew(thief.customerNumber, null);
    for (const { url } of [central, second]) {
      expect(await look(url, thief)).toMatchObject([401, { code: 'session-over' }]);
      expect(await look(url, other)).toBe(200);
    }
    await second.close();
    // Taken and told of: it isn't lost, and it isn't booked unseen either.
    const held = productOrderSchema.parse((await postOrder(central.url, thief, before)).json());
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'identity-check' }] });

    const owner = await signIn(central.url, GORO);
    expect(await look(central.url, owner)).toBe(200);
  },
);

it.skipIf(!hasPostgres())('lets the session go on in which the customer chose another', async () => {
  const [own, elsewhere] = [await signIn(central.url, GORO), await signIn(central.url, GORO)];
  await renew(own.customerNumber, own.sessionId);
  expect(await look(central.url, own)).toBe(200);
  expect(await look(central.url, elsewhere)).toMatchObject([401, { code: 'session-over' }]);
  await renew(own.customerNumber, randomUUID());
  expect(await look(central.url, own)).toMatchObject([401, { code: 'session-over' }]);
});

it.skipIf(!hasPostgres())(
  'puts out whoever signed in with a password that was changed, and what they began',
  async () => {
    const ROKURO = 'rokuro@example.jp';
    const [own, thief] = [await signIn(central.url, ROKURO), await signIn(central.url, ROKURO)];
    const order = await orderFor(central.url, thief, 'phone.apply', {}, central.clocks.business());
    const { customerNumber } = own;
    await db
      .insertInto('codes')
      .values({
        ...{ id: randomUUID(), purpose: 'contact-later', customer_number: customerNumber, address: 'thief@example.jp' },
        ...{
          language: 'ja',
          terminal_code: 'T01',
          session_id: thief.sessionId,
          code_hash: '',
          link_hash: randomUUID(),
        },
        ...{ expires_at: new Date(central.clocks.system() + 60_000), proved_at: null, spent_at: null },
      })
      .execute();
    const second = await central.second();
    const change = (present: string, next: string, accountId: string | null): Promise<Answer> =>
      call(`${second.url}${CENTRAL_PATHS.passwordChanges}`, {
        token: own.accessToken,
        body: { id: randomUUID(), accountId, present, next, language: 'ja' },
      });
    // A password that signs nobody in here.
    expect((await change('Counter2026', 'b2345', 'account-7-access')).status).toBe(200);
    expect(await look(central.url, thief)).toBe(200);

    expect((await change('Counter2026', 'My%new+Pass1', null)).status).toBe(200);
    expect(await look(central.url, thief)).toMatchObject([401, { code: 'session-over' }]);
    expect([await look(central.url, own), await look(second.url, own)]).toEqual([200, 200]);
    expect(await laterLinks(customerNumber)).toBe(0);
    const held = productOrderSchema.parse((await postOrder(central.url, thief, order)).json());
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'identity-check' }] });
    // Only beside what waits for a person.
    const mine = await orderFor(central.url, own, 'phone.apply', {}, central.clocks.business());
    const beside = productOrderSchema.parse((await postOrder(second.url, own, mine)).json());
    expect(beside.note).not.toMatchObject([{ text: 'identity-check' }]);
    await second.close();
  },
);

it.skipIf(!hasPostgres())(
  'lets a person look at another contact that was wished for before, and at none that the customer wished for since',
  async () => {
    const SABURO = 'saburo@example.jp';
    const [own, thief] = [await signIn(central.url, SABURO), await signIn(central.url, SABURO)];
    const wish = (email: string): Record<string, string> => ({
      ...{ phone: '09011112222', news: 'yes', where: 'other', email, again: email },
    });
    const apply = async (session: Session, email: string): Promise<string> => {
      const now = central.clocks.business();
      const order = await orderFor(central.url, session, 'customer.change-contact', wish(email), now);
      const made = productOrderSchema.parse((await postOrder(central.url, session, order)).json());
      expect(made.state).toBe('acknowledged');
      return made.id;
    };
    const stateOf = async (id: string): Promise<string | undefined> =>
      (await db.selectFrom('product_orders').select('state').where('id', '=', id).executeTakeFirst())?.state;
    const movedTo = (id: string, state: string): Promise<void> =>
      eventually(async () => {
        central.clocks.advance(FULFILMENT_STEP_MS);
        central.timers.fire();
        expect(await stateOf(id)).toBe(state);
      });
    const early = await apply(thief, 'thief@example.jp');
    await renew(own.customerNumber, own.sessionId);
    await movedTo(early, 'held');
    const held = await db.selectFrom('product_orders').select('held_reason').where('id', '=', early).execute();
    expect([held, await laterLinks(own.customerNumber)]).toEqual([[{ held_reason: 'identity-check' }], 0]);

    await movedTo(await apply(own, 'own@example.jp'), 'completed');
    expect(await laterLinks(own.customerNumber)).toBe(1);

    // A person knows whose wish it was.
    const token = await central.tokens.forOperator(['tmf.write']);
    const released = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${early}`, {
      ...{ token, method: 'PATCH', body: { state: 'acknowledged' } },
    });
    expect(released.status, released.text).toBe(200);
    await movedTo(early, 'completed');
  },
);
