import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { contractsKnown } from '../../../shared/domain/contract.ts';
import type { SeenDocument } from '../../../shared/domain/identity-policy.ts';
import { timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { askCentral, LICENCE, mobileLine, orderOf, signInAs, STAFF } from '../testing/mobile-lines.ts';
import { VOICE_LINE } from '../../../tests/builders/mobile-lines.ts';
import { RESOURCES_DIR } from '../testing/shop-rig.ts';
import { loadPolicy } from './load-policy.ts';

const { says: _says, override: _override, ...SEEN } = LICENCE;
/** On record: what agrees, and not what stands on the document. */
const FOUND = { ...SEEN, agrees: ['name', 'address', 'bornOn'], typed: ['bornOn'] };
const VARIANT = { reason: 'variant', note: '' } as const;
const shipped = loadPolicy(RESOURCES_DIR);
if (!shipped.ok) throw new Error(shipped.error.code);

describe('an application for a mobile line', () => {
  let rig: CounterRig;
  beforeAll(async () => {
    rig = await startCounter();
  }, 120_000);
  afterAll(() => rig.close());

  const stock = (amount: number) =>
    askCentral(rig, `${CENTRAL_PATHS.productStock}/mobile.wish-ivory`, 'PATCH', {
      productStockLevel: { amount, units: 'piece' },
    });

  it('goes out only for what staff attested by their PIN, as the policy wants it', async () => {
    const apply = mobileLine(rig, await signInAs(rig, 'jiro'));
    await expect(apply.submit()).rejects.toMatchObject({ code: 'IDENTITY_MISSING' });
    await expect(apply.attest([{ ...LICENCE, sides: ['front'] }])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await expect(apply.attest([{ ...LICENCE, agrees: ['name'] }])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await expect(apply.attest([{ ...LICENCE, says: {} }])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    // Two days that one figure tells apart; nobody passes over it at a kiosk, whatever the reason.
    const other = { ...LICENCE, says: { bornOn: '昭和60年1月3日' } };
    const differs = { code: 'DIFFERS', data: { person: 'contractor', fields: ['bornOn'] } };
    await expect(apply.attest([other])).rejects.toMatchObject(differs);
    await expect(apply.attest([{ ...other, override: VARIANT }])).rejects.toMatchObject(differs);
    await expect(apply.attest([LICENCE], { pin: '000000' })).rejects.toMatchObject({ code: 'STAFF_REFUSED' });
    await expect(apply.submit()).rejects.toMatchObject({ code: 'IDENTITY_MISSING' });
    // Something else was compared with the document.
    await apply.attest([LICENCE], { answers: { ...VOICE_LINE, numbering: 'mnp' } });
    await expect(apply.submit()).rejects.toMatchObject({ code: 'IDENTITY_MISSING' });
    await apply.attest([LICENCE]);
    const outcome = await apply.submit();
    expect(outcome).toMatchObject({ state: 'accepted', reason: null });
    const { application, productOrderItem } = await orderOf(rig, outcome.receiptNumber);
    expect(application?.identityChecks).toMatchObject([
      { ...FOUND, staffNumber: '1001', policyVersion: shipped.value.version },
    ]);
    expect(productOrderItem.map(({ productOffering }) => productOffering?.id)).toEqual([
      'mobile.voice-6gb',
      'mobile.call-10',
      'mobile.wish-ivory',
    ]);
    expect(rig.logs.join('')).not.toContain(STAFF.pin);
  });

  it('goes out for nothing that was said of a procedure in which nobody is to be identified', async () => {
    const sessionId = await signInAs(rig, 'jiro');
    const apply = mobileLine(rig, sessionId);
    const other = { ...apply.of, procedureId: 'internet.apply', answers: VOICE_LINE };
    await expect(rig.client.identity.identify(other)).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await expect(apply.submit()).rejects.toMatchObject({ code: 'IDENTITY_MISSING' });
    for (const seen of [[], [LICENCE]]) {
      const attesting = rig.client.identity.attest({ ...other, ...STAFF, seen });
      await expect(attesting).rejects.toMatchObject({ code: 'INCOMPLETE' });
    }
    await expect(apply.submit()).rejects.toMatchObject({ code: 'IDENTITY_MISSING' });
  });

  it('keeps nothing for a customer who ended while staff attested it', async () => {
    const sessionId = await signInAs(rig, 'jiro');
    const attesting = mobileLine(rig, sessionId).attest([LICENCE]);
    await rig.client.session.end({ sessionId });
    await expect(attesting).rejects.toMatchObject({ code: 'SESSION_GONE' });
  });

  it('compares name and address too at the counter, where staff may pass over a difference with a reason on record', async () => {
    const staffSessionId = await rig.signIn();
    const who = { staffSessionId, customerNumber: '1000000001', identityMethod: 'drivers-licence' } as const;
    const { sessionId } = await rig.client.staff.openCustomer(who);
    const { facts, record } = await rig.client.session.view({ sessionId });
    if (facts.kind !== 'known' || record?.address == null) throw new Error('nothing is known of taro');
    const apply = mobileLine(rig, sessionId);
    const said = { name: facts.customer.name, address: record.address, bornOn: '1985-01-02' };
    const seen = (says: SeenDocument['says'], override: SeenDocument['override'] = null) =>
      apply.attest([{ ...LICENCE, agrees: [], says, override }]);
    // Ticked, and not typed.
    await expect(apply.attest([LICENCE])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    const elsewhere = { ...said, address: '東京都世田谷区見本町１丁目２番４号' };
    const differs = { code: 'DIFFERS', data: { person: 'contractor', fields: ['address'] } };
    await expect(seen(elsewhere)).rejects.toMatchObject(differs);
    const moved = { reason: 'moved', note: '住民票で確認' } as const;
    // A day of birth is put right, not passed over.
    await expect(seen({ ...elsewhere, bornOn: '1985-01-03' }, moved)).rejects.toMatchObject({
      data: { fields: ['address', 'bornOn'] },
    });
    // Another address is no other form of a character.
    await expect(seen(elsewhere, VARIANT)).rejects.toMatchObject(differs);
    await seen(elsewhere, moved);
    const outcome = await apply.submit();
    expect(outcome).toMatchObject({ state: 'accepted' });
    const { application } = await orderOf(rig, outcome.receiptNumber);
    expect(application?.identityChecks).toMatchObject([
      {
        ...{ agrees: ['name', 'bornOn'], typed: ['name', 'bornOn'], staffNumber: '1001' },
        override: { ...moved, fields: ['address'] },
      },
    ]);
    for (const kept of [JSON.stringify(application), rig.logs.join('')]) expect(kept).not.toContain('１丁目２番４号');
    // A number is brought along by nobody in whom the sources differ (p.95).
    const ported = mobileLine(rig, sessionId, { ...VOICE_LINE, numbering: 'mnp' });
    const equal = { ...LICENCE, agrees: [], says: said };
    await expect(ported.attest([{ ...equal, says: elsewhere, override: moved }])).rejects.toMatchObject(differs);
    await ported.attest([equal]);
  });

  it('for a child wants the documents of both', async () => {
    const child = {
      ...VOICE_LINE,
      ...{ relation: 'child', familyKana: 'ミホン', givenKana: 'ハナコ', bornOn: '2015-04-01' },
      filtering: 'mobile.filtering',
    };
    const apply = mobileLine(rig, await signInAs(rig, 'shichiro'), child);
    await expect(apply.attest([LICENCE])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await apply.attest([
      LICENCE,
      {
        ...LICENCE,
        says: { bornOn: '平成27年4月1日' },
        person: 'user',
        document: 'insurance-card',
        supplementary: true,
      },
    ]);
    expect(await apply.submit()).toMatchObject({ state: 'accepted' });
  });

  it('for a child without filtering wants the parent’s refusal in writing handed over (p.91)', async () => {
    const child = {
      ...VOICE_LINE,
      ...{ relation: 'child', familyKana: 'ミホン', givenKana: 'ハナコ', bornOn: '2015-04-01' },
      ...{ filtering: 'no', refusal: 'in-writing' },
    };
    const apply = mobileLine(rig, await signInAs(rig, 'shichiro'), child);
    const user: SeenDocument = {
      ...{ ...LICENCE, person: 'user', document: 'insurance-card', supplementary: true },
      says: { bornOn: '平成27年4月1日' },
    };
    await expect(apply.attest([LICENCE, user])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await apply.attest([LICENCE, { ...user, papers: ['filtering-refusal'] }]);
    const outcome = await apply.submit();
    expect(outcome).toMatchObject({ state: 'accepted' });
    const { application } = await orderOf(rig, outcome.receiptNumber);
    expect(application?.identityChecks?.find(({ person }) => person === 'user')).toMatchObject({
      papers: ['filtering-refusal'],
    });
  });

  it('is told, and not booked, where the last device went between choice and application', async () => {
    await stock(1);
    const [first, second] = [
      mobileLine(rig, await signInAs(rig, 'saburo')),
      mobileLine(rig, await signInAs(rig, 'goro')),
    ];
    await first.attest([LICENCE]);
    await second.attest([LICENCE]);
    const outcomes = await Promise.all([first.submit(), second.submit()]);
    expect(outcomes.map(({ state }) => state).toSorted()).toEqual(['accepted', 'held']);
    expect(outcomes.find(({ state }) => state === 'held')?.reason).toBe('out-of-stock');
    await stock(10);
  });

  it('waits while the line is down, staff known here attest it, and it arrives once', async () => {
    const sessionId = await signInAs(rig, 'hanako');
    const apply = mobileLine(rig, sessionId);
    await rig.signIn();
    await rig.stopCentral();
    await apply.attest([LICENCE]);
    const outcome = await apply.submit();
    expect(outcome.state).toBe('queued');
    // It counts among the household's lines.
    const { facts } = await rig.client.session.view({ sessionId });
    expect(contractsKnown(facts)).toContainEqual(
      expect.objectContaining({ offeringId: VOICE_LINE['volume'], status: 'created' }),
    );
    await rig.startCentral();
    expect((await orderOf(rig, outcome.receiptNumber)).state).not.toBe('held');
  });

  it('is offered to nobody who has no card, and too few months paid by transfer', async () => {
    const { sessionId } = { sessionId: await signInAs(rig, 'shiro') };
    const procedure = await loadProcedure('mobile.apply');
    const { catalog } = await rig.client.catalog.get();
    const { facts } = await rig.client.session.view({ sessionId });
    expect(procedure.availability({ catalog, facts, ...timesAt(Date.now()) })).toEqual({
      available: false,
      reason: 'card-needed',
    });
  });
});
