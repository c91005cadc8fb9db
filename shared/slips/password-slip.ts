import type { TFunction } from 'i18next';
import type { AccountKind } from '../domain/account.ts';
import { businessDate, businessTimeOfDay } from '../domain/business-time.ts';
import type { Language } from '../domain/language.ts';
import type { ReadCharacter } from '../domain/password-reading.ts';
import type { ChosenPassword } from '../domain/password-rule.ts';
import { beside } from './beside.ts';
import type { Slip, SlipBlock } from './slip.ts';

interface AccountSlipInput {
  readonly account: { readonly kind: AccountKind | ChosenPassword; readonly login: string };
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

export interface PasswordSlipInput extends AccountSlipInput {
  readonly password: string;
  readonly reading: readonly ReadCharacter[];
}

/** A password that central issued (パスワードのお知らせ). It goes to the printer and nowhere else. */
export function passwordSlip(input: PasswordSlipInput): Slip {
  const both = bothOf(input);
  return accountSlip(input, {
    title: 'secrets:slip.title',
    at: 'secrets:issued-at',
    matter: [
      { kind: 'secret', label: both('secrets:password'), value: input.password },
      {
        kind: 'reading',
        label: both('secrets:reading'),
        words: input.reading.map(({ kana, class: kind }) => ({ text: kana, underlined: kind === 'upper' })),
      },
      ...eachOf(input, 'secrets:underline-means'),
    ],
    end: [{ kind: 'space' }, ...eachOf(input, 'secrets:slip.care')],
  });
}

/** That a customer chose another password (パスワード変更の控え); which, they know. */
export function passwordChangedSlip(input: AccountSlipInput): Slip {
  return accountSlip(input, {
    title: 'secrets:slip.changed-title',
    at: 'secrets:changed-at',
    matter: eachOf(input, 'secrets:slip.changed-text'),
    end: [],
  });
}

function accountSlip(
  input: AccountSlipInput,
  texts: { title: string; at: string; matter: readonly SlipBlock[]; end: readonly SlipBlock[] },
): Slip {
  const { account, terminal, t, ja } = input;
  const both = bothOf(input);
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
      { kind: 'title', text: both(texts.title) },
      row(`secrets:account.${account.kind}`, account.login, true),
      { kind: 'rule' },
      ...texts.matter,
      { kind: 'rule' },
      row(texts.at, `${businessDate(input.at)} ${businessTimeOfDay(input.at)}`),
      row('slips:shop', terminal.shopName),
      row('slips:terminal', terminal.code),
      row('slips:contact', terminal.shopPhone, true),
      ...texts.end,
    ],
  };
}

const bothOf =
  ({ t, ja, language }: AccountSlipInput) =>
  (key: string): string =>
    beside(t(key), ja(key), language);

const eachOf = ({ t, ja }: AccountSlipInput, key: string): SlipBlock[] =>
  [...new Set([t(key), ja(key)])].map((text) => ({ kind: 'text', text }));
