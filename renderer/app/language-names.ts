import en from '../../shared/locales/en/greeting.json';
import ja from '../../shared/locales/ja/greeting.json';
import ko from '../../shared/locales/ko/greeting.json';
import zh from '../../shared/locales/zh/greeting.json';
import type { Language } from '../../shared/domain/language.ts';

/** The greeting is the one screen that speaks all languages at once. */
export const greetings = { ja, en, zh, ko } satisfies Record<Language, typeof ja>;

/** Each language's own name for itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  ja: ja.language,
  en: en.language,
  zh: zh.language,
  ko: ko.language,
};
