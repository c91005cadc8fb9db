import { Temporal } from 'temporal-polyfill';
import type { BusinessDate } from '../business-time.ts';
import { ERAS } from './eras.ts';

type Era = (typeof ERAS)[number];

const WESTERN =
  /^(?<year>\d{4})(?:(?<month>\d{2})(?<day>\d{2})|[年/.-](?<shortMonth>\d{1,2})[月/.-](?<shortDay>\d{1,2})日?)$/;
const JAPANESE =
  /^(?<era>大正|昭和|平成|令和|[TSHR])(?:(?<year>\d{2})(?<month>\d{2})(?<day>\d{2})|(?<shortYear>元|\d{1,2})[年/.-](?<shortMonth>\d{1,2})[月/.-](?<shortDay>\d{1,2})日?)$/;

/** A day as people write it: 1990-04-01, 19900401, 1990年4月1日, 平成2年4月1日, H020401. null: there is no such day. */
export function readDate(typed: string): BusinessDate | null {
  const text = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const western = WESTERN.exec(text)?.groups;
  if (western !== undefined) return dayOf(Number(western['year']), western);
  const japanese = JAPANESE.exec(text)?.groups;
  const era = ERAS.find(({ name, letter }) => [name, letter].some((one) => one === japanese?.['era']));
  if (japanese === undefined || era === undefined) return null;
  return inEra(era, dayOf(yearOf(era, japanese['year'] ?? japanese['shortYear'] ?? ''), japanese));
}

const FIRST = /^元$/;

function yearOf(era: Era, written: string): number {
  const count = FIRST.test(written) ? 1 : Number(written);
  return Number(era.from.slice(0, 4)) + count - 1;
}

const inEra = ({ from, until }: Era, day: BusinessDate | null): BusinessDate | null =>
  day !== null && day >= from && day <= until ? day : null;

function dayOf(year: number, parts: Readonly<Record<string, string | undefined>>): BusinessDate | null {
  const month = Number(parts['month'] ?? parts['shortMonth']);
  const day = Number(parts['day'] ?? parts['shortDay']);
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
