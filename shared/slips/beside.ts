import type { Language } from '../domain/language.ts';

export const BESIDE = ' / ';

/** The customer's words, and after them Japanese, so that the shop can read the slip too. */
export function beside(text: string, japanese: string, language: Language): string {
  return language === 'ja' || text === japanese ? text : `${text}${BESIDE}${japanese}`;
}
