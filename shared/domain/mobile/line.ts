import { z } from 'zod';

/** A household has at most so many lines, those on order included (p.96). */
export const MOBILE_LINES = ['1', '2', '3', '4', '5'] as const;

/** 回線番号: a mobile number without hyphens. */
export const lineNumberSchema = z.string().regex(/^0[6-9]0\d{8}$/);

/** As it may be on record: what was typed before was looked at less closely. */
export const iccidSchema = z.string().regex(/^[A-Z]{0,2}\d{16,20}$/);

/** On the SIM's card: 19 or 20 digits for international cards, shorter with letters before them as the operator prints it (p.98). */
export const isOnCard = (iccid: string): boolean => /^(?:[A-Z]{2}\d{16,18}|\d{19,20})$/.test(iccid);

/** 090-1234-5678 */
export function groupLineNumber(number: string): string {
  return `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`;
}
