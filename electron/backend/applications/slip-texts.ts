import type { TFunction } from 'i18next';
import type { Language } from '../../../shared/domain/language.ts';
import { createI18n } from '../../../shared/locales/create-i18n.ts';
import enNotices from '../../../shared/locales/en/notices.json';
import enPrices from '../../../shared/locales/en/prices.json';
import enProcedures from '../../../shared/locales/en/procedures.json';
import enSlips from '../../../shared/locales/en/slips.json';
import jaNotices from '../../../shared/locales/ja/notices.json';
import jaPrices from '../../../shared/locales/ja/prices.json';
import jaProcedures from '../../../shared/locales/ja/procedures.json';
import jaSlips from '../../../shared/locales/ja/slips.json';
import koNotices from '../../../shared/locales/ko/notices.json';
import koPrices from '../../../shared/locales/ko/prices.json';
import koProcedures from '../../../shared/locales/ko/procedures.json';
import koSlips from '../../../shared/locales/ko/slips.json';
import zhNotices from '../../../shared/locales/zh/notices.json';
import zhPrices from '../../../shared/locales/zh/prices.json';
import zhProcedures from '../../../shared/locales/zh/procedures.json';
import zhSlips from '../../../shared/locales/zh/slips.json';

const TEXTS = {
  ja: { notices: jaNotices, prices: jaPrices, procedures: jaProcedures, slips: jaSlips },
  en: { notices: enNotices, prices: enPrices, procedures: enProcedures, slips: enSlips },
  zh: { notices: zhNotices, prices: zhPrices, procedures: zhProcedures, slips: zhSlips },
  ko: { notices: koNotices, prices: koPrices, procedures: koProcedures, slips: koSlips },
} satisfies Record<Language, object>;

const made = new Map<Language, TFunction>();

/** The texts that a slip is made of. Making an instance takes as long as encoding a slip, so each is made once. */
export function slipTexts(language: Language): TFunction {
  const t = made.get(language) ?? createI18n(language, TEXTS[language]).t;
  made.set(language, t);
  return t;
}
