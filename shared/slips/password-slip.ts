import type { TFunction } from 'i18next';
import type { Account } from '../domain/account.ts';
import { businessDate, businessTimeOfDay } from '../domain/business-time.ts';
import type { Language } from '../domain/language.ts';
import type { ReadCharacter } from '../domain/password-reading.ts';
import { beside } from './beside.ts';
import type { Slip, SlipBlock } from './slip.ts';

export interface PasswordSlipInput {
  readonly account: Pick<Account, 'kind' | 'login'>;
  readonly password: string;
  readonly reading: readonly ReadCharacter[];
  /** Epoch ms, business clock. */
  readonly issuedAt: number;
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

/** A password that central issued (パスワードのお知らせ). It goes to the printer and nowhere else. */
export function passwordSlip(input: PasswordSlipInput): Slip {
  const { account, terminal, language, t, ja } = input;
  const both = (key: string): string => beside(t(key), ja(key), language);
  const each = (key: string): SlipBlock[] => [...new Set([t(key), ja(key)])].map((text) => ({ kind: 'text', text }));
  const row = (key: string, value: string, strong = false): SlipBlock => ({
    kind: 'row',
    label: both(key),
    value,
    strong,
  });
  const stamps = terminal.demo ? [...new Set([t('slips:demo-stamp'), ja('slips:demo-stamp')])] : [];
  return {
    blocks: [
      ...stamps.map((text): SlipBlock => ({ kind: 'stamp', text })),
      { kind: 'title', text: both('secrets:slip.title') },
      row(`secrets:account.${account.kind}`, account.login, true),
      { kind: 'rule' },
      { kind: 'secret', label: both('secrets:password'), value: input.password },
      {
        kind: 'reading',
        label: both('secrets:reading'),
        words: input.reading.map(({ kana, class: kind }) => ({ text: kana, underlined: kind === 'upper' })),
      },
      ...each('secrets:underline-means'),
      { kind: 'rule' },
      row('secrets:issued-at', `${businessDate(input.issuedAt)} ${businessTimeOfDay(input.issuedAt)}`),
      row('slips:shop', terminal.shopName),
      row('slips:terminal', terminal.code),
      row('slips:contact', terminal.shopPhone, true),
      { kind: 'space' },
      { kind: 'text', text: t('secrets:slip.care') },
    ],
  };
}
