import type { TFunction } from 'i18next';
import type { Language } from '../../shared/domain/language.ts';
import { createI18n } from '../../shared/locales/create-i18n.ts';
import enAccountMails from '../../shared/locales/en/account-mails.json' with { type: 'json' };
import enCodes from '../../shared/locales/en/codes.json' with { type: 'json' };
import enCustomerRecord from '../../shared/locales/en/customer-record.json' with { type: 'json' };
import enIdentity from '../../shared/locales/en/identity.json' with { type: 'json' };
import enMails from '../../shared/locales/en/mails.json' with { type: 'json' };
import enNotices from '../../shared/locales/en/notices.json' with { type: 'json' };
import enOneTime from '../../shared/locales/en/one-time.json' with { type: 'json' };
import enOneTimePage from '../../shared/locales/en/one-time-page.json' with { type: 'json' };
import enPhone from '../../shared/locales/en/phone.json' with { type: 'json' };
import enPhonePage from '../../shared/locales/en/phone-page.json' with { type: 'json' };
import enPrices from '../../shared/locales/en/prices.json' with { type: 'json' };
import enProcedures from '../../shared/locales/en/procedures.json' with { type: 'json' };
import enSlips from '../../shared/locales/en/slips.json' with { type: 'json' };
import jaAccountMails from '../../shared/locales/ja/account-mails.json' with { type: 'json' };
import jaCodes from '../../shared/locales/ja/codes.json' with { type: 'json' };
import jaCustomerRecord from '../../shared/locales/ja/customer-record.json' with { type: 'json' };
import jaIdentity from '../../shared/locales/ja/identity.json' with { type: 'json' };
import jaMails from '../../shared/locales/ja/mails.json' with { type: 'json' };
import jaNotices from '../../shared/locales/ja/notices.json' with { type: 'json' };
import jaOneTime from '../../shared/locales/ja/one-time.json' with { type: 'json' };
import jaOneTimePage from '../../shared/locales/ja/one-time-page.json' with { type: 'json' };
import jaPhone from '../../shared/locales/ja/phone.json' with { type: 'json' };
import jaPhonePage from '../../shared/locales/ja/phone-page.json' with { type: 'json' };
import jaPrices from '../../shared/locales/ja/prices.json' with { type: 'json' };
import jaProcedures from '../../shared/locales/ja/procedures.json' with { type: 'json' };
import jaSlips from '../../shared/locales/ja/slips.json' with { type: 'json' };
import koAccountMails from '../../shared/locales/ko/account-mails.json' with { type: 'json' };
import koCodes from '../../shared/locales/ko/codes.json' with { type: 'json' };
import koCustomerRecord from '../../shared/locales/ko/customer-record.json' with { type: 'json' };
import koIdentity from '../../shared/locales/ko/identity.json' with { type: 'json' };
import koMails from '../../shared/locales/ko/mails.json' with { type: 'json' };
import koNotices from '../../shared/locales/ko/notices.json' with { type: 'json' };
import koOneTime from '../../shared/locales/ko/one-time.json' with { type: 'json' };
import koOneTimePage from '../../shared/locales/ko/one-time-page.json' with { type: 'json' };
import koPhone from '../../shared/locales/ko/phone.json' with { type: 'json' };
import koPhonePage from '../../shared/locales/ko/phone-page.json' with { type: 'json' };
import koPrices from '../../shared/locales/ko/prices.json' with { type: 'json' };
import koProcedures from '../../shared/locales/ko/procedures.json' with { type: 'json' };
import koSlips from '../../shared/locales/ko/slips.json' with { type: 'json' };
import zhAccountMails from '../../shared/locales/zh/account-mails.json' with { type: 'json' };
import zhCodes from '../../shared/locales/zh/codes.json' with { type: 'json' };
import zhCustomerRecord from '../../shared/locales/zh/customer-record.json' with { type: 'json' };
import zhIdentity from '../../shared/locales/zh/identity.json' with { type: 'json' };
import zhMails from '../../shared/locales/zh/mails.json' with { type: 'json' };
import zhNotices from '../../shared/locales/zh/notices.json' with { type: 'json' };
import zhOneTime from '../../shared/locales/zh/one-time.json' with { type: 'json' };
import zhOneTimePage from '../../shared/locales/zh/one-time-page.json' with { type: 'json' };
import zhPhone from '../../shared/locales/zh/phone.json' with { type: 'json' };
import zhPhonePage from '../../shared/locales/zh/phone-page.json' with { type: 'json' };
import zhPrices from '../../shared/locales/zh/prices.json' with { type: 'json' };
import zhProcedures from '../../shared/locales/zh/procedures.json' with { type: 'json' };
import zhSlips from '../../shared/locales/zh/slips.json' with { type: 'json' };

const TEXTS = {
  ja: {
    'account-mails': jaAccountMails,
    codes: jaCodes,
    'customer-record': jaCustomerRecord,
    identity: jaIdentity,
    mails: jaMails,
    notices: jaNotices,
    'one-time': jaOneTime,
    'one-time-page': jaOneTimePage,
    phone: jaPhone,
    'phone-page': jaPhonePage,
    prices: jaPrices,
    procedures: jaProcedures,
    slips: jaSlips,
  },
  en: {
    'account-mails': enAccountMails,
    codes: enCodes,
    'customer-record': enCustomerRecord,
    identity: enIdentity,
    mails: enMails,
    notices: enNotices,
    'one-time': enOneTime,
    'one-time-page': enOneTimePage,
    phone: enPhone,
    'phone-page': enPhonePage,
    prices: enPrices,
    procedures: enProcedures,
    slips: enSlips,
  },
  zh: {
    'account-mails': zhAccountMails,
    codes: zhCodes,
    'customer-record': zhCustomerRecord,
    identity: zhIdentity,
    mails: zhMails,
    notices: zhNotices,
    'one-time': zhOneTime,
    'one-time-page': zhOneTimePage,
    phone: zhPhone,
    'phone-page': zhPhonePage,
    prices: zhPrices,
    procedures: zhProcedures,
    slips: zhSlips,
  },
  ko: {
    'account-mails': koAccountMails,
    codes: koCodes,
    'customer-record': koCustomerRecord,
    identity: koIdentity,
    mails: koMails,
    notices: koNotices,
    'one-time': koOneTime,
    'one-time-page': koOneTimePage,
    phone: koPhone,
    'phone-page': koPhonePage,
    prices: koPrices,
    procedures: koProcedures,
    slips: koSlips,
  },
} satisfies Record<Language, object>;

const made = new Map<Language, TFunction>();

/** The texts that a mail is made of; those of prices and changes are the slip's, so that both say the same. */
export function mailTexts(language: Language): TFunction {
  const t = made.get(language) ?? createI18n(language, TEXTS[language]).t;
  made.set(language, t);
  return t;
}
