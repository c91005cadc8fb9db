import { describe, expect, it } from 'vitest';
import { businessDate } from '../business-time.ts';
import { volumeChangesOn } from './volume-change-date.ts';

const inTokyo = (local: string): string => volumeChangesOn(businessDate(Date.parse(`${local}+09:00`)));

describe('the date from which a data volume changes', () => {
  it.each([
    ['2026-11-01T00:00:00', '2026-12-01'],
    ['2026-11-25T23:59:59', '2026-12-01'],
    ['2026-11-26T00:00:00', '2027-01-01'],
    ['2026-11-30T23:59:59', '2027-01-01'],
    ['2026-12-25T23:59:59', '2027-01-01'],
    ['2026-12-26T00:00:00', '2027-02-01'],
    ['2027-01-31T12:00:00', '2027-03-01'],
    ['2028-02-29T12:00:00', '2028-04-01'],
  ])('ordered at %s it is %s', (at, from) => {
    expect(inTokyo(at)).toBe(from);
  });

  it('goes by the day in Tokyo where the 25th has not ended elsewhere', () => {
    expect(volumeChangesOn(businessDate(Date.parse('2026-11-25T15:00:00Z')))).toBe('2027-01-01');
    expect(volumeChangesOn(businessDate(Date.parse('2026-11-25T14:59:59Z')))).toBe('2026-12-01');
  });
});
