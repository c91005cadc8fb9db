import { describe, expect, it } from 'vitest';
import catalogData from '../../../resources/catalog/catalog.json';
import { catalogSchema } from '../../../shared/domain/catalog.ts';
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
