import type { Language } from '../../../shared/domain/language.ts';
import en from './en.json';
import ja from './ja.json';
import ko from './ko.json';
import zh from './zh.json';

export type Texts = typeof ja;
const texts: Record<Language, Texts> = { ja, en, zh, ko };

/** An empty scene needs no words: the gallery is for the eye, in each of the four languages. */
export const textsOf = (language: Language): Texts => texts[language];

export const yen = (language: Language, amount: number, signed = false): string => {
  const figures = Math.abs(amount).toLocaleString('en');
  const sign = amount < 0 ? '−' : signed ? '＋' : '';
  return language === 'en' ? `${sign}¥${figures}` : `${sign}${figures}${unit[language]}`;
};
const unit = { ja: '円', zh: '日元', ko: '엔' } as const;
