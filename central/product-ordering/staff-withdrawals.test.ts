import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { type Answer, call, type FrozenOrder, orderFor, postOrder, type Session, signIn } from '../testing/client.ts';
import { listMessages } from '../testing/messages.ts';
import { correctionOf, type StaffSession, staffSignIn } from '../testing/staff.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

const COURSE = { course: 'internet.plus', modem: 'unchanged', provision: 'unchanged' };

let central: TestCentral;
let operator: string;
let staff: StaffSession;
let session: Session;

beforeAll(async () => {
  central = await startTestCentral(await createAnyDatabase('withdrawals'));
  operator = await central.tokens.forOperator(['operator', 'tmf.write']);
  staff = await staffSignIn(central.url);
  session = await signIn(central.url, 'jiro@example.jp');
});
afterAll(() => central.dispose());

const application = (): Promise<FrozenOrder> =>
  orderFor(central.url, session, 'internet.change-course', COURSE, central.clocks.business());
const withdraw = (order: object, token = staff.accessToken): Promise<Answer> =>
  call(`${central.url}${CENTRAL_PATHS.staffWithdrawals}`, {
    token,
    body: { body: JSON.stringify(order), reason: 'customer-wish' },
  });
const post = (order: FrozenOrder): Promise<Answer> => postOrder(central.url, session, order);
const bringIn = (order: FrozenOrder): Promise<Answer> =>
  call(`${central.url}${CENTRAL_PATHS.operatorRescue}`, {
    token: operator,
    body: { body: JSON.stringify(order), submissionGrant: session.submissionGrant },
  });
const stateOf = (answer: Answer): string => productOrderSchema.parse(answer.json()).state;
const ordersOf = async ({ externalId }: FrozenOrder) =>
  productOrderSchema
    .array()
    .parse(
      (await call(`${central.url}${CENTRAL_PATHS.productOrder}?externalId=${externalId}`, { token: operator })).json(),
    );
const cancel = async (id: string): Promise<void> => {
  const path = `${central.url}${CENTRAL_PATHS.productOrder}/${id}`;
  const answer = await call(path, { token: operator, method: 'PATCH', body: { state: 'cancelled' } });
  expect(answer.status, answer.text).toBe(200);
};

it('keeps what never came as cancelled, so that neither its file nor its terminal brings it about any more', async () => {
  const order = await application();
  const answer = await withdraw(order);
  expect([answer.status, stateOf(answer)]).toEqual([200, 'cancelled']);
  expect(stateOf(await withdraw(order))).toBe('cancelled');
  const brought = await bringIn(order);
  expect([brought.status, brought.json()]).toMatchObject([200, { known: true }]);
  expect(stateOf(await post(order))).toBe('cancelled');
  const [kept, ...others] = await ordersOf(order);
  expect([kept?.state, others]).toEqual(['cancelled', []]);
  const about = (await listMessages(central.url, operator, '?limit=1000')).flatMap(({ characteristic }) => {
    const value = (name: string) => characteristic.find((one) => one.name === name)?.value;
    return value('about') === `productOrder/${kept?.id ?? ''}` ? [value('kind')] : [];
  });
  expect(about).toEqual(['withdrawn']);
});

it('cancels what has come meanwhile and waits for a person, and leaves alone what is being carried out', async () => {
  const first = await application();
  const taken = await post(first);
  const second = await application();
  expect(stateOf(await post(second))).toBe('held');
  expect(stateOf(await withdraw(second))).toBe('cancelled');
  expect((await withdraw(first)).status).toBe(409);
  await cancel(productOrderSchema.parse(taken.json()).id);
});

it('settles a race with the terminal one way or the other', async () => {
  const orders = await Promise.all(Array.from({ length: 4 }, application));
  for (const order of orders) {
    const [posted, withdrawn] = await Promise.all([post(order), withdraw(order)]);
    const [kept, ...others] = await ordersOf(order);
    expect([posted.status, others]).toEqual([201, []]);
    if (withdrawn.status === 200) expect(kept?.state).toBe('cancelled');
    else {
      expect([withdrawn.status, kept?.state]).toEqual([409, 'acknowledged']);
      await cancel(kept?.id ?? '');
    }
  }
});

it('takes nobody’s place as a correction that never came', async () => {
  const old = await application();
  const first = correctionOf(old, await application());
  expect((await withdraw(first)).status).toBe(200);
  const second = correctionOf(old, await application());
  const answer = await post(second);
  expect([answer.status, stateOf(answer)]).toEqual([201, 'acknowledged']);
  await cancel(productOrderSchema.parse(answer.json()).id);
});

it('is for staff of the shop, and for applications', async () => {
  const order = await application();
  expect((await withdraw(order, operator)).status).toBe(403);
  expect((await withdraw({ ...order, externalId: undefined })).status).toBe(400);
  expect((await withdraw({ ...order, application: undefined })).status).toBe(400);
  const elsewhere = { ...order, application: { ...order.application, terminalCode: 'T77' } };
  expect((await withdraw({ ...elsewhere, externalId: randomUUID() })).status).toBe(404);
  expect(await ordersOf(order)).toEqual([]);
});
