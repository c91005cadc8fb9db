import { addDays, type BusinessDate } from './business-time.ts';

/** 一時保存: so many days after the day on which it was kept, to the end of that day. */
const KEPT_DAYS = 7;
/** So many at a time may wait for one customer. */
export const MOST_DRAFTS = 5;

const NUMBER_DIGITS = 10;
const FIGURES = 10 ** (NUMBER_DIGITS - 1);

export const lastDayOf = (keptOn: BusinessDate): BusinessDate => addDays(keptOn, KEPT_DAYS);

/**
 * 保存番号: what a slip says instead of the draft's id, ten digits with a check digit (ISO 7064 MOD 11,10). It opens
 * nothing: it only says which of the customer's own drafts is meant.
 */
export function draftNumber(id: string): string {
  const random = Number.parseInt(id.replaceAll('-', '').slice(-12), 16);
  const digits = String(random % FIGURES).padStart(NUMBER_DIGITS - 1, '0');
  return `${digits}${checkDigit(digits)}`;
}

/** 12345 67890 */
export const draftNumberGrouped = (number: string): string => `${number.slice(0, 5)} ${number.slice(5)}`;

/** However it is typed or read: full width, with spaces or hyphens. null: it is none, or one with a slip of the finger. */
export function draftNumberAsTyped(typed: string): string | null {
  const digits = typed.normalize('NFKC').replaceAll(/[\s\-‐-―−ー]/g, '');
  const isNumber = /^\d+$/.test(digits) && digits.length === NUMBER_DIGITS;
  return isNumber && digits.endsWith(checkDigit(digits.slice(0, -1))) ? digits : null;
}

function checkDigit(digits: string): string {
  let check = 10;
  for (const digit of digits) {
    const sum = (check + Number(digit)) % 10;
    check = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - check) % 10);
}
