import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, businessDate, businessTimeOfDay, firstOfNextMonth, monthsBetween } from './business-time.ts';
import { isFreeToLeave } from './term.ts';

describe('business time is Tokyo time, whatever TZ says', () => {
  it.each([
    ['2026-11-25T14:59:59Z', '2026-11-25', '23:59'],
    ['2026-11-25T15:00:00Z', '2026-11-26', '00:00'],
    ['2026-12-31T15:00:00Z', '2027-01-01', '00:00'],
    ['2024-02-28T15:00:00Z', '2024-02-29', '00:00'],
  ])('%s is %s %s', (instant, date, time) => {
    expect([businessDate(Date.parse(instant)), businessTimeOfDay(Date.parse(instant))]).toEqual([date, time]);
  });

  it('starts a month on its first day', () => {
    expect(['2026-11-01', '2026-11-30', '2026-12-31', '2024-02-29'].map(firstOfNextMonth)).toEqual([
      '2026-12-01',
      '2026-12-01',
      '2027-01-01',
      '2024-03-01',
    ]);
  });

  it('counts months and goes back by them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1970, max: 2100 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -600, max: 600 }),
        (year, month, by) => {
          const date = `${year}-${String(month).padStart(2, '0')}-01`;
          expect(monthsBetween(date, addMonths(date, by))).toBe(by);
        },
      ),
    );
  });
});

describe('isFreeToLeave', () => {
  it('is never free inside the first term, and free in the same months of every later one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 0, max: 200 }), (months, elapsed) => {
        const term = { startsOn: '2020-04-01', months };
        const free = isFreeToLeave(term, addMonths('2020-04-15', elapsed), 0);
        expect(free).toBe(elapsed > 0 && elapsed % months === 0);
      }),
    );
  });
});
