import type { TFunction } from 'i18next';
import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import { createI18n } from '../../shared/locales/create-i18n.ts';
import en from '../../shared/locales/en/shop.json' with { type: 'json' };
import ja from '../../shared/locales/ja/shop.json' with { type: 'json' };
import ko from '../../shared/locales/ko/shop.json' with { type: 'json' };
import zh from '../../shared/locales/zh/shop.json' with { type: 'json' };

const translate = (language: Language, shop: object): TFunction =>
  createI18n(language, { shop }).getFixedT(language, 'shop');

export const pageTexts: Readonly<Record<Language, TFunction>> = {
  ja: translate('ja', ja),
  en: translate('en', en),
  zh: translate('zh', zh),
  ko: translate('ko', ko),
};

/** The first language of a browser's list that there is; Japanese where there is none. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  for (const code of wanted) {
    const found = LANGUAGES.find((language) => language === code);
    if (found !== undefined) return found;
  }
  return 'ja';
}
