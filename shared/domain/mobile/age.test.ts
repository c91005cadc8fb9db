import { describe, expect, it } from 'vitest';
import { ageOn, mayContract, needsFiltering } from './age.ts';

describe('age', () => {
  it.each([
    ['2008-11-26', '2026-11-25', 17],
    ['2008-11-25', '2026-11-25', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2008-12-31', '2026-12-30', 17],
    ['2026-11-25', '2026-11-25', 0],
  ])('born on %s, on %s: %i', (bornOn, today, age) => {
    expect(ageOn(bornOn, today)).toBe(age);
  });

  it('lets people contract from the 18th birthday, and use a line without filtering from then too', () => {
    expect([mayContract('2008-11-26', '2026-11-25'), needsFiltering('2008-11-26', '2026-11-25')]).toEqual([
      false,
      true,
    ]);
    expect([mayContract('2008-11-25', '2026-11-25'), needsFiltering('2008-11-25', '2026-11-25')]).toEqual([
      true,
      false,
    ]);
  });
});
