import { describe, expect, it } from 'vitest';
import { realCatalog } from '../../tests/builders/demo.ts';
import { offeringById } from './catalog.ts';
import type { Characteristics } from './characteristics.ts';
import { effectiveDates } from './effective-dates.ts';

const dates = (offeringId: string, completedOn: string, characteristics: Characteristics = {}) =>
  effectiveDates(offeringById(realCatalog, offeringId), characteristics, completedOn);

describe('from when what was ordered holds', () => {
  it.each([
    ['next-day', '2026-11-25', '2026-11-26', '2026-11-01'],
    ['next-day', '2026-11-30', '2026-12-01', '2026-12-01'],
    ['next-day', '2026-12-31', '2027-01-01', '2027-01-01'],
    ['next-month', '2026-11-25', '2026-12-01', '2026-12-01'],
    ['next-month', '2026-12-31', '2027-01-01', '2027-01-01'],
  ] as const)(
    'a channel, %s, completed on %s: seen from %s, charged from %s (p.62-63)',
    (start, on, startsOn, feeFrom) => {
      expect(dates('tv-channel.kbs', on, { start })).toEqual({ startsOn, startsAt: '06:00', feeFrom });
    },
  );

  it('Star Channel is charged from the month after viewing starts (p.63)', () => {
    expect(dates('tv-channel.star', '2026-11-25', { start: 'next-day' })).toEqual({
      startsOn: '2026-11-26',
      startsAt: '06:00',
      feeFrom: '2026-12-01',
    });
    expect(dates('tv-channel.star', '2026-11-25', { start: 'next-month' }).feeFrom).toBe('2027-01-01');
  });

  it('a TV course from the next day, everything charged from the month after completion (p.57-58, 104)', () => {
    expect(dates('tv.max-bd', '2026-11-30')).toMatchObject({ startsOn: '2026-12-01', feeFrom: '2026-12-01' });
    expect(dates('phone.cable-plus', '2026-11-30')).toEqual({
      startsOn: '2026-11-30',
      startsAt: '00:00',
      feeFrom: '2026-12-01',
    });
  });
});
