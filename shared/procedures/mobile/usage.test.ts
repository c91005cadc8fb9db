import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts } from '../../../tests/builders/demo.ts';
import { askedQuestions } from '../asked.ts';
import { mobileUsage } from './usage.ts';

const DATA = { data: 'mobile.added-data-1gb' };
const second = contractOf(4, 'c4-sim', {
  id: 'c4-second',
  offeringId: 'mobile.voice-3gb',
  monthlyYen: 1_298,
  characteristics: { line: '2', lineNumber: '08087654321' },
});

describe('mobile.usage', () => {
  it.each([
    ['2026-11-01', '2026-11-30'],
    ['2026-11-30', '2026-11-30'],
    ['2028-02-10', '2028-02-29'],
  ])('adds data on %s until %s, for a sample price paid once', (today, date) => {
    const quote = mobileUsage.quote(contextOf(demoFacts(4), { today }), DATA);
    expect(quote.ok && quote.value).toMatchObject({
      kind: 'total',
      currentTotalYen: 9_207,
      newTotalYen: 9_207,
      once: [{ id: 'added-data', yen: 1_100, sample: true }],
      notices: [{ id: 'added-data-until', date }],
      feeStart: 'once-only',
    });
  });

  it('names the line by its number, and asks for it only where there are several', () => {
    const asked = (also: readonly (typeof second)[]) =>
      askedQuestions(mobileUsage.steps, contextOf(demoFacts(4, also)), {}).map(({ id }) => id);
    expect([asked([]), asked([second])]).toEqual([['data'], ['line', 'data']]);
    const changes = mobileUsage.changes(contextOf(demoFacts(4, [second])), { ...DATA, line: 'c4-second' });
    expect(changes.ok && changes.value).toEqual([
      { action: 'add', offeringId: 'mobile.added-data-1gb', characteristics: { lineNumber: '08087654321' } },
    ]);
    expect(mobileUsage.problems(contextOf(demoFacts(4, [second])), DATA)).toEqual([
      { question: 'line', problem: 'missing' },
    ]);
  });

  it('needs a line with a number', () => {
    expect(mobileUsage.availability(contextOf(demoFacts(6)))).toEqual({ available: false, reason: 'no-mobile-line' });
    const nameless = contractOf(4, 'c4-sim', { characteristics: {} });
    expect(mobileUsage.availability(contextOf(demoFacts(4, [nameless])))).toEqual({
      available: false,
      reason: 'line-in-preparation',
    });
    const waiting = contractOf(4, 'c4-sim', { status: 'pendingActive' });
    expect(mobileUsage.availability(contextOf(demoFacts(4, [waiting])))).toEqual({
      available: false,
      reason: 'line-in-preparation',
    });
  });
});
