import { addDays, type BusinessDate, businessDate, businessTimeOfDay } from '../business-time.ts';

const OPENS = '09:30';
/** The last minute that still counts as within the hours. */
const CLOSES = '17:30';

/** When a number that was brought along will be on (p.101). */
export type ActivationTime =
  /** Within about two hours, the same day. */
  | { readonly kind: 'same-day' }
  /** In turn, from 9:30 of this day. */
  | { readonly kind: 'in-turn'; readonly on: BusinessDate };

/** @param askedAt epoch ms, corrected clock */
export function activationTime(askedAt: number): ActivationTime {
  const time = businessTimeOfDay(askedAt);
  if (time >= OPENS && time <= CLOSES) return { kind: 'same-day' };
  const today = businessDate(askedAt);
  return { kind: 'in-turn', on: time < OPENS ? today : addDays(today, 1) };
}

/** Whoever hasn't asked by the day before the reservation ends is switched over on its last day (p.95). */
export function isSwitchedOver(expiresOn: BusinessDate, today: BusinessDate): boolean {
  return today >= expiresOn;
}
