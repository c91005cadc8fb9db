import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog } from '../../../tests/builders/demo.ts';
import { bundleCardYen, offeringById, offeringsOf } from '../../domain/catalog.ts';
import type { Quote } from '../../domain/quote.ts';
import { planRecommended } from './recommended.ts';

const TRIPLE_2G = 'bundle.hikari-triple-2g';

function totalFor(customer: 1 | 3, plan: string): Extract<Quote, { kind: 'total' }> {
  const quote = planRecommended.quote(contextOf(demoFacts(customer)), { plan });
  if (!quote.ok || quote.value.kind !== 'total') throw new Error('expected a total');
  return quote.value;
}

describe('plan.recommended', () => {
  it('shows the cards of p.39 as the sum of their parts', () => {
    const cards = offeringsOf(realCatalog, 'bundle')
      .filter((bundle) => bundle.recommendedFor !== undefined)
      .map((bundle) => bundleCardYen(realCatalog, bundle));
    expect(cards).toEqual([11_550, 10_450, 8_910]);
    const parts = ['tv.standard-hitpot', 'internet.itscom-hikari-2g', 'phone.cable-plus', TRIPLE_2G].map(
      (id) => offeringById(realCatalog, id).monthlyYen,
    );
    expect(parts).toEqual([6_270, 8_250, 1_463, -4_433]);
  });

  it('computes p.40: 14,843 to 16,240, with every group line before and after', () => {
    const quote = totalFor(1, TRIPLE_2G);
    expect([quote.currentTotalYen, quote.newTotalYen]).toEqual([14_843, 16_240]);
    expect(quote.groups.map(({ group, beforeYen, afterYen }) => [group, beforeYen, afterYen])).toEqual([
      ['bundle-discount', -2_970, -4_433],
      ['tv', 7_810, 7_480],
      ['internet', 5_060, 8_250],
      ['phone', 1_463, 1_463],
      ['other', 4_910, 4_910],
      ['other-discount', -1_430, -1_430],
    ]);
    expect(quote.once).toEqual([]);
    expect(quote.feeStart).toBe('month-after-completion');
  });

  it('pairs what is replaced on one line', () => {
    const tv = totalFor(1, TRIPLE_2G).groups.find(({ group }) => group === 'tv');
    expect(
      tv?.lines.map((line) => [line.before?.offeringId, line.before?.yen, line.after?.offeringId, line.after?.yen]),
    ).toEqual([
      ['tv.alpha-ace-bd', 6_600, 'tv.standard-hitpot', 6_270],
      ['tv.extra-equipment', 1_210, 'tv.extra-equipment', 1_210],
    ]);
  });

  it('adds the bundle for a customer without one, and the Wi-Fi modem becomes free', () => {
    const quote = totalFor(3, TRIPLE_2G);
    expect([quote.currentTotalYen, quote.newTotalYen]).toEqual([8_657, 13_530]);
    expect(quote.notices).toEqual([]);
  });

  it('tells a customer inside a bundle that it is recomposed, and of the penalty only inside the term', () => {
    const notices = (startsOn: string): string[] => {
      const facts = demoFacts(1, [contractOf(1, 'c1-bundle', { term: { startsOn, months: 36 } })]);
      const quote = planRecommended.quote(contextOf(facts), { plan: TRIPLE_2G });
      return quote.ok ? quote.value.notices.map((notice) => notice.id) : [];
    };
    expect(notices('2023-12-01')).toEqual(['bundle-recomposed', 'bundle-penalty']);
    expect(notices('2023-11-01')).toEqual(['bundle-recomposed']);
    expect(notices('2023-10-01')).toEqual(['bundle-recomposed', 'bundle-penalty']);
  });

  it("offers no plan of which a part can't be had at the address", () => {
    const facts = { ...demoFacts(3), notAtAddress: ['internet.itscom-hikari-2g'] };
    const context = contextOf(facts);
    expect(planRecommended.problems(context, { plan: TRIPLE_2G })).toEqual([
      { question: 'plan', problem: 'not-offered' },
    ]);
    expect(planRecommended.availability(context)).toEqual({ available: true });
    const fibre = offeringsOf(realCatalog, 'internet-course').filter(({ lineType }) => lineType === 'hikari');
    const nowhere = contextOf({ ...facts, notAtAddress: fibre.map(({ id }) => id) });
    expect(planRecommended.availability(nowhere)).toEqual({ available: false, reason: 'nothing-at-address' });
  });

  it('waits for a change of one of its parts', () => {
    const facts = demoFacts(3, [contractOf(3, 'c3-net', { changePending: true })]);
    expect(planRecommended.availability(contextOf(facts))).toEqual({ available: false, reason: 'change-pending' });
  });

  it('says what the present course takes along (p.77)', () => {
    const smartValue = contractOf(3, 'c3-tbs1', { id: 'c3-au', offeringId: 'discount.au-smart-value', monthlyYen: 0 });
    const quote = planRecommended.quote(contextOf(demoFacts(3, [smartValue])), { plan: TRIPLE_2G });
    expect(quote.ok && quote.value.notices).toEqual([{ id: 'smart-value-lost' }]);
  });

  it.each([
    [2, 'no-recommended-plan'],
    [5, 'no-recommended-plan'],
    [6, 'no-recommended-plan'],
  ] as const)('says why customer %i has no recommended plan', (customer, reason) => {
    expect(planRecommended.availability(contextOf(demoFacts(customer)))).toEqual({ available: false, reason });
  });

  it('is not there while a change of the bundle is on its way', () => {
    const facts = demoFacts(1, [contractOf(1, 'c1-bundle', { changePending: true })]);
    expect(planRecommended.availability(contextOf(facts))).toEqual({ available: false, reason: 'change-pending' });
  });

  it('refuses a plan that is not on offer', () => {
    const context = contextOf(demoFacts(1));
    for (const plan of ['bundle.three-year-alpha-wide', 'internet.wide', 'bundle.unknown', '__proto__']) {
      const quote = planRecommended.quote(context, { plan });
      expect(quote).toEqual({ ok: false, error: [{ question: 'plan', problem: 'not-offered' }] });
    }
    expect(planRecommended.problems(context, {})).toEqual([{ question: 'plan', problem: 'missing' }]);
  });

  it('knows only the prices of the plan and its parts when the contracts are unknown (p.39: 11,550)', () => {
    const facts = { kind: 'unknown', customerNumber: '1000000001' } as const;
    const quote = planRecommended.quote(contextOf(facts), { plan: TRIPLE_2G });
    expect(quote).toMatchObject({
      ok: true,
      value: { kind: 'later', reason: 'contracts-unknown', currentTotalYen: null },
    });
    const lines = quote.ok && quote.value.kind === 'later' ? quote.value.knownLines : [];
    expect(lines.map(({ before, after }) => [before, after?.offeringId, after?.yen])).toEqual([
      [null, TRIPLE_2G, -4_433],
      [null, 'tv.standard-hitpot', 6_270],
      [null, 'internet.itscom-hikari-2g', 8_250],
      [null, 'phone.cable-plus', 1_463],
    ]);
  });
});
