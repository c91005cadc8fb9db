import { groupLineNumber, lineNumberSchema } from './mobile/line.ts';

const TWO_DIGIT_AREA = /^(0[36])(\d{4})(\d{4})$/;

/** With hyphens where one can tell where they belong: mobile numbers, Tokyo and Osaka. Other area codes differ in length. */
export function groupPhoneNumber(digits: string): string {
  if (lineNumberSchema.safeParse(digits).success) return groupLineNumber(digits);
  return digits.replace(TWO_DIGIT_AREA, '$1-$2-$3');
}
