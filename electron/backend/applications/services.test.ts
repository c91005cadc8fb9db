import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReceiptOutcome } from '../../../shared/contract/events.ts';
import { addDays, businessDate, firstOfNextMonth } from '../../../shared/domain/business-time.ts';
import { contractsKnown } from '../../../shared/domain/contract.ts';
import { type Draft, timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure, type ProcedureId } from '../../../shared/procedures/registry.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

const TV = /^tv\.(mini|max)/;

describe('services at a counter with a real central', () => {
  let rig: CounterRig;
  beforeAll(async () => {
    rig = await startCounter();
  }, 120_000);
  afterAll(() => rig.close());

  const signIn = async (name: string): Promise<string> => {
    const who = { loginId: `${name}@example.jp`, password: 'Counter2026', language: 'ja' } as const;
    return (await rig.client.session.signIn({ requestId: crypto.randomUUID(), ...who })).sessionId;
  };
  const readyToApply = async (sessionId: string, procedureId: ProcedureId, answers: Draft) => {
    const procedure = await loadProcedure(procedureId);
    const { catalog } = await rig.client.catalog.get();
    const { facts } = await rig.client.session.view({ sessionId });
    const context = { catalog, facts, ...timesAt(Date.now()) };
    const quote = procedure.quote(context, answers);
    if (!quote.ok) throw new Error(JSON.stringify(quote.error));
    const terms = await rig.client.terms.get({ ids: [...procedure.termsFor(context, answers)], language: 'ja' });
    return (): Promise<ReceiptOutcome> =>
      rig.client.applications.submit({
        ...{ sessionId, applicationId: uuidv7(), procedureId, answers, shownQuote: quote.value, language: 'ja' },
        terms: terms.map(({ id, version }) => ({ id, version })),
      });
  };
  const apply = async (...what: Parameters<typeof readyToApply>) => (await readyToApply(...what))();
  const contracts = async (sessionId: string) => contractsKnown((await rig.client.session.view({ sessionId })).facts);

  it('shows what is on its way, then the contract, then the history', async () => {
    const sessionId = await signIn('goro');
    expect(await rig.client.history.get({ sessionId })).toEqual([]);
    const outcome = await apply(sessionId, 'home.apply', {
      ...{ gateway: 'rental', rented: 'home.controller=1,home.door-sensor=2', bought: '' },
    });
    expect(outcome.state).toBe('accepted');
    expect(await contracts(sessionId)).toContainEqual(
      expect.objectContaining({ offeringId: 'home.service', status: 'created', changePending: true }),
    );
    const [waiting] = await rig.client.history.get({ sessionId });
    expect(['acknowledged', 'inProgress']).toContain(waiting?.state);
    expect(waiting).toMatchObject({
      ...{ receiptNumber: outcome.receiptNumber, reason: null },
      ...{ orderedOn: businessDate(Date.now()), completedOn: null },
    });
    await eventually(async () => {
      const own = (await contracts(sessionId)).filter(({ status }) => status === 'active');
      expect(own.map(({ offeringId }) => offeringId)).toEqual([
        ...['home.service', 'home.gateway', 'home.controller', 'home.door-sensor', 'home.door-sensor'],
      ]);
    });
    const today = businessDate(Date.now());
    const dates = { failed: false, startsOn: today, feeFrom: firstOfNextMonth(today), endsOn: null };
    expect(await rig.client.history.get({ sessionId })).toMatchObject([
      {
        ...{ procedureId: 'home.apply', receiptNumber: outcome.receiptNumber, state: 'completed', completedOn: today },
        changes: [
          { action: 'add', offeringId: 'home.service', count: 1, ...dates },
          { action: 'add', offeringId: 'home.gateway', count: 1, ...dates },
          { action: 'add', offeringId: 'home.controller', count: 1, ...dates },
          { action: 'add', offeringId: 'home.door-sensor', count: 2, ...dates },
        ],
      },
    ]);
  });

  it('changes the TV that is meant, of two (p.37, 51)', async () => {
    const sessionId = await signIn('jiro');
    const tvs = async () =>
      (await contracts(sessionId)).filter(({ offeringId, status }) => status === 'active' && TV.test(offeringId));
    await apply(sessionId, 'tv.apply', { course: 'tv.mini-plus-hitpot', magazine: 'no', channels: '' });
    const further = await eventually(async () => {
      const found = (await tvs()).find(({ offeringId }) => offeringId === 'tv.mini-plus-hitpot');
      if (found === undefined) throw new Error('the further TV is not there yet');
      return found;
    });
    const course = { course: 'tv.max-plus-hitpot', channels: '' };
    await expect(apply(sessionId, 'tv.change-course', course)).rejects.toThrow('missing');
    await apply(sessionId, 'tv.change-course', { ...course, contract: further.id });
    await eventually(async () => {
      expect((await tvs()).map(({ id, offeringId }) => [id, offeringId])).toEqual([
        ['c3-tv', 'tv.mini-hitpot'],
        [further.id, 'tv.max-plus-hitpot'],
      ]);
    });
    const today = businessDate(Date.now());
    expect((await rig.client.history.get({ sessionId })).at(0)).toMatchObject({
      procedureId: 'tv.change-course',
      // p.58
      changes: [{ action: 'modify', startsOn: addDays(today, 1), startsAt: null, feeFrom: firstOfNextMonth(today) }],
    });
  });

  it('takes applications without central, does not take the same twice, and has them held for who checks', async () => {
    const taro = await signIn('taro');
    const saburo = await signIn('saburo');
    // Who signed in here before may again without central.
    const staffSessionId = await rig.signIn();
    const addData = await readyToApply(saburo, 'mobile.usage', { data: 'mobile.added-data-1gb' });
    await rig.cutCentral();
    // Nothing that is worth anything this month alone, be it begun before, and the line gone a moment ago.
    await expect(addData()).rejects.toMatchObject({
      ...{ code: 'NOT_AVAILABLE', data: { reason: 'needs-central' } },
    });
    const kbs = { channels: 'tv-channel.kbs', start: 'tv-channel.kbs=next-month' };
    const toei = { channels: 'tv-channel.toei', start: 'tv-channel.toei=next-day' };
    // 更に変更する (p.63), but not the same channel twice.
    for (const channel of [kbs, toei]) expect((await apply(taro, 'tv.options', channel)).state).toBe('queued');
    await expect(apply(taro, 'tv.options', kbs)).rejects.toThrow('not-offered');
    expect((await apply(taro, 'nhk.apply', { payment: 'nhk.6-months' })).state).toBe('queued');
    await expect(apply(taro, 'nhk.apply', { payment: 'nhk.2-months' })).rejects.toMatchObject({
      ...{ code: 'NOT_AVAILABLE', data: { reason: 'change-pending' } },
    });
    await expect(rig.client.history.get({ sessionId: taro })).rejects.toMatchObject({ code: 'CENTRAL_UNREACHABLE' });
    const unverified = { staffSessionId, customerNumber: '1000000006', identityMethod: 'drivers-licence' } as const;
    const { sessionId } = await rig.client.staff.openUnverified(unverified);
    const second = await apply(sessionId, 'push.apply', { box: 'rental' });
    expect(second.state).toBe('queued');
    await rig.startCentral();
    await eventually(async () => {
      const rows = (await rig.client.session.view({ sessionId: taro })).applications;
      expect(rows.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'accepted']);
    });
    // p.63
    await eventually(async () => {
      const channels = (await rig.client.history.get({ sessionId: taro })).filter(
        ({ procedureId, state }) => procedureId === 'tv.options' && state === 'completed',
      );
      expect(channels.map(({ changes }) => changes.map(({ startsAt }) => startsAt))).toEqual([['06:00'], ['06:00']]);
    });
    await eventually(async () => {
      const [row] = (await rig.client.session.view({ sessionId })).applications;
      expect(row).toMatchObject({ state: 'held', reason: 'identity-check' });
    });
  });
});
