import { describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { repriced, type Answer, call, orderFor, postOrder, signIn } from '../testing/client.ts';
import { openCustomer, postUnverified, staffAttribution } from '../testing/staff.ts';
import { JIRO, parseOrder, plus, SHIRO, staffOrdersOn, STORES } from '../testing/staff-orders.ts';

const plan = { plan: 'bundle.hikari-triple-2g' };

describe.each(STORES)('what staff decide about applications on %s', (store) => {
  const desk = staffOrdersOn(store, 'staff-decisions');
  const { made, read, decide, patch, cancel, refused, offline, online, visitsTo, now, mailsAbout, foreignManager } =
    desk;

  it("keeps what doesn't fit the customer's contracts held, with the reason", async () => {
    const electricity = await made(postUnverified(desk.central.url, desk.staff, await offline(SHIRO)));
    expect(electricity.note).toMatchObject([{ text: 'identity-check' }]);
    await refused(decide(electricity.id, 'release'), 409, 'conflict');
    expect(await read(electricity.id)).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
    expect((await decide(electricity.id, 'reject', desk.manager.accessToken, {})).status).toBe(400);
    const rejected = parseOrder(
      await decide(electricity.id, 'reject', desk.manager.accessToken, { reason: 'conflict' }),
    );
    expect(rejected).toMatchObject({ state: 'rejected', note: [{ text: 'conflict', author: 'central' }] });
    expect(await visitsTo(electricity.id)).toMatchObject([
      { reason: 'application' },
      { reason: 'application-rejected', visit: { reason: 'conflict' } },
    ]);
  });

  it('is taken back by any staff of the shop while it is held, logged, and mailed as what it is', async () => {
    const held = await made(postUnverified(desk.central.url, desk.staff, await offline(JIRO)));
    const withdraw = (id: string, token = desk.staff.accessToken, reason = 'customer-wish'): Promise<Answer> =>
      decide(id, 'withdraw', token, { reason });
    await refused(withdraw(held.id, await foreignManager()), 404, 'not-found');
    for (const token of [desk.staff.terminalToken, desk.operator])
      await refused(withdraw(held.id, token), 403, 'forbidden');
    expect((await withdraw(held.id, desk.staff.accessToken, 'no-such-reason')).status).toBe(400);
    expect(parseOrder(await withdraw(held.id))).toMatchObject({ state: 'cancelled' });
    await refused(withdraw(held.id), 409, 'state-transition');
    expect(await visitsTo(held.id)).toMatchObject([
      { reason: 'application' },
      {
        reason: 'application-withdrawn',
        relatedParty: [{ id: JIRO }, { id: '1001', role: 'staff' }, {}],
        visit: { reason: 'customer-wish' },
      },
    ]);
    const mails = await mailsAbout(held.id);
    expect(Object.keys(mails).toSorted()).toEqual(['held', 'withdrawn']);
    expect(mails['withdrawn']).toContain('店舗で取り下げました');
    const session = await openCustomer(desk.central.url, desk.staff, JIRO);
    const begun = await made(postOrder(desk.central.url, session, await online(session, plus)));
    await refused(withdraw(begun.id), 409, 'state-transition');
    await cancel(begun.id);
  });

  it('never lets go on what the customer did not agree to all the terms of', async () => {
    const jiro = await openCustomer(desk.central.url, desk.staff, JIRO);
    const order = await orderFor(
      desk.central.url,
      jiro,
      'tv.change-course',
      { course: 'tv.big-bd', channels: '' },
      now(),
    );
    const { application } = order;
    const others = application.terms.filter(({ id }) => id !== 'cable-tv');
    expect(others).toHaveLength(application.terms.length - 1);
    const attribution = staffAttribution(desk.staff, jiro.sessionId, false);
    const agreedToLess = { ...order, application: { ...application, terms: others, attribution } };
    const held = await made(postOrder(desk.central.url, jiro, agreedToLess));
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
    await refused(decide(held.id, 'release'), 409, 'conflict');
    expect(await read(held.id)).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
    await cancel(held.id);
  });

  it('releases a price that the customer saw only where it holds now', async () => {
    const taro = await signIn(desk.central.url, 'taro@example.jp');
    const order = await orderFor(desk.central.url, taro, 'plan.recommended', plan, now());
    const first = await made(postOrder(desk.central.url, taro, order));
    const second = await orderFor(desk.central.url, taro, 'plan.recommended', plan, now());
    const waiting = await made(postOrder(desk.central.url, taro, second));
    expect(waiting.note).toMatchObject([{ text: 'change-pending' }]);
    await refused(decide(waiting.id, 'release'), 409, 'change-pending');
    await cancel(first.id);
    expect(parseOrder(await decide(waiting.id, 'release')).state).toBe('acknowledged');
    await cancel(waiting.id);
    const changed = await orderFor(desk.central.url, taro, 'plan.recommended', plan, now());
    const dearer = await made(postOrder(desk.central.url, taro, { ...changed, ...repriced(changed, 8250, 8251) }));
    await refused(decide(dearer.id, 'release'), 409, 'price-changed');
    expect(await read(dearer.id)).toMatchObject({ state: 'held', note: [{ text: 'price-changed' }] });
    await cancel(dearer.id);
  });

  it('lets operators release by TMF622 too, never past the contracts', async () => {
    const held = await made(postUnverified(desk.central.url, desk.staff, await offline(JIRO, plus)));
    const released = await patch(held.id, 'inProgress');
    expect(released.status, released.text).toBe(200);
    expect(parseOrder(released)).toMatchObject({
      productOrderItem: [{ product: { id: 'c3-net' }, productOffering: { id: 'internet.plus' } }],
    });
    await cancel(held.id);
    const electricity = await made(postUnverified(desk.central.url, desk.staff, await offline(SHIRO)));
    await refused(patch(electricity.id, 'acknowledged'), 409, 'conflict');
    await cancel(electricity.id);
  });

  it('leaves an audit log that is whole', async () => {
    const answer = await call(`${desk.central.url}${CENTRAL_PATHS.auditVerification}`, { token: desk.operator });
    expect(answer.json()).toMatchObject({ status: 'ok' });
  });
});
