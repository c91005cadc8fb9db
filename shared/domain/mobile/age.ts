import { Temporal } from 'temporal-polyfill';
import type { BusinessDate } from '../business-time.ts';

/** Adults contract; younger people may use a line that an adult contracts (p.95). */
export const CONTRACTOR_AGE = 18;
/** Web filtering is the rule for users below it (p.91). */
export const UNFILTERED_AGE = 18;

/** Completed years of life. Who is born on February 29 completes them with February 28. */
export function ageOn(bornOn: BusinessDate, today: BusinessDate): number {
  return Temporal.PlainDate.from(bornOn).until(Temporal.PlainDate.from(today), { largestUnit: 'years' }).years;
}

export const mayContract = (bornOn: BusinessDate, today: BusinessDate): boolean =>
  ageOn(bornOn, today) >= CONTRACTOR_AGE;
export const needsFiltering = (bornOn: BusinessDate, today: BusinessDate): boolean =>
  ageOn(bornOn, today) < UNFILTERED_AGE;
