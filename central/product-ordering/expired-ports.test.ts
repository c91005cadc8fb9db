import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema, reasonOf } from '../../shared/central-api/product-order.ts';
import { tmfErrorSchema } from '../../shared/central-api/common.ts';
import { addDays, businessDate } from '../../shared/domain/business-time.ts';
import { RESERVATION_DAYS_LEFT } from '../../shared/domain/mobile/port-reservation.ts';
import { VOICE_LINE } from '../../tests/builders/mobile-lines.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { type Answer, call, type FrozenOrder, orderFor, sendOrder, type Session, signIn } from '../testing/client.ts';
import { MANAGER, staffSignIn } from '../testing/staff.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { terminalToken } from '../testing/test-terminal.ts';

interface Waiting {
  readonly session: Session;
  readonly order: FrozenOrder;
}

describe('a number whose reservation ran out before its order', () => {
  let central: TestCentral;
  let lastDay: string;
  const waiting: Waiting[] = [];
  beforeAll(async () => {
    central = await startTestCentral(await createAnyDatabase('expired-ports'));
    // The policy that compares what stands on a document holds from then on.
    advanceTo('2026-11-26T12:00:00');
    lastDay = addDays(businessDate(central.clocks.business()), RESERVATION_DAYS_LEFT);
    for (const login of ['taro', 'jiro', 'hanako']) waiting.push(await applied(login));
  });
  afterAll(() => central.dispose());

  const advanceTo = (local: string): void =>
    central.clocks.advance(Date.parse(`${local}+09:00`) - central.clocks.business());
  const applied = async (login: string): Promise<Waiting> => {
    const session = await signIn(central.url, `${login}@example.jp`);
    const now = central.clocks.business();
    const port = {
      ...{ ...VOICE_LINE, contractorBornOn: '1985-01-02', numbering: 'mnp', reservation: '0123456789' },
      ...{ expiresOn: lastDay, portNumber: '08012345678', holder: 'same' },
    };
    const order = await orderFor(central.url, session, 'mobile.apply', port, now);
    const identityChecks: FrozenOrder['application']['identityChecks'] = [
      {
        ...{ person: 'contractor', evidence: 'staff-eye', document: 'my-number-card', sides: ['front'] },
        ...{ supplementary: false, agrees: ['name', 'address', 'bornOn'], typed: ['bornOn'] },
        ...{ staffNumber: '1001', checkedAt: new Date(now).toISOString(), policyVersion: '2026-11-26.3' },
      },
    ];
    return { session, order: { ...order, application: { ...order.application, identityChecks } } };
  };
  const arrive = async (one: Waiting | undefined): Promise<ProductOrder> => {
    if (one === undefined) throw new Error('nothing was applied for');
    const token = await terminalToken(central.url);
    const answer = await sendOrder(central.url, token, one.session.submissionGrant, one.order);
    expect(answer.status, answer.text).toBe(201);
    return productOrderSchema.parse(answer.json());
  };
  const asOperator = async (path: string, method = 'GET', body?: unknown): Promise<Answer> => {
    const token = await central.tokens.forOperator(['tmf.read', 'tmf.write']);
    return call(`${central.url}${path}`, { token, method, body });
  };
  const standing = async (id: string): Promise<(string | null)[]> => {
    const order = productOrderSchema.parse((await asOperator(`${CENTRAL_PATHS.productOrder}/${id}`)).json());
    return [order.state, reasonOf(order)];
  };
  const outcomeOf = ({ status, text }: Answer): string =>
    status === 200 ? 'done' : `${status} ${tmfErrorSchema.parse(JSON.parse(text)).code}`;
  const move = async (id: string, state: string): Promise<string> =>
    outcomeOf(await asOperator(`${CENTRAL_PATHS.productOrder}/${id}`, 'PATCH', { state }));
  const release = async (id: string): Promise<string> => {
    const { accessToken: token } = await staffSignIn(central.url, MANAGER);
    return outcomeOf(await call(`${central.url}${CENTRAL_PATHS.staffOrders}/${id}/release`, { token, method: 'POST' }));
  };
  const stock = (amount: number): Promise<Answer> =>
    asOperator(`${CENTRAL_PATHS.productStock}/mobile.wish-ivory`, 'PATCH', {
      productStockLevel: { amount, units: 'piece' },
    });
  it('is taken and released to the end of the last day, and not after', async () => {
    await stock(0);
    const held = await arrive(waiting[0]);
    expect([held.state, reasonOf(held)]).toEqual(['held', 'out-of-stock']);

    advanceTo(`${lastDay}T23:58:00`);
    await stock(5);
    const inTime = await arrive(waiting[1]);
    expect(inTime.state).toBe('acknowledged');
    for (const state of ['held', 'acknowledged', 'held']) expect(await move(inTime.id, state)).toBe('done');
    expect(await release(inTime.id)).toBe('done');

    advanceTo(`${addDays(lastDay, 1)}T00:00:00`);
    const late = await arrive(waiting[2]);
    expect([late.state, reasonOf(late)]).toEqual(['held', 'port-expired']);
    await eventually(async () => {
      const mail = (await caughtMails(central.url)).find(({ subject }) =>
        subject.includes(waiting[2]?.order.application.receiptNumber ?? ''),
      );
      expect(mail?.text).toContain('MNP予約番号の有効期限');
    });
    const moves = ['acknowledged', 'inProgress'];
    for (const { id } of [held, late]) {
      expect(await release(id)).toBe('409 port-expired');
      expect(await standing(id)).toEqual(['held', 'port-expired']);
      const made = [];
      for (const state of moves) made.push(await move(id, state));
      expect(made).toEqual(['409 port-expired', '409 port-expired']);
      expect(await standing(id)).toEqual(['held', 'port-expired']);
    }
    // What was accepted in time goes on, whatever it was stopped for meanwhile.
    const resumed = [];
    for (const state of ['inProgress', 'held', 'inProgress', 'assessingCancellation', 'inProgress'])
      resumed.push(await move(inTime.id, state));
    expect(resumed).toEqual(['done', 'done', 'done', 'done', 'done']);
  });
});
