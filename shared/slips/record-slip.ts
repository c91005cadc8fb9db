import type { TFunction } from 'i18next';
import type { RecordWish } from '../central-api/record-changes.ts';
import { businessDate, businessTimeOfDay } from '../domain/business-time.ts';
import type { Language } from '../domain/language.ts';
import { groupPhoneNumber } from '../domain/phone-number.ts';
import { beside } from './beside.ts';
import type { Slip, SlipBlock } from './slip.ts';

export interface RecordSlipInput {
  readonly wish: RecordWish;
  readonly contactEmail: string | null;
  readonly customerName: string;
  /** Epoch ms, business clock. */
  readonly at: number;
  readonly terminal: {
    readonly code: string;
    readonly shopName: string;
    readonly shopPhone: string;
    readonly demo: boolean;
  };
  readonly language: Language;
  /** The customer's language, and Japanese. */
  readonly t: TFunction;
  readonly ja: TFunction;
}

/** What is on record from now on: the iTSCOM ID, or how the customer is reached. */
export function recordSlip(input: RecordSlipInput): Slip {
  const { wish, contactEmail, customerName, at, terminal, t, ja, language } = input;
  const both = (key: string): string => beside(t(key), ja(key), language);
  const row = (key: string, value: string, strong = false): SlipBlock => ({
    ...{ kind: 'row', label: both(key), value, strong },
  });
  const stamps = terminal.demo ? [...new Set([t('slips:demo-stamp'), ja('slips:demo-stamp')])] : [];
  const email = row('customer-record:email', contactEmail ?? both('customer-record:missing'));
  return {
    blocks: [
      ...stamps.map((text): SlipBlock => ({ kind: 'stamp', text })),
      { kind: 'title', text: both(`record-change:slip.${wish.kind}`) },
      row('customer-record:name', customerName, true),
      { kind: 'rule' },
      ...(wish.kind === 'id'
        ? [row('secrets:account.portal', wish.loginId, true), email]
        : [
            row('customer-record:daytime-phone', groupPhoneNumber(wish.daytimePhone)),
            email,
            row('customer-record:news', both(`customer-record:news-${wish.wantsNews}`)),
          ]),
      { kind: 'rule' },
      row('secrets:changed-at', `${businessDate(at)} ${businessTimeOfDay(at)}`),
      row('slips:shop', terminal.shopName),
      row('slips:terminal', terminal.code),
      row('slips:contact', terminal.shopPhone, true),
    ],
  };
}
