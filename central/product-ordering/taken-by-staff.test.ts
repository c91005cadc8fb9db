import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { monthlyTotalYen } from '../../shared/domain/quote.ts';
import {
  type Answer,
  call,
  type FrozenOrder,
  orderFor,
  postOrder,
  readCatalog,
  readCustomer,
  repriced,
  sendOrder,
  signIn,
} from '../testing/client.ts';
import { openCustomer, postUnverified } from '../testing/staff.ts';
import { JIRO, parseOrder, plus, SHIRO, staffOrdersOn, ANY_STORE, wide } from '../testing/staff-orders.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(ANY_STORE)('applications that staff take on %s', (store) => {
  const desk = staffOrdersOn(store, 'taken-by-staff');
  const {
    orders,
    made,
    read,
    decide,
    cancel,
    refused,
    offline,
    online,
    visitsTo,
    mailsAbout,
    fulfilled,
    now,
    foreignManager,
  } = desk;

  it("takes an application by the grant that staff's own session got, and writes what was shown into the visit log", async () => {
    const session = await openCustomer(desk.central.url, desk.staff, JIRO);
    const order = await online(session);
    const accepted = await made(postOrder(desk.central.url, session, order));
    expect(accepted).toMatchObject({
      state: 'acknowledged',
      application: { attribution: { kind: 'staff', staffNumber: '1001', identityMethod: 'drivers-licence' } },
    });
    expect(await read(accepted.id, desk.staff.terminalToken)).toMatchObject({ id: accepted.id });
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
    const session = await openCustomer(desk.central.url, desk.staff, JIRO);
    const order = await online(session);
    const own = await signIn(desk.central.url, 'jiro@example.jp');
    const customers = await orderFor(desk.central.url, own, 'internet.change-course', wide, now());
    const attributed = (attribution: object): FrozenOrder => ({
      ...order,
      application: { ...order.application, attribution: { ...order.application.attribution, ...attribution } },
    });
    const { sessionId } = session;
    const unverified = await offline(JIRO);
    const send = (grant: string, of: FrozenOrder): Promise<Answer> =>
      sendOrder(desk.central.url, desk.staff.terminalToken, grant, of);
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
      send((await openCustomer(desk.central.url, desk.staff, JIRO)).submissionGrant, order),
      send((await openCustomer(desk.central.url, desk.staff, SHIRO)).submissionGrant, order),
      send(session.submissionGrant, attributed({ staffNumber: '9001' })),
      send(session.submissionGrant, attributed({ identityMethod: 'passport' })),
      send(session.submissionGrant, attributed({ unverified: true })),
      // An attestation for what was taken with central, of another, from elsewhere, forged; a token in its place.
      send(desk.staff.attestation, order),
      send(desk.manager.attestation, unverified),
      send(await desk.central.tokens.attestation(elsewhere), unverified),
      send(`${desk.staff.attestation.slice(0, -4)}AAAA`, unverified),
      send(desk.staff.accessToken, unverified),
      send(own.submissionGrant, unverified),
    ]) {
      await refused(sending, 403, 'not-authorised');
    }
    await refused(
      call(orders(), { token: desk.staff.accessToken, headers: { 'idempotency-key': order.externalId }, body: order }),
      403,
      'forbidden',
    );
  });

  it('holds what staff took without central for the identity check, until a manager of the shop releases it', async () => {
    const order = await offline(JIRO);
    const held = await made(postUnverified(desk.central.url, desk.staff, order));
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'identity-check', author: 'central' }] });
    expect(parseOrder(await postUnverified(desk.central.url, desk.staff, order))).toEqual(held);
    const mine = await call(orders(`?externalId=${order.externalId}`), { token: desk.staff.terminalToken });
    expect(z.array(productOrderSchema).parse(mine.json())).toMatchObject([{ id: held.id, state: 'held' }]);
    const listed = await call(orders('?state=held'), { token: desk.staff.accessToken });
    expect(
      z
        .array(productOrderSchema)
        .parse(listed.json())
        .map(({ id }) => id),
    ).toEqual([held.id]);

    const stranger = await foreignManager();
    expect((await call(orders('?state=held'), { token: stranger })).json()).toEqual([]);
    await refused(call(orders(`/${held.id}`), { token: stranger }), 404, 'not-found');
    for (const token of [desk.staff.accessToken, desk.staff.terminalToken, desk.operator]) {
      await refused(decide(held.id, 'release', token), 403, 'forbidden');
      await refused(decide(held.id, 'reject', token, { reason: 'other' }), 403, 'forbidden');
    }
    await refused(decide(held.id, 'release', stranger), 404, 'not-found');
    await refused(decide(randomUUID(), 'release'), 404, 'not-found');

    const released = parseOrder(await decide(held.id, 'release'));
    expect(released).toMatchObject({
      state: 'acknowledged',
      productOrderItem: [
        { action: 'modify', product: { id: 'c3-modem' } },
        { action: 'modify', product: { id: 'c3-net' }, productOffering: { id: 'internet.wide' } },
      ],
      application: { quoteKind: 'total' },
    });
    await refused(decide(held.id, 'release'), 409, 'state-transition');
    await refused(decide(held.id, 'reject', desk.manager.accessToken, { reason: 'other' }), 409, 'state-transition');
    await fulfilled(held.id);
    const jiro = await signIn(desk.central.url, 'jiro@example.jp');
    const { contracts } = await readCustomer(
      desk.central.url,
      jiro,
      await readCatalog(desk.central.url, jiro.accessToken),
    );
    expect(monthlyTotalYen(contracts)).toBe(11_583);
    expect(contracts.filter(({ group }) => group === 'internet').map(({ offeringId }) => offeringId)).toEqual([
      'modem.wifi',
      'internet.wide',
    ]);

    expect(await visitsTo(held.id)).toMatchObject([
      { reason: 'application', visit: { unverified: true, heldReason: 'identity-check' } },
      { reason: 'application-released', relatedParty: [{}, { id: '9001', role: 'staff' }, {}] },
    ]);
    const told = await mailsAbout(held.id);
    expect(Object.keys(told).toSorted()).toEqual(['completed', 'held', 'released']);
    expect(told['released']).toContain('11,583');
    // The repeat gets what it got, whatever became of it since.
    expect(parseOrder(await postUnverified(desk.central.url, desk.staff, order))).toEqual(held);
  });

  it("holds a number that is nobody's, a time that cannot be and a price of another day; refuses what never was", async () => {
    const unknown = await made(postUnverified(desk.central.url, desk.staff, await offline('1999999999')));
    expect(unknown).toMatchObject({ state: 'held', note: [{ text: 'not-found' }] });
    await refused(decide(unknown.id, 'release'), 409, 'not-found');
    // Either clock may be the right one: whatever day it is, no time near one of them will do.
    const clocks = [now(), desk.central.clocks.system()];
    for (const at of [Math.min(...clocks) - DAY_MS, Math.max(...clocks) + 9 * DAY_MS]) {
      const late = await made(postUnverified(desk.central.url, desk.staff, await offline(JIRO, plus, at)));
      expect(late).toMatchObject({ state: 'held', note: [{ text: 'implausible-time' }] });
      await cancel(late.id);
    }
    const dear = await offline(JIRO, plus);
    const dearer: FrozenOrder = { ...dear, ...repriced(dear, 3520, 3521) };
    const priced = await made(postUnverified(desk.central.url, desk.staff, dearer));
    expect(priced).toMatchObject({ state: 'held', note: [{ text: 'price-changed' }] });
    await refused(decide(priced.id, 'release'), 409, 'price-changed');
    const never = { ...dear, externalId: randomUUID() };
    const answers = { ...plus, course: 'internet.unheard-of' };
    const sending = postUnverified(desk.central.url, desk.staff, {
      ...never,
      application: { ...never.application, answers },
    });
    await refused(sending, 422, 'answers');
    for (const id of [unknown.id, priced.id]) await cancel(id);
  });
});
