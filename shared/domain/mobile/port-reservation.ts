import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { addDays, type BusinessDate } from '../business-time.ts';

/** MNP予約番号 */
export const reservationNumberSchema = z.string().regex(/^\d{10}$/);

/** The day of issue is the first of these (p.92). */
export const RESERVATION_DAYS = 15;
/** Whole days that still follow the day of the application: what is left of that day itself isn't counted (p.95). */
export const RESERVATION_DAYS_LEFT = 9;

export function lastDayOfReservation(issuedOn: BusinessDate): BusinessDate {
  return addDays(issuedOn, RESERVATION_DAYS - 1);
}

/** Its last day is still good. */
export const isReservationOver = (expiresOn: BusinessDate, today: BusinessDate): boolean => expiresOn < today;

/** Why a number can't be brought along with this reservation. */
export type ReservationProblem = 'reservation-short' | 'reservation-too-far';

/** @param expiresOn the last day on which the reservation is good (MNP予約有効期限) */
export function reservationProblem(expiresOn: BusinessDate, today: BusinessDate): ReservationProblem | null {
  const left = Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(expiresOn), { largestUnit: 'days' }).days;
  if (left < RESERVATION_DAYS_LEFT) return 'reservation-short';
  // Issued today at the latest: a later end is a slip of the finger.
  return expiresOn > lastDayOfReservation(today) ? 'reservation-too-far' : null;
}
