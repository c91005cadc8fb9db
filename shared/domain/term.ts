import { type BusinessDate, monthsBetween } from './business-time.ts';

export interface Term {
  readonly startsOn: BusinessDate;
  readonly months: number;
}

/**
 * Whether the term may be left free of charge on that day. A term of n months that began in month 1 renews itself;
 * its renewal month is month n + 1, which is also the first month of the next term.
 * @param monthsAfterRenewal how many months after the renewal month are free too (2 for 2-year courses, p.77; 0 for bundles, p.55)
 */
export function isFreeToLeave(term: Term, on: BusinessDate, monthsAfterRenewal: number): boolean {
  const elapsed = monthsBetween(term.startsOn, on);
  return elapsed >= term.months && elapsed % term.months <= monthsAfterRenewal;
}
