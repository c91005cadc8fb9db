import { describe, expect, it } from 'vitest';
import catalogData from '../../../resources/catalog/catalog.json';
import { catalogSchema } from '../../../shared/domain/catalog.ts';
import { draftContentSchema } from '../../../shared/central-api/drafts.ts';
import { homeAddDevices } from '../../../shared/procedures/home/add-devices.ts';
import { mobileApply } from '../../../shared/procedures/mobile/apply.ts';
import type { Draft, ProcedureContext } from '../../../shared/procedures/procedure.ts';
import { timesAt } from '../../../shared/procedures/procedure.ts';
import { contentOf, priceChanges, resumeKept } from './resume-kept.ts';
import { initialDraft } from '../../../shared/procedures/keep-valid.ts';

const realCatalog = catalogSchema.parse(catalogData);
const NOW = Date.parse('2026-11-25T12:00:00+09:00');
const context: ProcedureContext = {
  catalog: realCatalog,
  facts: {
    kind: 'known',
    customer: { number: '1000000003', name: '見本 次郎', kana: 'ミホンジロウ', dwelling: 'house', contactEmail: null },
    contracts: [],
  },
  ...timesAt(NOW),
};
const ANSWERS: Draft = {
  ...initialDraft(mobileApply),
  ...{ plan: 'voice', volume: 'mobile.voice-6gb', calls: 'basic', fiveG: 'off', voicemail: 'no', set: 'sim-only' },
  ...{ handset: 'other', simSize: 'nano', accessory: 'no', support: 'no', filtering: 'no' },
};
const FULL: Draft = {
  ...ANSWERS,
  ...{ relation: 'self', contractorBornOn: '1985-01-02', numbering: 'mnp', expiresOn: '2026-12-08' },
  ...{ reservation: '0123456789', portNumber: '08012345678', holder: 'same' },
};
const stepAt = (id: string): number => mobileApply.steps.findIndex((step) => step.id === id);
const keep = (step: string, answers: Draft = ANSWERS) => ({
  draftId: '01990000-0000-7000-8000-000000000001',
  content: contentOf(mobileApply, context, answers, stepAt(step)),
});
const resume = (kept: ReturnType<typeof keep>, now: ProcedureContext = context) =>
  resumeKept(mobileApply, now, '01990000-0000-7000-8000-000000000002', kept);
const changes = (kept: ReturnType<typeof keep>, now: ProcedureContext = context, answers?: Draft) =>
  priceChanges(mobileApply, now, answers ?? resume(kept, now).draft, kept.content);
const priced = (yen: number): ProcedureContext => ({
  ...context,
  catalog: {
    ...realCatalog,
    offerings: realCatalog.offerings.map((one) => (one.id === 'mobile.voice-6gb' ? { ...one, monthlyYen: yen } : one)),
  },
});

/** The contract fee, which is shown on the review, and the accessory, which is chosen. */
const feesRaised = (yen: number): ProcedureContext => ({
  ...context,
  catalog: {
    ...realCatalog,
    offerings: realCatalog.offerings.map((one) =>
      one.type === 'once-fee' && ['mobile.accessory', 'mobile.contract-fee'].includes(one.id)
        ? { ...one, onceYen: (one.onceYen ?? 0) + yen }
        : one,
    ),
  },
});

describe('a kept draft', () => {
  it('goes on where the customer stopped, with every answer and nothing agreed to', () => {
    const state = resume(keep('user'));
    expect(state).toMatchObject({
      ...{ draft: ANSWERS, dropped: [], isChecked: false, isAccepted: false, identifiedBy: null, opened: {} },
      ...{ position: { kind: 'step', at: stepAt('user') } },
    });
    expect(changes(keep('user'))).toEqual([]);
  });

  it('begins with the step whose answer no longer holds, and loses no other', () => {
    const later = { ...context, ...timesAt(Date.parse('2026-12-02T12:00:00+09:00')) };
    expect(resume(keep('review', FULL)).position).toEqual({ kind: 'step', at: stepAt('review') });
    // Its reservation has too few days left by now.
    const state = resume(keep('review', FULL), later);
    expect(state).toMatchObject({ draft: FULL, isChecked: true, position: { kind: 'step', at: stepAt('number') } });

    const without = {
      ...context,
      catalog: { ...realCatalog, offerings: realCatalog.offerings.filter(({ id }) => id !== 'mobile.voice-6gb') },
    };
    const { volume: _, ...others } = ANSWERS;
    expect(resume(keep('user'), without)).toMatchObject({
      ...{ draft: others, dropped: ['volume'], position: { kind: 'step', at: stepAt('volume') } },
    });
  });

  it('shows the price again after the terms, and begins anew where its step is none any more', () => {
    expect(resume(keep('terms')).position).toEqual({ kind: 'step', at: stepAt('user') });
    const { draftId, content } = keep('user');
    expect(resume({ draftId, content: { ...content, step: 'gone' } }).position).toEqual({ kind: 'step', at: 0 });
  });

  it('tells prices that are others now, line by line', () => {
    const was = runningOf('mobile.voice-6gb');
    expect(changes(keep('user'), priced(was + 110))).toEqual([
      { of: { kind: 'choice', question: 'volume', value: 'mobile.voice-6gb' }, beforeYen: was, nowYen: was + 110 },
    ]);
  });

  it('tells what a choice costs once, also while others are still to be made and after they were', () => {
    const chosen = { ...ANSWERS, accessory: 'mobile.accessory' };
    const dearer = feesRaised(5_000);
    const accessory = {
      ...{ of: { kind: 'choice', question: 'accessory', value: 'mobile.accessory' } },
      ...{ beforeYen: 2_200, nowYen: 7_200 },
    };
    const kept = keep('user', chosen);
    expect(changes(kept)).toEqual([]);
    expect(changes(kept, dearer)).toEqual([accessory]);
    expect(changes(kept, dearer, { ...FULL, accessory: 'mobile.accessory' })).toEqual([accessory]);
    expect(changes(kept, dearer, FULL)).toEqual([]);
  });

  it('tells each fee that the review showed, once, also where something else is chosen meanwhile', () => {
    const chosen = { ...FULL, accessory: 'mobile.accessory' };
    const dearer = feesRaised(5_000);
    const kept = keep('review', chosen);
    const contract = { of: { kind: 'fee', id: 'mobile-contract-fee' }, beforeYen: 3_733, nowYen: 8_733 };
    const accessory = { of: { kind: 'fee', id: 'mobile-accessory' }, beforeYen: 2_200, nowYen: 7_200 };
    const once = { of: { kind: 'once' }, beforeYen: 5_933, nowYen: 15_933 };
    expect(changes(kept, dearer)).toEqual([contract, accessory, once]);
    expect(changes(kept, dearer, { ...chosen, volume: 'mobile.voice-3gb' })).toEqual([contract, accessory]);
    expect(changes(kept, dearer, FULL)).toEqual([contract]);
  });

  it('calls it no change of a fee that more is bought', () => {
    const bought = (count: number): Draft => ({ ...initialDraft(homeAddDevices), bought: `home.light=${count}` });
    const content = contentOf(homeAddDevices, context, bought(1), 0);
    const now = homeAddDevices.quote(context, bought(2));
    expect(content.shownFees).toHaveLength(1);
    expect(now.ok && now.value.once[0]?.yen).toBe(2 * (content.shownFees?.[0]?.yen ?? 0));
    expect(priceChanges(homeAddDevices, context, bought(2), content)).toEqual([]);
  });

  it('is read as before where a terminal of before kept it', () => {
    const { draftId, content } = keep('review', FULL);
    const { shownOncePrices: _prices, shownFees: _fees, ...before } = content;
    const kept = { draftId, content: draftContentSchema.parse(before) };
    expect(kept.content).toEqual(before);
    expect(changes(kept)).toEqual([]);
    expect(changes(kept, feesRaised(5_000)).map(({ of }) => of.kind)).toEqual(['once']);
  });

  it('tells of no price that the customer has chosen something else for meanwhile', () => {
    const kept = keep('review', FULL);
    const dearer = priced(runningOf('mobile.voice-6gb') + 110);
    expect(changes(kept, dearer).map(({ of }) => of.kind)).toEqual(['choice', 'total']);
    expect(changes(kept, dearer, { ...FULL, volume: 'mobile.voice-3gb' })).toEqual([]);
    expect(changes(kept, dearer, { ...FULL, voicemail: 'yes' }).map(({ of }) => of.kind)).toEqual(['choice']);
  });

  it('tells what is paid once when it is another now, and a total that nobody can tell any more', () => {
    const { draftId, content } = keep('review', FULL);
    expect(content.shownOnceYen).toBeGreaterThan(0);
    const once = content.shownOnceYen ?? 0;
    const kept = { draftId, content: { ...content, shownOnceYen: once - 550 } };
    expect(changes(kept)).toEqual([{ of: { kind: 'once' }, beforeYen: once - 550, nowYen: once }]);
    const unknown: ProcedureContext = { ...context, facts: { kind: 'unknown', customerNumber: '1000000003' } };
    expect(changes(keep('review', FULL), unknown)).toContainEqual({
      ...{ of: { kind: 'total' }, beforeYen: content.shownTotalYen, nowYen: null },
    });
  });
});

function runningOf(value: string): number {
  return keep('user').content.shownPrices.find((line) => line.value === value)?.yen ?? 0;
}
