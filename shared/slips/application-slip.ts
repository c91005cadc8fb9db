import type { TFunction } from 'i18next';
import type { ApplicationState } from '../contract/events.ts';
import { businessDate, businessTimeOfDay } from '../domain/business-time.ts';
import { cantHappen } from '../domain/cant-happen.ts';
import { type Catalog, findOffering } from '../domain/catalog.ts';
import type { Language } from '../domain/language.ts';
import { noticeValues } from '../domain/notices.ts';
import { chargesNothing, countAlike, isChanged, type Quote, type QuoteLine } from '../domain/quote.ts';
import { beside } from './beside.ts';
import { hasNoMonthlyFee, sideDetails } from './side-details.ts';
import type { Slip, SlipBlock } from './slip.ts';

export interface ApplicationSlipInput {
  readonly procedureId: string;
  readonly receiptNumber: string;
  readonly state: ApplicationState;
  /** Epoch ms, corrected business clock. */
  readonly capturedAt: number;
  readonly quote: Quote;
  readonly catalog: Catalog;
  readonly terms: readonly { readonly title: string; readonly version: string }[];
  readonly terminal: {
    readonly code: string;
    readonly shopName: string;
    readonly shopPhone: string;
    readonly demo: boolean;
  };
  /** null: it is the first. Its number among those printed again, and when (epoch ms, business clock). */
  readonly reprint: { readonly number: number; readonly at: number } | null;
  readonly language: Language;
  /** The customer's language, and Japanese, which stands beside it so that the shop can read the slip too. */
  readonly t: TFunction;
  readonly ja: TFunction;
}

/** The customer's copy of an application (お申込み控え). */
export function applicationSlip(input: ApplicationSlipInput): Slip {
  const { quote, terminal, t } = input;
  const both = (key: string): string => beside(t(key), input.ja(key), input.language);
  const stamp = stampOf(input.state);
  const blocks: SlipBlock[] = [
    ...(terminal.demo ? stampBlocks(input, 'slips:demo-stamp') : []),
    ...(input.reprint === null ? [] : stampBlocks(input, 'slips:reprint-stamp')),
    ...(stamp === null ? [] : stampBlocks(input, `slips:${stamp}-stamp`)),
    { kind: 'title', text: both('slips:title') },
    { kind: 'number', label: both('slips:receipt-number'), value: input.receiptNumber },
    { kind: 'text', text: t(`slips:${stamp ?? 'accepted'}-text`) },
    { kind: 'rule' },
    { kind: 'heading', text: both('slips:applied-for') },
    { kind: 'text', text: both(`procedures:${input.procedureId}.title`) },
    ...(chargesNothing(quote) ? [] : priceBlocks(input, both)),
    ...noticeBlocks(input, both),
    ...termsBlocks(input, both),
    { kind: 'rule' },
    {
      kind: 'row',
      label: both('slips:applied-at'),
      value: momentText(input.capturedAt),
      strong: false,
    },
    ...(input.reprint === null ? [] : [reprintRow(input.reprint, both, t)]),
    { kind: 'row', label: both('slips:shop'), value: terminal.shopName, strong: false },
    { kind: 'row', label: both('slips:terminal'), value: terminal.code, strong: false },
    { kind: 'row', label: both('slips:contact'), value: terminal.shopPhone, strong: true },
    { kind: 'space' },
    { kind: 'text', text: t('slips:keep') },
  ];
  return { blocks };
}

const momentText = (epochMs: number): string => `${businessDate(epochMs)} ${businessTimeOfDay(epochMs)}`;

function reprintRow({ number, at }: { number: number; at: number }, both: Both, t: TFunction): SlipBlock {
  const value = t('slips:reprint-value', { number, at: momentText(at) });
  return { kind: 'row', label: both('slips:reprint'), value, strong: true };
}

/** Each language on a stamp of its own: at double size both would not fit on one line. */
function stampBlocks(input: ApplicationSlipInput, key: string): SlipBlock[] {
  const texts = [...new Set([input.t(key), input.ja(key)])];
  return texts.map((text) => ({ kind: 'stamp', text }));
}

function stampOf(state: ApplicationState): 'provisional' | 'held' | 'rejected' | null {
  switch (state) {
    case 'queued':
    case 'sending':
      return 'provisional';
    case 'held':
      return 'held';
    case 'rejected':
    case 'withdrawn':
      return 'rejected';
    case 'accepted':
      return null;
    default:
      return cantHappen(state);
  }
}

type Both = (key: string) => string;

function priceBlocks(input: ApplicationSlipInput, both: Both): SlipBlock[] {
  const start = input.t(`prices:fee-start.${input.quote.feeStart}`);
  return [
    ...changeBlocks(input, both),
    ...totalBlocks(input, both),
    ...onceBlocks(input, both),
    { kind: 'row', label: both('slips:fee-start'), value: start, strong: false },
  ];
}

function changeBlocks(input: ApplicationSlipInput, both: Both): SlipBlock[] {
  const lines = changedLines(input.quote);
  if (lines.length === 0) return [];
  return [
    { kind: 'heading', text: both('slips:changes') },
    ...countAlike(lines).flatMap(({ line, count }) => [
      // What is only added takes the place of nothing.
      ...(line.before === null ? [] : [sideRow(input, '-', line.before, count)]),
      sideRow(input, line.before === null ? '+' : '→', line.after, count),
    ]),
  ];
}

function sideRow(input: ApplicationSlipInput, mark: string, side: QuoteLine['after'], count: number): SlipBlock {
  const name = nameOf(input, side);
  const label = count === 1 ? name : input.t('prices:several', { name, count });
  return { kind: 'row', label: `${mark} ${label}`, value: priceOf(input, side, count), strong: mark !== '-' };
}

function changedLines(quote: Quote): readonly QuoteLine[] {
  return quote.kind === 'later' ? quote.knownLines : quote.groups.flatMap((group) => group.lines).filter(isChanged);
}

function nameOf({ catalog, language, t }: ApplicationSlipInput, side: QuoteLine['before']): string {
  if (side === null) return t('slips:nothing');
  const offering = findOffering(catalog, side.offeringId);
  const name = offering === undefined ? side.offeringId : beside(offering.name[language], offering.name.ja, language);
  const details = sideDetails(side, t, (date) => date);
  return details === '' ? name : t('prices:with-provision', { name, provision: details });
}

function priceOf({ catalog, t }: ApplicationSlipInput, side: QuoteLine['before'], count: number): string {
  if (side === null) return '-';
  if (findOffering(catalog, side.offeringId)?.type === 'energy') return t('prices:by-use');
  if (hasNoMonthlyFee(side)) return t('prices:no-monthly');
  if (side.period === undefined) return t('slips:per-month', { amount: grouped(side.yen * count) });
  return t('slips:per-period', { amount: grouped(side.period.yen), months: side.period.months });
}

function totalBlocks(input: ApplicationSlipInput, both: Both): SlipBlock[] {
  const { quote, t } = input;
  const yen = (amount: number): string => t('slips:yen', { amount: grouped(amount) });
  const current: SlipBlock[] =
    quote.currentTotalYen === null
      ? []
      : [{ kind: 'row', label: both('slips:current-total'), value: yen(quote.currentTotalYen), strong: false }];
  const rule: SlipBlock = { kind: 'rule' };
  switch (quote.kind) {
    case 'total':
      return [
        rule,
        ...current,
        { kind: 'row', label: both('slips:new-total'), value: yen(quote.newTotalYen), strong: true },
      ];
    case 'later':
      return [
        rule,
        ...current,
        { kind: 'row', label: both('slips:new-total'), value: t('slips:later'), strong: true },
        { kind: 'text', text: t(`prices:later-reason.${quote.reason}`) },
      ];
    default:
      return cantHappen(quote);
  }
}

function onceBlocks({ quote, t }: ApplicationSlipInput, both: Both): SlipBlock[] {
  if (quote.once.length === 0) return [];
  return [
    { kind: 'heading', text: both('slips:once') },
    ...quote.once.map((line): SlipBlock => {
      const label = both(`prices:once.${line.id}`);
      return {
        kind: 'row',
        label: line.sample ? t('slips:sample', { text: label }) : label,
        value: t('slips:yen', { amount: grouped(line.yen) }),
        strong: true,
      };
    }),
  ];
}

function noticeBlocks({ quote, t }: ApplicationSlipInput, both: Both): SlipBlock[] {
  if (quote.notices.length === 0) return [];
  return [
    { kind: 'heading', text: both('slips:notices') },
    ...quote.notices.map((notice): SlipBlock => {
      const values = noticeValues(notice, {
        yen: (yen) => t('slips:yen', { amount: grouped(yen) }),
        date: (date) => date,
      });
      return { kind: 'text', text: `・${t(`notices:${notice.id}`, values)}` };
    }),
  ];
}

function termsBlocks({ terms, t }: ApplicationSlipInput, both: Both): SlipBlock[] {
  if (terms.length === 0) return [];
  return [
    { kind: 'heading', text: both('slips:terms') },
    ...terms.map((one): SlipBlock => ({ kind: 'text', text: t('slips:terms-version', { ...one }) })),
  ];
}

function grouped(amount: number): string {
  return new Intl.NumberFormat('en-US').format(amount);
}
