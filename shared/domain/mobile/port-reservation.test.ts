import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../business-time.ts';
import {
  isReservationOver,
  lastDayOfReservation,
  reservationNumberSchema,
  reservationProblem,
} from './port-reservation.ts';

const TODAY = '2026-11-25';

describe('MNP予約番号', () => {
  it.each([
    ['1234567890', true],
    ['123456789', false],
    ['12345678901', false],
    ['12345-7890', false],
    ['１２３４５６７８９０', false],
    ['', false],
  ])('%s: %s', (number, good) => {
    expect(reservationNumberSchema.safeParse(number).success).toBe(good);
  });

  it('counts the day of issue as the first of its 15 days', () => {
    expect(lastDayOfReservation('2026-11-17')).toBe('2026-12-01');
    expect(lastDayOfReservation('2028-02-20')).toBe('2028-03-05');
  });

  it.each([
    [-1, 'reservation-short'],
    [0, 'reservation-short'],
    [8, 'reservation-short'],
    [9, null],
    [14, null],
    [15, 'reservation-too-far'],
  ])('with %i days left: %s', (left, problem) => {
    expect(reservationProblem(addDays(TODAY, left), TODAY)).toBe(problem);
  });

  it('is good to the end of its last day', () => {
    expect(isReservationOver(TODAY, addDays(TODAY, -1))).toBe(false);
    expect(isReservationOver(TODAY, TODAY)).toBe(false);
    expect(isReservationOver(TODAY, addDays(TODAY, 1))).toBe(true);
  });

  it('is good for an application on the day of issue and the five days after it, on no other', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 20 }),
        (date, later) => {
          const issuedOn = date.toISOString().slice(0, 10);
          const problem = reservationProblem(lastDayOfReservation(issuedOn), addDays(issuedOn, later));
          expect(problem).toBe(later <= 5 ? null : 'reservation-short');
        },
      ),
    );
  });
});
