import { addDays, type BusinessDate, firstOfNextMonth, MIDNIGHT } from './business-time.ts';
import type { Offering } from './catalog.ts';
import type { Characteristics } from './characteristics.ts';

export interface EffectiveDates {
  /** 利用開始日 */
  readonly startsOn: BusinessDate;
  /** Of that day, `HH:MM`. */
  readonly startsAt: string;
  /** The first day for which the new fee is charged. */
  readonly feeFrom: BusinessDate;
}

/**
 * From when what was ordered holds, after the manual: option channels from 6:00 of the next day or month, charged from
 * the month in which viewing begins, or the one after it (p.62-63); a changed TV course from the next day (p.58);
 * everything charged from the month after completion (p.57, 76, 104).
 * @param completedOn business date of the order's completion
 */
export function effectiveDates(
  offering: Offering,
  characteristics: Characteristics,
  completedOn: BusinessDate,
): EffectiveDates {
  if (offering.type === 'tv-channel') {
    const startsOn = characteristics.start === 'next-month' ? firstOfNextMonth(completedOn) : addDays(completedOn, 1);
    const isLater = offering.feeFrom === 'month-after-start';
    return {
      startsOn,
      startsAt: startTime(offering),
      feeFrom: isLater ? firstOfNextMonth(startsOn) : `${startsOn.slice(0, 8)}01`,
    };
  }
  const startsOn = offering.type === 'tv-course' ? addDays(completedOn, 1) : completedOn;
  return { startsOn, startsAt: startTime(offering), feeFrom: firstOfNextMonth(completedOn) };
}

/** Channels can be watched from 6:00 (p.63). */
export const startTime = (offering: Offering | undefined): string =>
  offering?.type === 'tv-channel' ? '06:00' : MIDNIGHT;
