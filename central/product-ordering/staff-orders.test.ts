import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { staffSlipSchema } from '../../shared/central-api/reprint.ts';
import { monthlyTotalYen } from '../../shared/domain/quote.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import {
  type Answer,
  call,
  type FrozenOrder,
  freezeOrder,
  orderFor,
  postOrder,
  readCatalog,
  readCustomer,
  repriced,
  sendOrder,
  type Session,
  signIn,
} from '../testing/client.ts';
import { listMessages } from '../testing/messages.ts';
import {
  correctionOf,
  MANAGER,
  openCustomer,
  postUnverified,
  staffAttribution,
  type StaffSession,
  staffSignIn,
  unverifiedOrder,
} from '../testing/staff.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';
import { eventually } from '../../tests/setup/eventually.ts';

const JIRO = '1000000003';
const SHIRO = '1000000005';
const plan = { plan: 'bundle.hikari-triple-2g' };
const wide = { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' };
const plus = { ...wide, course: 'internet.plus' };
const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])("staff's applications on %s", (store) => {
  let central: TestCentral;
  let operator: string;
  let staff: StaffSession;
  let manager: StaffSession;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('staff-orders') : null);
    operator = await central.tokens.forOperator(['operator']);
    staff = await staffSignIn(central.url);
    manager = await staffSignIn(central.url, MANAGER);
  });
  afterAll(() => central.dispose());

  const now = (): number => central.clocks.business();
  const parse = (answer: Answer): ProductOrder => productOrderSchema.parse(answer.json());
  const orders = (path = ''): string => `${central.url}${CENTRAL_PATHS.productOrder}${path}`;
  const made = async (sending: Promise<Answer>): Promise<ProductOrder> => {
    const answer = await sending;
    expect(answer.status, answer.text).toBe(201);
    return parse(answer);
  };
  const read = async (id: string, token = operator): Promise<ProductOrder> =>
    parse(await call(orders(`/${id}`), { token }));
  const decide = (
    id: string,
    what: 'release' | 'reject' | 'withdraw',
    token = manager.accessToken,
    body?: object,
  ): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.staffOrders}/${id}/${what}`, { token, method: 'POST', body });
  const patch = (id: string, state: string): Promise<Answer> =>
    call(orders(`/${id}`), { token: operator, method: 'PATCH', body: { state } });
  /** From wherever the simulator has brought it meanwhile. */
  const cancel = async (id: string): Promise<void> => {
    if ((await patch(id, 'cancelled')).status === 200) return;
    for (const state of ['assessingCancellation', 'pendingCancellation', 'cancelled']) {
      expect((await patch(id, state)).status, state).toBe(200);
    }
  };
  const refused = async (answering: Promise<Answer>, status: number, code: string): Promise<void> => {
    const answer = await answering;
    expect([answer.status, answer.json()]).toMatchObject([status, { code, '@type': 'Error' }]);
  };
  const offline = (customer: string, answers: Record<string, string> = wide, at = now()): Promise<FrozenOrder> =>
    unverifiedOrder(central.url, staff, customer, 'internet.change-course', answers, at);
  const online = async (session: Session, answers: Record<string, string> = wide): Promise<FrozenOrder> => {
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
  };
  const visitsTo = async (orderId: string): Promise<unknown> => {
    const path = `${CENTRAL_PATHS.partyInteraction}?interactionItem.item.id=${orderId}&sort=creationDate`;
    const answer = await call(`${central.url}${path}`, { token: manager.accessToken });
    return z.array(z.unknown()).parse(answer.json());
  };
  const fulfilled = async (id: string): Promise<void> => {
    for (const state of ['inProgress', 'completed']) {
      central.clocks.advance(2_000);
      await eventually(async () => {
        central.timers.fire();
        expect((await read(id)).state).toBe(state);
      });
    }
  };

  it("takes an application by the grant that staff's own session got, and writes what was shown into the visit log", async () => {
    const session = await openCustomer(central.url, staff, JIRO);
    const order = await online(session);
    const accepted = await made(postOrder(central.url, session, order));
    expect(accepted).toMatchObject({
      state: 'acknowledged',
      application: { attribution: { kind: 'staff', staffNumber: '1001', identityMethod: 'drivers-licence' } },
    });
    expect(await read(accepted.id, staff.terminalToken)).toMatchObject({ id: accepted.id });
    expect(await visitsTo(accepted.id)).toMatchObject([
      {
        reason: 'application',
        relatedParty: [{ id: JIRO }, { id: '1001', role: 'staff' }, { id: 'S001' }],
        relatedChannel: [{ id: 'T01' }],
        visit: {
          terms: [{ id: 'common', version: '1' }, { id: 'cable-internet' }, { id: 'price-list' }],
          identityMethod: 'drivers-licence',
          unverified: false,
          state: 'acknowledged',
          sessionId: session.sessionId,
        },
      },
    ]);
    await cancel(accepted.id);
  });

  it("never takes a grant for what it isn't", async () => {
    const session = await openCustomer(central.url, staff, JIRO);
    const order = await online(session);
    const own = await signIn(central.url, 'jiro@example.jp');
    const customers = await orderFor(central.url, own, 'internet.change-course', wide, now());
    const attributed = (attribution: object): FrozenOrder => ({
      ...order,
      application: { ...order.application, attribution: { ...order.application.attribution, ...attribution } },
    });
    const { sessionId } = session;
    const unverified = await offline(JIRO);
    const send = (grant: string, of: FrozenOrder): Promise<Answer> =>
      sendOrder(central.url, staff.terminalToken, grant, of);
    const elsewhere = { kind: 'staff', number: '1001', role: 'staff', terminal: 'T02', shop: 'S001' } as const;
    for (const sending of [
      // Staff's grant for the customer's own application, and the customer's for staff's.
      send(session.submissionGrant, {
        ...order,
        application: { ...order.application, attribution: { kind: 'customer', sessionId } },
      }),
      send(own.submissionGrant, order),
      send(session.submissionGrant, customers),
      // Another session, other staff, another check.
      send((await openCustomer(central.url, staff, JIRO)).submissionGrant, order),
      send((await openCustomer(central.url, staff, SHIRO)).submissionGrant, order),
      send(session.submissionGrant, attributed({ staffNumber: '9001' })),
      send(session.submissionGrant, attributed({ identityMethod: 'passport' })),
      send(session.submissionGrant, attributed({ unverified: true })),
      // An attestation for what was taken with central, of another, from elsewhere, forged; a token in its place.
      send(staff.attestation, order),
      send(manager.attestation, unverified),
      send(await central.tokens.attestation(elsewhere), unverified),
      send(`${staff.attestation.slice(0, -4)}AAAA`, unverified),
      send(staff.accessToken, unverified),
      send(own.submissionGrant, unverified),
    ]) {
      await refused(sending, 403, 'not-authorised');
    }
    await refused(
      call(orders(), { token: staff.accessToken, headers: { 'idempotency-key': order.externalId }, body: order }),
      403,
      'forbidden',
    );
  });

  it('holds what staff took without central for the identity check, until a manager of the shop releases it', async () => {
    const order = await offline(JIRO);
    const held = await made(postUnverified(central.url, staff, order));
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'identity-check', author: 'central' }] });
    expect(parse(await postUnverified(central.url, staff, order))).toEqual(held);
    const mine = await call(orders(`?externalId=${order.externalId}`), { token: staff.terminalToken });
    expect(z.array(productOrderSchema).parse(mine.json())).toMatchObject([{ id: held.id, state: 'held' }]);
    const listed = await call(orders('?state=held'), { token: staff.accessToken });
    expect(
      z
        .array(productOrderSchema)
        .parse(listed.json())
        .map(({ id }) => id),
    ).toEqual([held.id]);

    await tokenOfAnother(central.url);
    const elsewhere = { kind: 'staff', number: '2001', role: 'manager', terminal: 'T02', shop: 'S002' } as const;
    const member = { name: '見本 店長', role: 'manager', shop: 'S002', active: true, pin: '135790' };
    await call(`${central.url}${CENTRAL_PATHS.operatorStaff}/2001`, { token: operator, method: 'PUT', body: member });
    const stranger = await central.tokens.forStaff(elsewhere);
    expect((await call(orders('?state=held'), { token: stranger })).json()).toEqual([]);
    await refused(call(orders(`/${held.id}`), { token: stranger }), 404, 'not-found');
    for (const token of [staff.accessToken, staff.terminalToken, operator]) {
      await refused(decide(held.id, 'release', token), 403, 'forbidden');
      await refused(decide(held.id, 'reject', token, { reason: 'other' }), 403, 'forbidden');
    }
    await refused(decide(held.id, 'release', stranger), 404, 'not-found');
    await refused(decide(randomUUID(), 'release'), 404, 'not-found');

    const released = parse(await decide(held.id, 'release'));
    expect(released).toMatchObject({
      state: 'acknowledged',
      productOrderItem: [
        { action: 'modify', product: { id: 'c3-modem' } },
        { action: 'modify', product: { id: 'c3-net' }, productOffering: { id: 'internet.wide' } },
      ],
      application: { quoteKind: 'total' },
    });
    await refused(decide(held.id, 'release'), 409, 'state-transition');
    await refused(decide(held.id, 'reject', manager.accessToken, { reason: 'other' }), 409, 'state-transition');
    await fulfilled(held.id);
    const jiro = await signIn(central.url, 'jiro@example.jp');
    const { contracts } = await readCustomer(central.url, jiro, await readCatalog(central.url, jiro.accessToken));
    expect(monthlyTotalYen(contracts)).toBe(11_583);
    expect(contracts.filter(({ group }) => group === 'internet').map(({ offeringId }) => offeringId)).toEqual([
      'modem.wifi',
      'internet.wide',
    ]);

    expect(await visitsTo(held.id)).toMatchObject([
      { reason: 'application', visit: { unverified: true, heldReason: 'identity-check' } },
      { reason: 'application-released', relatedParty: [{}, { id: '9001', role: 'staff' }, {}] },
    ]);
    const told = (await listMessages(central.url, operator, '?limit=1000')).filter(({ characteristic }) =>
      characteristic.some(({ name, value }) => name === 'about' && value === `productOrder/${held.id}`),
    );
    expect(
      told.map(({ characteristic }) => characteristic.find(({ name }) => name === 'kind')?.value).toSorted(),
    ).toEqual(['completed', 'held', 'released']);
    expect(told.find(({ content }) => content.includes('11,583'))).toBeDefined();
    // The repeat gets what it got, whatever became of it since.
    expect(parse(await postUnverified(central.url, staff, order))).toEqual(held);
  });

  it("holds a number that is nobody's, a time that cannot be and a price of another day; refuses what never was", async () => {
    const unknown = await made(postUnverified(central.url, staff, await offline('1999999999')));
    expect(unknown).toMatchObject({ state: 'held', note: [{ text: 'not-found' }] });
    await refused(decide(unknown.id, 'release'), 409, 'not-found');
    for (const at of [now() - DAY_MS, now() + 9 * DAY_MS]) {
      const late = await made(postUnverified(central.url, staff, await offline(JIRO, plus, at)));
      expect(late).toMatchObject({ state: 'held', note: [{ text: 'implausible-time' }] });
      await cancel(late.id);
    }
    const dear = await offline(JIRO, plus);
    const dearer: FrozenOrder = { ...dear, ...repriced(dear, 3520, 3521) };
    const priced = await made(postUnverified(central.url, staff, dearer));
    expect(priced).toMatchObject({ state: 'held', note: [{ text: 'price-changed' }] });
    await refused(decide(priced.id, 'release'), 409, 'price-changed');
    const never = { ...dear, externalId: randomUUID() };
    const answers = { ...plus, course: 'internet.unheard-of' };
    const sending = postUnverified(central.url, staff, { ...never, application: { ...never.application, answers } });
    await refused(sending, 422, 'answers');
    for (const id of [unknown.id, priced.id]) await cancel(id);
  });

  it("keeps what doesn't fit the customer's contracts held, with the reason", async () => {
    const electricity = await made(postUnverified(central.url, staff, await offline(SHIRO)));
    expect(electricity.note).toMatchObject([{ text: 'identity-check' }]);
    await refused(decide(electricity.id, 'release'), 409, 'conflict');
    expect(await read(electricity.id)).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
    // Bought without a word of what: its price was never shown.
    const bought = await offline(JIRO, { ...plus, provision: 'purchase' });
    const purchase = await made(postUnverified(central.url, staff, bought));
    await refused(decide(purchase.id, 'release'), 409, 'price-changed');

    const rejected = parse(await decide(electricity.id, 'reject', manager.accessToken, { reason: 'conflict' }));
    expect(rejected).toMatchObject({ state: 'rejected', note: [{ text: 'conflict', author: 'central' }] });
    expect(await visitsTo(electricity.id)).toMatchObject([
      { reason: 'application' },
      { reason: 'application-rejected', visit: { reason: 'conflict' } },
    ]);
    expect((await decide(purchase.id, 'reject', manager.accessToken, {})).status).toBe(400);
    await cancel(purchase.id);
  });

  it('is taken back by any staff of the shop while it is held, logged, and mailed as what it is', async () => {
    const held = await made(postUnverified(central.url, staff, await offline(JIRO)));
    const withdraw = (id: string, token = staff.accessToken, reason = 'customer-wish'): Promise<Answer> =>
      decide(id, 'withdraw', token, { reason });
    const elsewhere = { kind: 'staff', number: '2001', role: 'manager', terminal: 'T02', shop: 'S002' } as const;
    await refused(withdraw(held.id, await central.tokens.forStaff(elsewhere)), 404, 'not-found');
    for (const token of [staff.terminalToken, operator]) await refused(withdraw(held.id, token), 403, 'forbidden');
    expect((await withdraw(held.id, staff.accessToken, 'no-such-reason')).status).toBe(400);
    expect(parse(await withdraw(held.id))).toMatchObject({ state: 'cancelled' });
    await refused(withdraw(held.id), 409, 'state-transition');
    expect(await visitsTo(held.id)).toMatchObject([
      { reason: 'application' },
      {
        reason: 'application-withdrawn',
        relatedParty: [{ id: JIRO }, { id: '1001', role: 'staff' }, {}],
        visit: { reason: 'customer-wish' },
      },
    ]);
    const mails = (await listMessages(central.url, operator, '?limit=1000')).filter(({ characteristic }) =>
      characteristic.some(({ name, value }) => name === 'about' && value === `productOrder/${held.id}`),
    );
    expect(
      mails.map(({ characteristic }) => characteristic.find(({ name }) => name === 'kind')?.value).toSorted(),
    ).toEqual(['held', 'withdrawn']);
    expect(mails.some(({ content }) => content.includes('店舗で取り下げました'))).toBe(true);
    const session = await openCustomer(central.url, staff, JIRO);
    const begun = await made(postOrder(central.url, session, await online(session, plus)));
    await refused(withdraw(begun.id), 409, 'state-transition');
    await cancel(begun.id);
  });

  it('releases a price that the customer saw only where it holds now', async () => {
    const taro = await signIn(central.url, 'taro@example.jp');
    const order = await orderFor(central.url, taro, 'plan.recommended', plan, now());
    const first = await made(postOrder(central.url, taro, order));
    const second = await orderFor(central.url, taro, 'plan.recommended', plan, now());
    const waiting = await made(postOrder(central.url, taro, second));
    expect(waiting.note).toMatchObject([{ text: 'change-pending' }]);
    await refused(decide(waiting.id, 'release'), 409, 'change-pending');
    await cancel(first.id);
    expect(parse(await decide(waiting.id, 'release')).state).toBe('acknowledged');
    await cancel(waiting.id);
    const changed = await orderFor(central.url, taro, 'plan.recommended', plan, now());
    const dearer = await made(postOrder(central.url, taro, { ...changed, ...repriced(changed, 8250, 8251) }));
    await refused(decide(dearer.id, 'release'), 409, 'price-changed');
    expect(await read(dearer.id)).toMatchObject({ state: 'held', note: [{ text: 'price-changed' }] });
    await cancel(dearer.id);
  });

  it('lets operators release by TMF622 too, never past the contracts', async () => {
    const held = await made(postUnverified(central.url, staff, await offline(JIRO, plus)));
    const released = await patch(held.id, 'inProgress');
    expect(released.status, released.text).toBe(200);
    expect(parse(released)).toMatchObject({
      productOrderItem: [{ product: { id: 'c3-modem' } }, { product: { id: 'c3-net' } }],
    });
    await cancel(held.id);
    const electricity = await made(postUnverified(central.url, staff, await offline(SHIRO)));
    await refused(patch(electricity.id, 'acknowledged'), 409, 'conflict');
    await cancel(electricity.id);
  });

  describe('corrections', () => {
    const attempt = async (
      session: Session,
      replaced: { readonly externalId: string },
      answers = plus,
    ): Promise<Answer> => postOrder(central.url, session, correctionOf(replaced, await online(session, answers)));

    it('take the place of one that waits, once, in one step with its cancelling', async () => {
      const first = await offline(JIRO, plus);
      const held = await made(postUnverified(central.url, staff, first));
      const session = await openCustomer(central.url, staff, JIRO);
      const correction = correctionOf(first, await online(session, plus));
      const made1 = await postOrder(central.url, session, correction);
      expect(parse(made1)).toMatchObject({ state: 'acknowledged', application: { replaces: first.externalId } });
      expect((await read(held.id)).state).toBe('cancelled');
      expect((await postOrder(central.url, session, correction)).text).toBe(made1.text);
      await refused(attempt(session, first), 409, 'already-replaced');
      // What was replaced is answered as it was, and never comes to life again.
      expect((await postUnverified(central.url, staff, first)).status).toBe(201);
      await refused(decide(held.id, 'release'), 409, 'state-transition');
      expect(await visitsTo(held.id)).toMatchObject([
        { reason: 'application' },
        { reason: 'application-replaced', visit: { by: correction.externalId } },
      ]);

      // A correction is corrected itself, though both are about the same contract.
      const again = parse(await attempt(session, correction));
      expect([again.state, (await read(parse(made1).id)).state]).toEqual(['acknowledged', 'cancelled']);
      await cancel(again.id);
    });

    it('of two at once one wins', async () => {
      const first = await offline(JIRO, plus);
      await made(postUnverified(central.url, staff, first));
      const sessions = await Promise.all([1, 2, 3, 4].map(() => openCustomer(central.url, staff, JIRO)));
      const frozen = await Promise.all(
        sessions.map(async (session) => correctionOf(first, await online(session, plus))),
      );
      const answers = await Promise.all(
        sessions.map((session, at) => postOrder(central.url, session, frozen[at] ?? first)),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
      for (const answer of answers) if (answer.status === 201) await cancel(parse(answer).id);
    });

    it("of what never came, or had a number that is nobody's, are taken; what they replace comes too late then", async () => {
      const lost = await offline(JIRO, plus);
      const session = await openCustomer(central.url, staff, JIRO);
      const taken = parse(await attempt(session, lost));
      expect(taken.state).toBe('acknowledged');
      await refused(postUnverified(central.url, staff, lost), 409, 'already-replaced');
      await cancel(taken.id);

      const typo = await offline('1000000333', plus);
      const nobody = await made(postUnverified(central.url, staff, typo));
      const right = parse(await attempt(session, typo));
      expect([right.state, (await read(nobody.id)).state]).toEqual(['acknowledged', 'cancelled']);
      await cancel(right.id);
    });

    it("leave what has begun, another customer's and themselves alone", async () => {
      const session = await openCustomer(central.url, staff, JIRO);
      const first = await online(session, plus);
      const accepted = await made(postOrder(central.url, session, first));
      expect((await patch(accepted.id, 'inProgress')).status).toBe(200);
      const other = await openCustomer(central.url, staff, '1000000008');
      await refused(attempt(other, first), 422, 'replaces');
      await refused(attempt(session, first), 409, 'already-started');
      await cancel(accepted.id);
      const itself = await online(session, plus);
      await refused(postOrder(central.url, session, correctionOf(itself, itself)), 422, 'replaces');
    });
  });

  describe('slips that are printed again', () => {
    const slipOf = (applicationId: string, token: string): Promise<Answer> =>
      call(`${central.url}${CENTRAL_PATHS.staffOrders}/${applicationId}/slip`, { token });
    const tell = (token: string, body: object): Promise<Answer> =>
      call(`${central.url}${CENTRAL_PATHS.reprints}`, { token, body });

    it('come from the order, for the shop that took it, and are written down once', async () => {
      const session = await openCustomer(central.url, staff, JIRO);
      const sent = await online(session, plus);
      const order = await made(postOrder(central.url, session, sent));
      const slip = staffSlipSchema.parse((await slipOf(sent.externalId, staff.accessToken)).json());
      expect(slip.application).toEqual(sent.application);
      expect(slip.quote).toMatchObject({ kind: 'total', catalogVersion: sent.application.catalogVersion });

      const elsewhere = { name: '見本 職員', role: 'staff', shop: 'S002', active: true, pin: '135790' };
      const path = `${central.url}${CENTRAL_PATHS.operatorStaff}/2002`;
      expect((await call(path, { token: operator, method: 'PUT', body: elsewhere })).status).toBe(200);
      const stranger = { kind: 'staff', number: '2002', role: 'staff', terminal: 'T01', shop: 'S002' } as const;
      expect((await slipOf(sent.externalId, await central.tokens.forStaff(stranger))).status).toBe(404);
      expect((await slipOf(sent.externalId, staff.terminalToken)).status).toBe(403);
      expect((await slipOf(uuidv7(), staff.accessToken)).status).toBe(404);

      const at = new Date(now()).toISOString();
      const told = { id: uuidv7(), applicationId: sent.externalId, number: 1, at, staffNumber: '1001' };
      expect((await tell(staff.terminalToken, told)).status).toBe(201);
      expect((await tell(staff.terminalToken, told)).status).toBe(200);
      expect((await tell(await tokenOfAnother(central.url), told)).status).toBe(404);
      expect((await tell(staff.accessToken, told)).status).toBe(403);
      expect(await visitsTo(order.id)).toMatchObject([
        { reason: 'application' },
        {
          reason: 'slip-reprinted',
          visit: { number: 1 },
          relatedParty: [{ id: JIRO }, { id: '1001' }, { id: 'S001' }],
        },
      ]);
      await cancel(order.id);
    });
  });

  it('leaves an audit log that is whole', async () => {
    const answer = await call(`${central.url}${CENTRAL_PATHS.auditVerification}`, { token: operator });
    expect(answer.json()).toMatchObject({ status: 'ok' });
  });
});
