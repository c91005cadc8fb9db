import type { TFunction } from 'i18next';
import type { Language } from '../../../shared/domain/language.ts';
import { createI18n } from '../../../shared/locales/create-i18n.ts';
import enDrafts from '../../../shared/locales/en/kept-drafts.json';
import enProcedures from '../../../shared/locales/en/procedures.json';
import enSlips from '../../../shared/locales/en/slips.json';
import jaDrafts from '../../../shared/locales/ja/kept-drafts.json';
import jaProcedures from '../../../shared/locales/ja/procedures.json';
import jaSlips from '../../../shared/locales/ja/slips.json';
import koDrafts from '../../../shared/locales/ko/kept-drafts.json';
import koProcedures from '../../../shared/locales/ko/procedures.json';
import koSlips from '../../../shared/locales/ko/slips.json';
import zhDrafts from '../../../shared/locales/zh/kept-drafts.json';
import zhProcedures from '../../../shared/locales/zh/procedures.json';
import zhSlips from '../../../shared/locales/zh/slips.json';

const TEXTS = {
  ja: { 'kept-drafts': jaDrafts, procedures: jaProcedures, slips: jaSlips },
  en: { 'kept-drafts': enDrafts, procedures: enProcedures, slips: enSlips },
  zh: { 'kept-drafts': zhDrafts, procedures: zhProcedures, slips: zhSlips },
  ko: { 'kept-drafts': koDrafts, procedures: koProcedures, slips: koSlips },
} satisfies Record<Language, object>;

/** The texts of the slip of a kept draft. */
export const draftTexts = (language: Language): TFunction => createI18n(language, TEXTS[language]).t;
