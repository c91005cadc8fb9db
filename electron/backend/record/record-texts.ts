import type { TFunction } from 'i18next';
import type { Language } from '../../../shared/domain/language.ts';
import { createI18n } from '../../../shared/locales/create-i18n.ts';
import enRecord from '../../../shared/locales/en/customer-record.json';
import enChange from '../../../shared/locales/en/record-change.json';
import enSecrets from '../../../shared/locales/en/secrets.json';
import enSlips from '../../../shared/locales/en/slips.json';
import jaRecord from '../../../shared/locales/ja/customer-record.json';
import jaChange from '../../../shared/locales/ja/record-change.json';
import jaSecrets from '../../../shared/locales/ja/secrets.json';
import jaSlips from '../../../shared/locales/ja/slips.json';
import koRecord from '../../../shared/locales/ko/customer-record.json';
import koChange from '../../../shared/locales/ko/record-change.json';
import koSecrets from '../../../shared/locales/ko/secrets.json';
import koSlips from '../../../shared/locales/ko/slips.json';
import zhRecord from '../../../shared/locales/zh/customer-record.json';
import zhChange from '../../../shared/locales/zh/record-change.json';
import zhSecrets from '../../../shared/locales/zh/secrets.json';
import zhSlips from '../../../shared/locales/zh/slips.json';

const TEXTS = {
  ja: { 'customer-record': jaRecord, 'record-change': jaChange, secrets: jaSecrets, slips: jaSlips },
  en: { 'customer-record': enRecord, 'record-change': enChange, secrets: enSecrets, slips: enSlips },
  zh: { 'customer-record': zhRecord, 'record-change': zhChange, secrets: zhSecrets, slips: zhSlips },
  ko: { 'customer-record': koRecord, 'record-change': koChange, secrets: koSecrets, slips: koSlips },
} satisfies Record<Language, object>;

/** The texts of a slip that says what is on record now. */
export const recordTexts = (language: Language): TFunction => createI18n(language, TEXTS[language]).t;
