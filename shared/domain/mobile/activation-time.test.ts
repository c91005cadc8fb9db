import { describe, expect, it } from 'vitest';
import { activationTime, isSwitchedOver } from './activation-time.ts';

const inTokyo = (local: string) => activationTime(Date.parse(`${local}+09:00`));

describe('activation of a number that was brought along', () => {
  it.each(['09:30:00', '12:00:00', '17:30:00', '17:30:59'])('asked for at %s it is on the same day', (time) => {
    expect(inTokyo(`2026-11-25T${time}`)).toEqual({ kind: 'same-day' });
  });

  it.each([
    ['2026-11-25T17:31:00', '2026-11-26'],
    ['2026-11-25T23:59:59', '2026-11-26'],
    ['2026-11-26T00:00:00', '2026-11-26'],
    ['2026-11-26T09:29:59', '2026-11-26'],
    ['2026-11-30T18:00:00', '2026-12-01'],
  ])('asked for at %s it comes in turn from 9:30 of %s', (at, on) => {
    expect(inTokyo(at)).toEqual({ kind: 'in-turn', on });
  });

  it('happens by itself on the last day of the reservation', () => {
    expect(['2026-11-30', '2026-12-01', '2026-12-02'].map((day) => isSwitchedOver('2026-12-01', day))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
