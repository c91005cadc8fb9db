/** Digits only: they are typed on any keyboard, and read out alike in every language. */
export const ONE_TIME_DIGITS = 12;
/** The first ones say which it is, so that its tries can be counted; the others are the secret. */
export const ONE_TIME_NUMBER_DIGITS = 5;
/** As much of what is typed is looked at. */
export const ONE_TIME_TYPED_MOST = 60;
const GROUP = /\d{4}(?=\d)/g;

/** @param pick a number from 0 up to, without, the one given; must be unpredictable */
export function makeOneTimePassword(pick: (below: number) => number): string {
  return Array.from({ length: ONE_TIME_DIGITS }, () => pick(10)).join('');
}

export const oneTimeNumber = (password: string): string => password.slice(0, ONE_TIME_NUMBER_DIGITS);

/** 1234 5678 9012 */
export const oneTimeGrouped = (password: string): string => password.replaceAll(GROUP, '$& ');

/** However it is typed: full width, with spaces or hyphens. null: it is none. */
export function oneTimeAsTyped(typed: string): string | null {
  if (typed.length > ONE_TIME_TYPED_MOST) return null;
  const digits = typed.normalize('NFKC').replaceAll(/[\s\-‐-―−ー]/g, '');
  return /^\d+$/.test(digits) && digits.length === ONE_TIME_DIGITS ? digits : null;
}
