import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog } from '../../../tests/builders/demo.ts';
import type { Contract, CustomerFacts } from '../../domain/contract.ts';
import type { Quote } from '../../domain/quote.ts';
import { askedQuestions, optionsOf } from '../asked.ts';
import type { Draft } from '../procedure.ts';
import { mobileChangeData } from './change-data.ts';
import { volumeUntilChange } from './lines.ts';

const sim = (overrides: Partial<Contract>): Contract => contractOf(4, 'c4-sim', overrides);
const part = (offeringId: string, line?: '1' | '2'): Contract =>
  sim({ id: `x-${offeringId}`, offeringId, characteristics: line === undefined ? {} : { line } });
const second = (overrides: Partial<Contract> = {}): Contract =>
  sim({
    id: 'c4-second',
    offeringId: 'mobile.voice-3gb',
    characteristics: { line: '2', lineNumber: '08087654321' },
    ...overrides,
  });

function quoteFor(facts: CustomerFacts, draft: Draft, today = '2026-11-24'): Quote {
  const quote = mobileChangeData.quote(contextOf(facts, { today }), draft);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return quote.value;
}

const availability = (facts: CustomerFacts, today = '2026-11-24') =>
  mobileChangeData.availability(contextOf(facts, { today }));

function volumes(facts: CustomerFacts, draft: Draft = {}) {
  const context = contextOf(facts);
  return optionsOf(mobileChangeData.steps, 'volume', context, draft).map(({ value, disabled }) => [value, disabled]);
}

describe('mobile.change-data', () => {
  it('makes 9,207 into 9,669 and costs 3,000 once (customer 4, p.98)', () => {
    expect(quoteFor(demoFacts(4), { volume: 'mobile.data-6gb' })).toMatchObject({
      kind: 'total',
      currentTotalYen: 9_207,
      newTotalYen: 9_669,
      once: [{ id: 'volume-change-fee', yen: 3_000, sample: false }],
      feeStart: 'volume-change',
    });
  });

  it.each([
    ['2026-11-25', '2026-12-01'],
    ['2026-11-26', '2027-01-01'],
  ])('applied for on %s it holds from %s', (today, date) => {
    expect(quoteFor(demoFacts(4), { volume: 'mobile.data-6gb' }, today).notices).toContainEqual({
      id: 'volume-changes-on',
      date,
    });
  });

  it("offers the line's own kind of plan, the present one not again", () => {
    expect(volumes(demoFacts(4))).toEqual([
      ['mobile.data-3gb', 'current'],
      ['mobile.data-6gb', null],
      ['mobile.data-10gb', null],
      ['mobile.data-20gb', null],
    ]);
    expect(mobileChangeData.problems(contextOf(demoFacts(4)), { volume: 'mobile.voice-6gb' })).toEqual([
      { question: 'volume', problem: 'not-offered' },
    ]);
  });

  it('gives 0 GB to voice lines, but to none with a call option of its own', () => {
    const voice = sim({ offeringId: 'mobile.voice-3gb', monthlyYen: 1_298 });
    const zero = (...also: Contract[]) => volumes(demoFacts(4, [voice, ...also]))[0];
    expect(zero()).toEqual(['mobile.voice-0gb', null]);
    for (const option of ['mobile.call-10', 'mobile.call-120']) {
      expect(zero(part(option, '1'))).toEqual(['mobile.voice-0gb', 'call-option']);
      expect(zero(part(option))).toEqual(['mobile.voice-0gb', 'call-option']);
      expect(zero(part(option, '2'))).toEqual(['mobile.voice-0gb', null]);
    }
    expect(zero(part('mobile.voicemail', '1'))).toEqual(['mobile.voice-0gb', null]);
  });

  it('changes nothing while a jump offer applies to the line', () => {
    expect(availability(demoFacts(4, [part('mobile.jump-offer', '1')]))).toEqual({
      available: false,
      reason: 'jump-offer',
    });
    expect(availability(demoFacts(4, [part('mobile.jump-offer', '2')])).available).toBe(true);
  });

  it('takes the next change only when the one before holds', () => {
    const { characteristics } = sim({});
    const changesOn = (volumeChangesOn: string): Contract =>
      sim({ feeFrom: volumeChangesOn, characteristics: { ...characteristics, volumeChangesOn } });
    const changed = demoFacts(4, [changesOn('2026-12-01')]);
    expect(availability(changed, '2026-11-30')).toEqual({ available: false, reason: 'volume-change-waits' });
    expect(availability(changed, '2026-12-01').available).toBe(true);
    // As a central of before, or another, says it.
    const untold = demoFacts(4, [sim({ startedOn: '2024-03-10', feeFrom: '2026-12-01' })]);
    expect(availability(untold, '2026-11-30').available).toBe(false);
    expect(availability(untold, '2026-12-01').available).toBe(true);
    expect(availability(demoFacts(4, [sim({ changePending: true })]))).toEqual({
      available: false,
      reason: 'change-pending',
    });
  });

  it('names the plan whose volume the line has until the other holds', () => {
    const changed = sim({
      offeringId: 'mobile.data-6gb',
      characteristics: { volumeChangesOn: '2026-12-01', volumeBefore: 'mobile.data-3gb' },
    });
    const until = (today: string, contract: Contract) =>
      volumeUntilChange(contextOf(demoFacts(4, [contract]), { today }), contract);
    expect(until('2026-11-30', changed)).toMatchObject({ plan: { id: 'mobile.data-3gb' }, changesOn: '2026-12-01' });
    expect(until('2026-12-01', changed)).toBeNull();
    expect(until('2026-11-30', sim({}))).toBeNull();
    // A BSS needn't say which it was, or knows another.
    expect(until('2026-11-30', sim({ characteristics: { volumeChangesOn: '2026-12-01' } }))).toBeNull();
    const unknown = { volumeChangesOn: '2026-12-01', volumeBefore: 'mobile.unheard-of' };
    expect(until('2026-11-30', sim({ characteristics: unknown }))).toBeNull();
  });

  it('changes a line in its first month, whose fee has yet to begin', () => {
    const begun = demoFacts(4, [sim({ startedOn: '2026-11-21', feeFrom: '2026-12-01' })]);
    expect(availability(begun, '2026-11-22').available).toBe(true);
  });

  it('asks for which line only where there are several, and leaves out the one that cannot be changed', () => {
    const asked = (facts: CustomerFacts) =>
      askedQuestions(mobileChangeData.steps, contextOf(facts), {}).map(({ id }) => id);
    expect(asked(demoFacts(4))).toEqual(['volume']);
    const two = demoFacts(4, [second({ changePending: true })]);
    expect(asked(two)).toEqual(['line']);
    expect(mobileChangeData.problems(contextOf(two), {})).toEqual([{ question: 'line', problem: 'missing' }]);
    expect(availability(two).available).toBe(true);
    expect(mobileChangeData.problems(contextOf(two), { line: 'c4-second', volume: 'mobile.voice-6gb' })).toEqual([
      { question: 'line', problem: 'not-offered' },
    ]);
    expect(volumes(demoFacts(4, [second()]), { line: 'c4-second' })[1]).toEqual(['mobile.voice-3gb', 'current']);
  });

  it('needs a line, and the contracts', () => {
    expect(availability(demoFacts(6))).toEqual({ available: false, reason: 'no-mobile-line' });
    expect(availability(demoFacts(4, [sim({ status: 'pendingActive' })]))).toEqual({
      available: false,
      reason: 'line-in-preparation',
    });
    expect(availability({ kind: 'unknown', customerNumber: '1000000004' })).toEqual({
      available: false,
      reason: 'needs-contracts',
    });
  });

  it('keeps a plan that is no longer sold as the present one', () => {
    const catalog = {
      ...realCatalog,
      offerings: realCatalog.offerings.map((one) => (one.id === 'mobile.data-3gb' ? { ...one, sellable: false } : one)),
    };
    const quote = mobileChangeData.quote(contextOf(demoFacts(4), { catalog }), { volume: 'mobile.data-6gb' });
    expect(quote.ok && quote.value.kind === 'total' && quote.value.newTotalYen).toBe(9_669);
  });
});
