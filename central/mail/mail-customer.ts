import type { TFunction } from 'i18next';
import type { AccountKind } from '../../shared/domain/account.ts';
import { businessDate, businessTimeOfDay } from '../../shared/domain/business-time.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { ChosenPassword } from '../../shared/domain/password-rule.ts';
import type { Clocks } from '../ports.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { queueMail } from './mail-store.ts';
import { mailTexts } from './mail-texts.ts';

/** What a customer is told of that is no application. Never the secret itself. */
export interface AccountNews {
  readonly news:
    | 'password-issued'
    | 'password-changed'
    | 'id-registered'
    | 'cable-id-added'
    | 'id-changed'
    | 'contact-changed';
  readonly about: string;
  readonly place: number;
  readonly customerNumber: string;
  /** Where it was done. */
  readonly terminal: string;
  readonly language: Language;
  readonly account: { readonly kind: AccountKind | ChosenPassword; readonly login: string } | ChangedContact;
}

/** What is another than it was; null: the same. */
interface ChangedContact {
  readonly kind: 'contact';
  readonly email: string | null;
  readonly daytimePhone: string | null;
  readonly wantsNews: boolean | null;
}

export type MailCustomer = (transaction: DatabaseTransaction, news: AccountNews) => Promise<void>;

export function createMailCustomer(context: {
  readonly clocks: Clocks;
  readonly demo: boolean;
  readonly shopOf: (
    transaction: DatabaseTransaction,
    terminalCode: string,
  ) => Promise<{ readonly name: string; readonly phone: string } | null>;
}): MailCustomer {
  const { clocks, demo, shopOf } = context;
  return async (transaction, { news, about, place, customerNumber, terminal, language, account }) => {
    const customer = await transaction
      .selectFrom('customers')
      .select(['full_name', 'contact_email'])
      .where('number', '=', customerNumber)
      .executeTakeFirstOrThrow();
    const shop = await shopOf(transaction, terminal);
    const t = mailTexts(language);
    const row = rowIn(t);
    const now = clocks.business();
    const paragraphs = [
      ...(demo ? [t('mails:demo')] : []),
      t('mails:greeting', { name: customer.full_name }),
      t(`account-mails:${news}.lead`),
      [
        ...accountRows(t, account),
        row(t('account-mails:done-at'), `${businessDate(now)} ${businessTimeOfDay(now)}`),
        ...(shop === null ? [] : [row(t('slips:shop'), shop.name)]),
      ].join('\n'),
      t(`account-mails:${news}.care`),
      ...(shop === null ? [] : [row(t('slips:contact'), shop.phone)]),
      t('mails:footer'),
    ];
    await queueMail(transaction, clocks, {
      about,
      place,
      kind: news,
      language,
      customerNumber,
      to: customer.contact_email,
      subject: t(`account-mails:${news}.subject`),
      body: `${paragraphs.join('\n\n')}\n`,
    });
  };
}

const rowIn =
  (t: TFunction) =>
  (label: string, value: string): string =>
    t('mails:row', { label, value });

/** Of a phone only its end: the mail may go to where somebody else reads it. */
function accountRows(t: TFunction, account: AccountNews['account']): string[] {
  const row = rowIn(t);
  if (account.kind !== 'contact') return [row(t(`account-mails:account.${account.kind}`), account.login)];
  const { email, daytimePhone, wantsNews } = account;
  const ending = t('account-mails:phone-ending', { lastFour: daytimePhone?.slice(-4) });
  return [
    ...(email === null ? [] : [row(t('customer-record:email'), email)]),
    ...(daytimePhone === null ? [] : [row(t('customer-record:daytime-phone'), ending)]),
    ...(wantsNews === null ? [] : [row(t('customer-record:news'), t(`customer-record:news-${wantsNews}`))]),
  ];
}
