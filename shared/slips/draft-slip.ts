import type { TFunction } from 'i18next';
import type { BusinessDate } from '../domain/business-time.ts';
import { draftNumber, draftNumberGrouped } from '../domain/kept-draft.ts';
import type { Language } from '../domain/language.ts';
import { beside } from './beside.ts';
import type { Slip, SlipBlock } from './slip.ts';

export interface DraftSlipInput {
  readonly draftId: string;
  readonly procedureId: string;
  readonly expiresOn: BusinessDate;
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

/** 一時保存の控え: which of the customer's drafts it is, how to go on with it and until when. Nothing of who, or what was answered. */
export function draftSlip(input: DraftSlipInput): Slip {
  const { draftId, procedureId, expiresOn, terminal, language, t, ja } = input;
  const both = (key: string): string => beside(t(key), ja(key), language);
  const each = (key: string): SlipBlock[] => [...new Set([t(key), ja(key)])].map((text) => ({ kind: 'text', text }));
  const row = (key: string, value: string, strong = false): SlipBlock => ({
    ...{ kind: 'row', label: both(key), value, strong },
  });
  const stamps = terminal.demo ? [...new Set([t('slips:demo-stamp'), ja('slips:demo-stamp')])] : [];
  const number = draftNumber(draftId);
  return {
    blocks: [
      ...stamps.map((text): SlipBlock => ({ kind: 'stamp', text })),
      { kind: 'title', text: both('kept-drafts:slip.title') },
      { kind: 'heading', text: both(`procedures:${procedureId}.title`) },
      ...each('kept-drafts:slip.not-applied'),
      { kind: 'number', label: both('kept-drafts:number'), value: draftNumberGrouped(number) },
      row('kept-drafts:slip.until', expiresOn, true),
      { kind: 'rule' },
      { kind: 'heading', text: both('kept-drafts:slip.how-title') },
      ...each('kept-drafts:slip.how'),
      { kind: 'qr', payload: number, caption: '' },
      ...each('kept-drafts:slip.prices'),
      { kind: 'rule' },
      row('slips:shop', terminal.shopName),
      row('slips:terminal', terminal.code),
      row('slips:contact', terminal.shopPhone),
    ],
  };
}
