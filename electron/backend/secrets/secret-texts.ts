import type { TFunction } from 'i18next';
import type { Language } from '../../../shared/domain/language.ts';
import { createI18n } from '../../../shared/locales/create-i18n.ts';
import enOneTime from '../../../shared/locales/en/one-time.json';
import enSecrets from '../../../shared/locales/en/secrets.json';
import enSlips from '../../../shared/locales/en/slips.json';
import jaOneTime from '../../../shared/locales/ja/one-time.json';
import jaSecrets from '../../../shared/locales/ja/secrets.json';
import jaSlips from '../../../shared/locales/ja/slips.json';
import koOneTime from '../../../shared/locales/ko/one-time.json';
import koSecrets from '../../../shared/locales/ko/secrets.json';
import koSlips from '../../../shared/locales/ko/slips.json';
import zhOneTime from '../../../shared/locales/zh/one-time.json';
import zhSecrets from '../../../shared/locales/zh/secrets.json';
import zhSlips from '../../../shared/locales/zh/slips.json';

const TEXTS = {
  ja: { 'one-time': jaOneTime, secrets: jaSecrets, slips: jaSlips },
  en: { 'one-time': enOneTime, secrets: enSecrets, slips: enSlips },
  zh: { 'one-time': zhOneTime, secrets: zhSecrets, slips: zhSlips },
  ko: { 'one-time': koOneTime, secrets: koSecrets, slips: koSlips },
} satisfies Record<Language, object>;

/** The texts of a slip with a secret on it; so few are printed that each may have its own. */
export const secretTexts = (language: Language): TFunction => createI18n(language, TEXTS[language]).t;
