import { describe, expect, it } from 'vitest';
import { type Answer, postOrder, type Session } from '../testing/client.ts';
import { correctionOf, openCustomer, postUnverified } from '../testing/staff.ts';
import { JIRO, parseOrder, plus, staffOrdersOn, ANY_STORE } from '../testing/staff-orders.ts';

describe.each(ANY_STORE)('corrections on %s', (store) => {
  const desk = staffOrdersOn(store, 'corrections');
  const { made, read, decide, patch, cancel, refused, offline, online, visitsTo, mailsAbout } = desk;

  const attempt = async (
    session: Session,
    replaced: { readonly externalId: string },
    answers = plus,
  ): Promise<Answer> => postOrder(desk.central.url, session, correctionOf(replaced, await online(session, answers)));

  it('take the place of one that waits, once, in one step with its cancelling', async () => {
    const first = await offline(JIRO, plus);
    const held = await made(postUnverified(desk.central.url, desk.staff, first));
    const session = await openCustomer(desk.central.url, desk.staff, JIRO);
    const correction = correctionOf(first, await online(session, plus));
    const made1 = await postOrder(desk.central.url, session, correction);
    expect(parseOrder(made1)).toMatchObject({ state: 'acknowledged', application: { replaces: first.externalId } });
    expect((await read(held.id)).state).toBe('cancelled');
    expect((await postOrder(desk.central.url, session, correction)).text).toBe(made1.text);
    await refused(attempt(session, first), 409, 'already-replaced');
    // What was replaced is answered as it was, and never comes to life again.
    expect((await postUnverified(desk.central.url, desk.staff, first)).status).toBe(201);
    await refused(decide(held.id, 'release'), 409, 'state-transition');
    expect(await visitsTo(held.id)).toMatchObject([
      { reason: 'application' },
      { reason: 'application-replaced', visit: { by: correction.externalId } },
    ]);

    // A correction is corrected itself, though both are about the same contract.
    const again = parseOrder(await attempt(session, correction));
    expect([again.state, (await read(parseOrder(made1).id)).state]).toEqual(['acknowledged', 'cancelled']);
    await cancel(again.id);
  });

  it('tell the customer in one mail, accepted or held, which application they take the place of', async () => {
    const first = await offline(JIRO, plus);
    const held = await made(postUnverified(desk.central.url, desk.staff, first));
    const second = correctionOf(first, await offline(JIRO, plus));
    const heldToo = await made(postUnverified(desk.central.url, desk.staff, second));
    const session = await openCustomer(desk.central.url, desk.staff, JIRO);
    const accepted = parseOrder(await attempt(session, second));
    expect(Object.keys(await mailsAbout(held.id))).toEqual(['held']);
    const aboutSecond = await mailsAbout(heldToo.id);
    expect(Object.keys(aboutSecond)).toEqual(['held']);
    expect(aboutSecond['held']).toContain(`前のお申込み（受付番号 ${first.application.receiptNumber}）は`);
    const aboutAccepted = await mailsAbout(accepted.id);
    expect(Object.keys(aboutAccepted)).toEqual(['accepted']);
    expect(aboutAccepted['accepted']).toContain(`前のお申込み（受付番号 ${second.application.receiptNumber}）は`);
    await cancel(accepted.id);
    expect((await mailsAbout(accepted.id))['cancelled']).not.toContain('前のお申込み');
  });

  it('of two at once one wins', async () => {
    const first = await offline(JIRO, plus);
    await made(postUnverified(desk.central.url, desk.staff, first));
    const sessions = await Promise.all([1, 2, 3, 4].map(() => openCustomer(desk.central.url, desk.staff, JIRO)));
    const frozen = await Promise.all(sessions.map(async (session) => correctionOf(first, await online(session, plus))));
    const answers = await Promise.all(
      sessions.map((session, at) => postOrder(desk.central.url, session, frozen[at] ?? first)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    for (const answer of answers) if (answer.status === 201) await cancel(parseOrder(answer).id);
  });

  it("of what never came, or had a number that is nobody's, are taken; what they replace comes too late then", async () => {
    const lost = await offline(JIRO, plus);
    const session = await openCustomer(desk.central.url, desk.staff, JIRO);
    const taken = parseOrder(await attempt(session, lost));
    expect(taken.state).toBe('acknowledged');
    await refused(postUnverified(desk.central.url, desk.staff, lost), 409, 'already-replaced');
    await cancel(taken.id);

    const typo = await offline('1000000333', plus);
    const nobody = await made(postUnverified(desk.central.url, desk.staff, typo));
    const right = parseOrder(await attempt(session, typo));
    expect([right.state, (await read(nobody.id)).state]).toEqual(['acknowledged', 'cancelled']);
    await cancel(right.id);
  });

  it("leave what has begun, another customer's and themselves alone", async () => {
    const session = await openCustomer(desk.central.url, desk.staff, JIRO);
    const first = await online(session, plus);
    const accepted = await made(postOrder(desk.central.url, session, first));
    expect((await patch(accepted.id, 'inProgress')).status).toBe(200);
    const other = await openCustomer(desk.central.url, desk.staff, '1000000008');
    await refused(attempt(other, first), 422, 'replaces');
    await refused(attempt(session, first), 409, 'already-started');
    await cancel(accepted.id);
    const itself = await online(session, plus);
    await refused(postOrder(desk.central.url, session, correctionOf(itself, itself)), 422, 'replaces');
  });
});
