import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { BUSINESS_ZONE } from './business-zone.ts';

export { BUSINESS_ZONE };

/** `YYYY-MM-DD` in Tokyo. */
export const businessDateSchema = z.iso.date();
export type BusinessDate = z.infer<typeof businessDateSchema>;

/** Milliseconds since the epoch, by the business clock (never by the system clock that serves timers and tokens). */
export type BusinessClock = () => number;

export function businessDate(epochMs: number): BusinessDate {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(BUSINESS_ZONE).toPlainDate().toString();
}

/** The day's first instant in Tokyo, ISO 8601. */
export function startOfDay(date: BusinessDate): string {
  return timeOn(date, MIDNIGHT);
}

export const MIDNIGHT = '00:00';

/** @param time `HH:MM`, in Tokyo */
export function timeOn(date: BusinessDate, time: string): string {
  return `${date}T${time}:00+09:00`;
}

/** Hours and minutes in Tokyo, `HH:MM`. */
export function businessTimeOfDay(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs)
    .toZonedDateTimeISO(BUSINESS_ZONE)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}

const MINUTE = 60_000;

/** The instant at which its minute began. */
export function wholeMinute(epochMs: number): number {
  return epochMs - (epochMs % MINUTE);
}

/** Whole months between the month of `from` and the month of `to`; days do not count. */
export function monthsBetween(from: BusinessDate, to: BusinessDate): number {
  return Temporal.PlainDate.from(from).toPlainYearMonth().until(Temporal.PlainDate.from(to).toPlainYearMonth(), {
    largestUnit: 'months',
  }).months;
}

export function addMonths(date: BusinessDate, months: number): BusinessDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

export function addDays(date: BusinessDate, days: number): BusinessDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

export function firstOfNextMonth(date: BusinessDate): BusinessDate {
  return Temporal.PlainDate.from(date).with({ day: 1 }).add({ months: 1 }).toString();
}
