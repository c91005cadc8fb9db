import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../../shared/central-api/product-order.ts';
import { contractsKnown } from '../../../shared/domain/contract.ts';
import type { IdentityPolicy, PictureKind, SeenDocument } from '../../../shared/domain/identity-policy.ts';
import { type Draft, timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { createSimulatedIdReader, sampleCardSchema } from '../devices/id-reader/simulated-id-reader.ts';
import { RESOURCES_DIR } from '../testing/shop-rig.ts';
import { loadPolicy } from './load-policy.ts';
import { documentPicture, pictureOf } from '../testing/pictures.ts';

const STAFF = { number: '1001', pin: '248163' };
const VOICE: Draft = {
  plan: 'voice',
  volume: 'mobile.voice-6gb',
  calls: 'mobile.call-10',
  fiveG: 'off',
  voicemail: 'no',
  set: 'set',
  device: 'mobile.device-wish',
  colour: 'mobile.wish-ivory',
  warranty: 'no',
  simSize: 'nano',
  accessory: 'no',
  support: 'no',
  filtering: 'no',
  contractorBornOn: '昭和60年1月2日',
  relation: 'self',
  numbering: 'new',
};
const LICENCE: SeenDocument = {
  person: 'contractor',
  evidence: 'staff-eye',
  document: 'drivers-licence',
  sides: ['front', 'back'],
  supplementary: false,
  agrees: ['name', 'address'],
  says: { bornOn: 'S60.1.2' },
  override: null,
};
const { says: _says, override: _override, ...SEEN } = LICENCE;
/** On record: what agrees, and not what stands on the document. */
const FOUND = { ...SEEN, agrees: ['name', 'address', 'bornOn'], typed: ['bornOn'] };
const VARIANT = { reason: 'variant', note: '' } as const;

const shipped = loadPolicy(RESOURCES_DIR);
if (!shipped.ok) throw new Error(shipped.error.code);
/** Of an operator who lets the chip of a My Number card do where nobody is there. */
const POLICY: IdentityPolicy = {
  version: 'chip-alone',
  ways: [
    ...shipped.value.ways,
    {
      ...{ evidence: 'ic-chip', attended: false, validFrom: '2026-04-01' },
      typed: { counter: [], kiosk: ['name', 'address', 'bornOn'] },
      documents: [{ document: 'my-number-card', sides: [], supplementary: false }],
    },
  ],
};
const JIRO = sampleCardSchema.parse({
  ...{ document: 'my-number-card', pin: '1234' },
  says: { name: '髙橋　次郎', address: '神奈川県川崎市見本区七丁目８番地９', bornOn: '1985-01-02' },
});

describe('an application for a mobile line', () => {
  let rig: CounterRig;
  /** Ends the reading that is under way; what happens meanwhile happens in its middle. */
  let duringReading = (): void => undefined;
  const reader = createSimulatedIdReader(() => {
    duringReading();
    return Promise.resolve();
  });
  beforeAll(async () => {
    rig = await startCounter(undefined, undefined, undefined, reader, POLICY);
  }, 120_000);
  afterAll(() => rig.close());

  const signIn = async (login: string): Promise<string> => {
    const who = { loginId: `${login}@example.jp`, password: 'Counter2026', language: 'ja' } as const;
    return (await rig.client.session.signIn({ requestId: crypto.randomUUID(), ...who })).sessionId;
  };
  const begin = (sessionId: string, answers: Draft = VOICE) => {
    const of = { sessionId, applicationId: uuidv7(), procedureId: 'mobile.apply', answers };
    return {
      attest: (seen: readonly SeenDocument[], more: Partial<typeof STAFF & { answers: Draft }> = {}) =>
        rig.client.identity.attest({ ...of, ...STAFF, ...more, seen: [...seen] }),
      readChip: (pin = '1234', document: SeenDocument['document'] = 'my-number-card') =>
        rig.client.identity.readChip({
          ...{ sessionId, applicationId: of.applicationId, person: 'contractor', document, pin },
        }),
      identify: () => rig.client.identity.identify(of),
      agree: () => rig.client.captures.begin({ sessionId, applicationId: of.applicationId }),
      photograph: async (side: PictureKind, content: Buffer<ArrayBuffer>, document = LICENCE.document) => {
        const shows = { person: 'contractor', document, side } as const;
        const picture = new File([content], 'picture');
        const kept = await rig.client.captures.keep({ sessionId, applicationId: of.applicationId, shows, picture });
        return kept.captureId;
      },
      taken: () => rig.client.captures.taken({ sessionId, applicationId: of.applicationId }),
      submit: async (captures: readonly string[] = []) => {
        const procedure = await loadProcedure('mobile.apply');
        const { catalog } = await rig.client.catalog.get();
        const { facts } = await rig.client.session.view({ sessionId });
        const shown = procedure.quote({ catalog, facts, ...timesAt(Date.now()) }, answers);
        if (!shown.ok) throw new Error(JSON.stringify(shown.error));
        const terms = await rig.client.terms.get({ ids: [...procedure.terms], language: 'ja' });
        return rig.client.applications.submit({
          captures: [...captures],
          ...{ ...of, shownQuote: shown.value, language: 'ja' },
          terms: terms.map(({ id, version }) => ({ id, version })),
        });
      },
    };
  };
  const central = async (path: string, method = 'GET', body?: unknown): Promise<unknown> => {
    const answer = await fetch(new URL(path, rig.central), {
      method,
      headers: { authorization: `Bearer ${await rig.operatorToken()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const orderOf = (receiptNumber: string): Promise<ProductOrder> =>
    eventually(async () => {
      const orders = z.array(productOrderSchema).parse(await central(`${CENTRAL_PATHS.productOrder}?limit=1000`));
      const found = orders.find(({ application }) => application?.receiptNumber === receiptNumber);
      if (found === undefined) throw new Error('not there yet');
      return found;
    });
  const stock = (amount: number) =>
    central(`${CENTRAL_PATHS.productStock}/mobile.wish-ivory`, 'PATCH', {
      productStockLevel: { amount, units: 'piece' },
    });

  it('goes out only for what staff attested by their PIN, as the policy wants it', async () => {
    const apply = begin(await signIn('jiro'));
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
    await apply.attest([LICENCE], { answers: { ...VOICE, numbering: 'mnp' } });
    await expect(apply.submit()).rejects.toMatchObject({ code: 'IDENTITY_MISSING' });
    await apply.attest([LICENCE]);
    const outcome = await apply.submit();
    expect(outcome).toMatchObject({ state: 'accepted', reason: null });
    const { application, productOrderItem } = await orderOf(outcome.receiptNumber);
    expect(application?.identityChecks).toMatchObject([{ ...FOUND, staffNumber: '1001', policyVersion: 'chip-alone' }]);
    expect(productOrderItem.map(({ productOffering }) => productOffering?.id)).toEqual([
      'mobile.voice-6gb',
      'mobile.call-10',
      'mobile.wish-ivory',
    ]);
    expect(rig.logs.join('')).not.toContain(STAFF.pin);
  });

  it('takes pictures for proof only where all are there and legible, and sends them along', async () => {
    const PHOTOGRAPHED = { ...LICENCE, evidence: 'picture' } as const;
    const [front, back, tilted] = [documentPicture('front'), documentPicture('back'), documentPicture('thickness')];
    // Jiro's line of before may be there at any moment, and his total is another then.
    const apply = begin(await signIn('rokuro'));
    await expect(apply.photograph('front', front)).rejects.toMatchObject({ code: 'NOT_AGREED' });
    await apply.agree();
    await expect(apply.photograph('front', front.subarray(0, -900))).rejects.toMatchObject({ code: 'NO_PICTURE' });
    const blurred = pictureOf({ width: 640, height: 400, blur: 4 });
    await expect(apply.photograph('front', blurred)).rejects.toMatchObject({
      code: 'NOT_LEGIBLE',
      data: { flaw: 'blurred' },
    });
    // Sharp, and so few pixels that nobody can read it.
    const coarse = pictureOf({ width: 320, height: 200, cards: [{ x: 0.5, y: 0.5, size: 0.8 }] });
    await expect(apply.photograph('front', coarse)).rejects.toMatchObject({ data: { flaw: 'too-far' } });
    for (const [side, document] of [
      ['front', 'my-number-card'],
      ['back', 'my-number-card'],
      ['front', 'insurance-card'],
    ] as const) {
      await expect(apply.photograph(side, back, document)).rejects.toMatchObject({ code: 'NOT_WANTED' });
    }
    expect(await apply.taken()).toEqual([]);
    // Compared with what?
    await expect(apply.photograph('thickness', tilted)).rejects.toMatchObject({ code: 'NOT_WANTED' });
    // Its back first; and not the same side for the other.
    const behind = await apply.photograph('back', back);
    await expect(apply.attest([PHOTOGRAPHED])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await expect(apply.photograph('front', documentPicture('back', 3))).rejects.toMatchObject({
      data: { flaw: 'same-side' },
    });
    await apply.photograph('front', documentPicture('front', 2));
    await apply.photograph('thickness', tilted);
    // With a new front its tilted picture goes: it was compared with the one before.
    const anew = await apply.photograph('front', front);
    expect((await apply.taken()).map(({ captureId }) => captureId)).toEqual([behind, anew]);
    await expect(apply.attest([PHOTOGRAPHED])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await expect(apply.photograph('thickness', front)).rejects.toMatchObject({ data: { flaw: 'too-flat' } });
    const other = { x: 0.5, y: 0.5, size: 0.72, side: 'back', tilt: { degrees: 45, about: 'long' } } as const;
    await expect(
      apply.photograph('thickness', pictureOf({ width: 640, height: 400, cards: [other] })),
    ).rejects.toMatchObject({ data: { flaw: 'other-card' } });
    const edge = await apply.photograph('thickness', tilted);

    const all = [behind, anew, edge].toSorted();
    const attested = await apply.attest([PHOTOGRAPHED]);
    expect(attested.captures.toSorted()).toEqual(all);
    await expect(apply.submit([anew])).rejects.toMatchObject({ code: 'CAPTURES_MISSING' });
    const outcome = await apply.submit(attested.captures);
    expect(outcome).toMatchObject({ state: 'accepted' });
    const { application } = await orderOf(outcome.receiptNumber);
    expect(application?.captures?.toSorted()).toEqual(all);
    expect(application?.identityChecks?.[0]?.pictures).toContainEqual({ side: 'front', captureId: anew });
    expect(application?.identityChecks?.[0]?.pictures).toContainEqual({ side: 'thickness', captureId: edge });
    await expect(apply.photograph('front', front)).rejects.toMatchObject({ code: 'NOT_OPEN' });
  });

  it('takes no side for the other where both come at once', async () => {
    const apply = begin(await signIn('jiro'));
    await apply.agree();
    const both = await Promise.allSettled([
      apply.photograph('front', documentPicture('front')),
      apply.photograph('back', documentPicture('front', 2)),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { data: { flaw: 'same-side' } } });
    expect(await apply.taken()).toHaveLength(1);
  });

  it('keeps nothing for a customer who ended while staff attested it', async () => {
    const sessionId = await signIn('jiro');
    const attesting = begin(sessionId).attest([LICENCE]);
    await rig.client.session.end({ sessionId });
    await expect(attesting).rejects.toMatchObject({ code: 'SESSION_GONE' });
  });

  it('compares name and address too at the counter, where staff may pass over a difference with a reason on record', async () => {
    const staffSessionId = await rig.signIn();
    const who = { staffSessionId, customerNumber: '1000000001', identityMethod: 'drivers-licence' } as const;
    const { sessionId } = await rig.client.staff.openCustomer(who);
    const { facts, record } = await rig.client.session.view({ sessionId });
    if (facts.kind !== 'known' || record?.address == null) throw new Error('nothing is known of taro');
    const apply = begin(sessionId);
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
    const { application } = await orderOf(outcome.receiptNumber);
    expect(application?.identityChecks).toMatchObject([
      {
        ...{ agrees: ['name', 'bornOn'], typed: ['name', 'bornOn'], staffNumber: '1001' },
        override: { ...moved, fields: ['address'] },
      },
    ]);
    for (const kept of [JSON.stringify(application), rig.logs.join('')]) expect(kept).not.toContain('１丁目２番４号');
    // A number is brought along by nobody in whom the sources differ (p.95).
    const ported = begin(sessionId, { ...VOICE, numbering: 'mnp' });
    const equal = { ...LICENCE, agrees: [], says: said };
    await expect(ported.attest([{ ...equal, says: elsewhere, override: moved }])).rejects.toMatchObject(differs);
    await ported.attest([equal]);
  });

  it('says in which way a chip could not be read, and keeps nothing of it', async () => {
    const apply = begin(await signIn('jiro'));
    const problem = (kind: string, more = {}) => ({ code: 'READ_FAILED', data: { kind, ...more } });
    expect((await rig.client.terminal.status()).hasIdReader).toBe(true);
    await expect(apply.readChip('1234', 'passport')).rejects.toMatchObject({ code: 'NOT_WANTED' });
    await expect(apply.readChip()).rejects.toMatchObject(problem('no-card'));
    reader.lay(JIRO);
    await expect(apply.readChip('1234', 'drivers-licence')).rejects.toMatchObject(problem('other-card'));
    await expect(apply.readChip('9999')).rejects.toMatchObject(problem('wrong-pin', { triesLeft: 2 }));
    duringReading = () => reader.lay(null);
    await expect(apply.readChip()).rejects.toMatchObject(problem('removed'));
    duringReading = () => reader.plug(false);
    reader.lay(JIRO);
    await expect(apply.readChip()).rejects.toMatchObject(problem('no-reader'));
    await expect(apply.readChip()).rejects.toMatchObject(problem('no-reader'));
    await eventually(async () => expect((await rig.client.terminal.status()).hasIdReader).toBe(false));
    duringReading = () => undefined;
    reader.plug(true);
    reader.lay({ ...JIRO, isDamaged: true });
    await expect(apply.readChip()).rejects.toMatchObject(problem('unreadable'));
    const other = { ...JIRO };
    reader.lay(other);
    for (const triesLeft of [2, 1]) {
      await expect(apply.readChip('0000')).rejects.toMatchObject(problem('wrong-pin', { triesLeft }));
    }
    await expect(apply.readChip('0000')).rejects.toMatchObject(problem('locked'));
    await expect(apply.readChip()).rejects.toMatchObject(problem('locked'));
    await expect(apply.identify()).rejects.toMatchObject({ code: 'INCOMPLETE' });
  });

  it('takes the chip alone for proof at a kiosk where it agrees, and nothing that only differs a little', async () => {
    const sessionId = await signIn('jiro');
    const apply = begin(sessionId);
    const says = { ...JIRO.says, name: '高橋 次郎' };
    reader.lay({ ...JIRO, says });
    expect(await apply.readChip()).toEqual(says);
    await expect(apply.identify()).rejects.toMatchObject({ code: 'DIFFERS', data: { fields: ['name'] } });
    const seen = { ...LICENCE, document: 'my-number-card', evidence: 'ic-chip', sides: ['front'] } as const;
    const byStaff = { ...seen, sides: [...seen.sides], agrees: [], says: {} };
    // Staff at the kiosk can't pass over it either, and no page says what a chip says.
    await expect(apply.attest([{ ...byStaff, override: VARIANT }])).rejects.toMatchObject({ code: 'DIFFERS' });
    // Nor do they look away from what the chip said, at another document.
    await expect(apply.attest([LICENCE])).rejects.toMatchObject({ code: 'DIFFERS', data: { fields: ['name'] } });
    await expect(begin(sessionId).attest([{ ...byStaff, says: JIRO.says }])).rejects.toMatchObject({
      code: 'INCOMPLETE',
    });
    reader.lay(JIRO);
    await apply.readChip();
    await apply.identify();
    const outcome = await apply.submit();
    expect(outcome).toMatchObject({ state: 'accepted' });
    const { application } = await orderOf(outcome.receiptNumber);
    const [check, ...others] = application?.identityChecks ?? [];
    expect(others).toEqual([]);
    expect(check).toMatchObject({
      ...{ evidence: 'ic-chip', document: 'my-number-card', sides: [], simulated: true },
      typed: ['name', 'address', 'bornOn'],
    });
    expect(check).not.toHaveProperty('staffNumber');
    expect(rig.logs.join('')).not.toMatch(/1234"|次郎/);
  });

  it('for a child wants the documents of both', async () => {
    const child = {
      ...VOICE,
      ...{ relation: 'child', familyKana: 'ミホン', givenKana: 'ハナコ', bornOn: '2015-04-01' },
      filtering: 'mobile.filtering',
    };
    const apply = begin(await signIn('shichiro'), child);
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

  it('is told, and not booked, where the last device went between choice and application', async () => {
    await stock(1);
    const [first, second] = [begin(await signIn('saburo')), begin(await signIn('goro'))];
    await first.attest([LICENCE]);
    await second.attest([LICENCE]);
    const outcomes = await Promise.all([first.submit(), second.submit()]);
    expect(outcomes.map(({ state }) => state).toSorted()).toEqual(['accepted', 'held']);
    expect(outcomes.find(({ state }) => state === 'held')?.reason).toBe('out-of-stock');
    await stock(10);
  });

  it('waits while the line is down, staff known here attest it, and it arrives once', async () => {
    const sessionId = await signIn('hanako');
    const apply = begin(sessionId);
    await rig.signIn();
    await rig.stopCentral();
    await apply.attest([LICENCE]);
    const outcome = await apply.submit();
    expect(outcome.state).toBe('queued');
    // It counts among the household's lines.
    const { facts } = await rig.client.session.view({ sessionId });
    expect(contractsKnown(facts)).toContainEqual(
      expect.objectContaining({ offeringId: VOICE['volume'], status: 'created' }),
    );
    await rig.startCentral();
    expect((await orderOf(outcome.receiptNumber)).state).not.toBe('held');
  });

  it('is offered to nobody who has no card, and too few months paid by transfer', async () => {
    const { sessionId } = { sessionId: await signIn('shiro') };
    const procedure = await loadProcedure('mobile.apply');
    const { catalog } = await rig.client.catalog.get();
    const { facts } = await rig.client.session.view({ sessionId });
    expect(procedure.availability({ catalog, facts, ...timesAt(Date.now()) })).toEqual({
      available: false,
      reason: 'card-needed',
    });
  });
});
