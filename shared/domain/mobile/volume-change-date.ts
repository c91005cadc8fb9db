import { addMonths, type BusinessDate, firstOfNextMonth } from '../business-time.ts';

/** Whoever orders on this day of a month or before has the new volume from the next month (p.99). */
const LAST_DAY_FOR_NEXT_MONTH = 25;

/** From when a changed data volume holds. @param appliedOn the day in Tokyo, by the corrected clock */
export function volumeChangesOn(appliedOn: BusinessDate): BusinessDate {
  const next = firstOfNextMonth(appliedOn);
  return Number(appliedOn.slice(8)) <= LAST_DAY_FOR_NEXT_MONTH ? next : addMonths(next, 1);
}
