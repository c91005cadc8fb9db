import type { TFunction } from 'i18next';
import { businessDate, businessTimeOfDay } from '../domain/business-time.ts';
import type { Language } from '../domain/language.ts';
import { oneTimeGrouped } from '../domain/one-time-password.ts';
import type { ReadCharacter } from '../domain/password-reading.ts';
import { beside } from './beside.ts';
import type { Slip, SlipBlock } from './slip.ts';

export interface OneTimeSlipInput {
  readonly password: string;
  readonly reading: readonly ReadCharacter[];
  /** Central's page that redeems it. */
  readonly page: string;
  /** Epoch ms, business clock. */
  readonly until: number;
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

/** Behind `#`, which no browser sends anywhere. */
export const oneTimeLink = (page: string, language: Language, password: string): string =>
  `${page}?lang=${language}#${password}`;

/** ワンタイムパスワード. It goes to the printer and nowhere else. */
export function oneTimeSlip(input: OneTimeSlipInput): Slip {
  const { password, reading, page, until, terminal, language, t, ja } = input;
  const both = (key: string): string => beside(t(key), ja(key), language);
  const each = (key: string): SlipBlock[] => [...new Set([t(key), ja(key)])].map((text) => ({ kind: 'text', text }));
  const row = (key: string, value: string): SlipBlock => ({ kind: 'row', label: both(key), value, strong: true });
  const stamps = terminal.demo ? [...new Set([t('slips:demo-stamp'), ja('slips:demo-stamp')])] : [];
  return {
    blocks: [
      ...stamps.map((text): SlipBlock => ({ kind: 'stamp', text })),
      { kind: 'title', text: both('one-time:slip.title') },
      ...each('one-time:slip.lead'),
      { kind: 'rule' },
      { kind: 'secret', label: both('one-time:password'), value: oneTimeGrouped(password) },
      {
        kind: 'reading',
        label: both('secrets:reading'),
        words: reading.map(({ kana }) => ({ text: kana, underlined: false })),
      },
      row('one-time:slip.until', `${businessDate(until)} ${businessTimeOfDay(until)}`),
      { kind: 'rule' },
      { kind: 'heading', text: both('one-time:slip.phone') },
      ...each('one-time:slip.phone-how'),
      { kind: 'text', text: page },
      { kind: 'qr', payload: oneTimeLink(page, language, password), caption: '' },
      { kind: 'heading', text: both('one-time:slip.kiosk') },
      ...each('one-time:slip.kiosk-how'),
      { kind: 'rule' },
      row('slips:shop', terminal.shopName),
      row('slips:terminal', terminal.code),
      row('slips:contact', terminal.shopPhone),
      { kind: 'space' },
      ...each('one-time:slip.care'),
    ],
  };
}
