import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { type Answer, call, type FrozenOrder, freezeOrder, readCatalog, readCustomer, type Session } from './client.ts';
import { listMessages } from './messages.ts';
import { MANAGER, staffAttribution, type StaffSession, staffSignIn, unverifiedOrder } from './staff.ts';
import { startTestCentral, type TestCentral } from './test-central.ts';
import { tokenOfAnother } from './test-terminal.ts';

export const STORES = hasPostgres() ? (['pglite', 'postgres'] as const) : (['pglite'] as const);

/** PostgreSQL where it is: for what no store does in its own way. */
export const ANY_STORE = STORES.slice(-1);

export const JIRO = '1000000003';
export const SHIRO = '1000000005';
export const wide = { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' };
export const plus = { ...wide, course: 'internet.plus' };

export const parseOrder = (answer: Answer): ProductOrder => productOrderSchema.parse(answer.json());

/** A central for the tests of one file, with staff and a manager signed in, and what they do there. */
export interface StaffOrders {
  readonly central: TestCentral;
  readonly operator: string;
  readonly staff: StaffSession;
  readonly manager: StaffSession;
  now(): number;
  /** The address of orders. */
  orders(path?: string): string;
  made(sending: Promise<Answer>): Promise<ProductOrder>;
  read(id: string, token?: string): Promise<ProductOrder>;
  decide(id: string, what: 'release' | 'reject' | 'withdraw', token?: string, body?: object): Promise<Answer>;
  patch(id: string, state: string): Promise<Answer>;
  /** From wherever the simulator has brought it meanwhile. */
  cancel(id: string): Promise<void>;
  refused(answering: Promise<Answer>, status: number, code: string): Promise<void>;
  /** A change of course that staff took without central, and one that they took with it. */
  offline(customer: string, answers?: Record<string, string>, at?: number): Promise<FrozenOrder>;
  online(session: Session, answers?: Record<string, string>): Promise<FrozenOrder>;
  visitsTo(orderId: string): Promise<unknown>;
  /** What was mailed about it, by kind. */
  mailsAbout(orderId: string): Promise<Record<string, string>>;
  fulfilled(id: string): Promise<void>;
  /** @returns the token of a manager of another shop */
  foreignManager(): Promise<string>;
}

/** Starts it before the tests of the present file and ends it after them. */
export function staffOrdersOn(store: (typeof STORES)[number], database: string): StaffOrders {
  let central: TestCentral;
  let operator: string;
  let staff: StaffSession;
  let manager: StaffSession;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase(database) : null);
    operator = await central.tokens.forOperator(['operator']);
    staff = await staffSignIn(central.url);
    manager = await staffSignIn(central.url, MANAGER);
  });
  afterAll(() => central.dispose());

  const now = (): number => central.clocks.business();
  const orders = (path = ''): string => `${central.url}${CENTRAL_PATHS.productOrder}${path}`;
  const read = async (id: string, token = operator): Promise<ProductOrder> =>
    parseOrder(await call(orders(`/${id}`), { token }));
  const patch = (id: string, state: string): Promise<Answer> =>
    call(orders(`/${id}`), { token: operator, method: 'PATCH', body: { state } });

  return {
    get central() {
      return central;
    },
    get operator() {
      return operator;
    },
    get staff() {
      return staff;
    },
    get manager() {
      return manager;
    },
    now,
    orders,
    made: async (sending) => {
      const answer = await sending;
      expect(answer.status, answer.text).toBe(201);
      return parseOrder(answer);
    },
    read,
    decide: (id, what, token = manager.accessToken, body) =>
      call(`${central.url}${CENTRAL_PATHS.staffOrders}/${id}/${what}`, { token, method: 'POST', body }),
    patch,
    cancel: async (id) => {
      if ((await patch(id, 'cancelled')).status === 200) return;
      for (const state of ['assessingCancellation', 'pendingCancellation', 'cancelled']) {
        expect((await patch(id, state)).status, state).toBe(200);
      }
    },
    refused: async (answering, status, code) => {
      const answer = await answering;
      expect([answer.status, answer.json()]).toMatchObject([status, { code, '@type': 'Error' }]);
    },
    offline: (customer, answers = wide, at = now()) =>
      unverifiedOrder(central.url, staff, customer, 'internet.change-course', answers, at),
    online: async (session, answers = wide) => {
      const catalog = await readCatalog(central.url, session.accessToken);
      const { customer, contracts } = await readCustomer(central.url, session, catalog);
      return freezeOrder({
        catalog,
        facts: { kind: 'known', customer, contracts },
        procedureId: 'internet.change-course',
        answers,
        capturedAt: now(),
        attribution: staffAttribution(staff, session.sessionId, false),
      });
    },
    visitsTo: async (orderId) => {
      const path = `${CENTRAL_PATHS.partyInteraction}?interactionItem.item.id=${orderId}&sort=creationDate`;
      const answer = await call(`${central.url}${path}`, { token: manager.accessToken });
      return z.array(z.unknown()).parse(answer.json());
    },
    mailsAbout: async (orderId) => {
      const mails: Record<string, string> = {};
      for (const { characteristic, content } of await listMessages(central.url, operator, '?limit=1000')) {
        const value = (name: string) => characteristic.find((one) => one.name === name)?.value;
        if (value('about') === `productOrder/${orderId}`) mails[String(value('kind'))] = content;
      }
      return mails;
    },
    foreignManager: async () => {
      await tokenOfAnother(central.url);
      const path = `${central.url}${CENTRAL_PATHS.operatorStaff}/2001`;
      const member = { name: '見本 店長', role: 'manager', shop: 'S002', active: true, pin: '135790' };
      await call(path, { token: operator, method: 'PUT', body: member });
      const stranger = { kind: 'staff', number: '2001', role: 'manager', terminal: 'T02', shop: 'S002' } as const;
      return central.tokens.forStaff(stranger);
    },
    fulfilled: async (id) => {
      for (const state of ['inProgress', 'completed']) {
        central.clocks.advance(2_000);
        await eventually(async () => {
          central.timers.fire();
          expect((await read(id)).state).toBe(state);
        });
      }
    },
  };
}
