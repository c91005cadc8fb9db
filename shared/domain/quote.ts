import { dequal } from 'dequal/lite';
import { z } from 'zod';
import { type Catalog, findOffering, PRICE_GROUPS, priceGroupSchema } from './catalog.ts';
import { applyChanges, type Change, linesOf, type PricedLine } from './changes.ts';
import { CHARACTERISTICS, type Characteristics, characteristicsSchema } from './characteristics.ts';
import { type Contract, provisionSchema } from './contract.ts';
import { sumYen, yenSchema } from './money.ts';
import { noticeSchema, type Notice } from './notices.ts';

const quoteSideSchema = z.strictObject({
  offeringId: z.string(),
  yen: yenSchema,
  provision: provisionSchema.nullable(),
  characteristics: characteristicsSchema.optional(),
  /** Paid by this period instead of by the month, outside the monthly total. */
  period: z.strictObject({ months: z.int().min(1), yen: yenSchema }).optional(),
});
export type QuoteSide = z.infer<typeof quoteSideSchema>;

export const quoteLineSchema = z.strictObject({
  key: z.string(),
  group: priceGroupSchema,
  /** null: not there on that side. */
  before: quoteSideSchema.nullable(),
  after: quoteSideSchema.nullable(),
});
export type QuoteLine = z.infer<typeof quoteLineSchema>;

export const quoteGroupSchema = z.strictObject({
  group: priceGroupSchema,
  beforeYen: yenSchema,
  afterYen: yenSchema,
  lines: z.array(quoteLineSchema),
});
export type QuoteGroup = z.infer<typeof quoteGroupSchema>;

/** Paid once. */
export const onceLineSchema = z.strictObject({
  id: z.enum([
    'two-year-fee',
    'modem-purchase',
    'gateway-purchase',
    'light-purchase',
    'ip-box-purchase',
    'volume-change-fee',
    'added-data',
    'mobile-contract-fee',
    'mobile-accessory',
    'set-up-support',
  ]),
  yen: yenSchema,
  /** The price is a sample of ours, not the manual's. */
  sample: z.boolean(),
});
export type OnceLine = z.infer<typeof onceLineSchema>;

/** From when the new fee counts (p.57, 63, 99, 104, 106, 108). */
export const feeStartSchema = z.enum([
  'month-after-completion',
  'viewing-start-month',
  /** The course like any other, the channels taken with it from the month of viewing (p.57, 63). */
  'course-and-viewing-start',
  'form-arrival',
  'told-by-staff',
  'volume-change',
  'once-only',
]);
export type FeeStart = z.infer<typeof feeStartSchema>;

/** Why the catalog cannot decide the new total. */
export const laterReasonSchema = z.enum([
  'bundle-recomposed',
  'contracts-unknown',
  /** The manual prints no total there, or says that it will be told (p.44, 49, 53). */
  'told-by-contact',
  /** A paper form decides (p.60, 108). */
  'form',
  /** 仮申込み: staff of the operator call back (p.106). */
  'provisional',
  /** Nothing that costs anything changes. */
  'no-charge',
]);
export type LaterReason = z.infer<typeof laterReasonSchema>;

const commonQuote = {
  catalogVersion: z.string(),
  once: z.array(onceLineSchema),
  feeStart: feeStartSchema,
  notices: z.array(noticeSchema),
};

export const quoteSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('total'),
    currentTotalYen: yenSchema,
    newTotalYen: yenSchema,
    groups: z.array(quoteGroupSchema),
    ...commonQuote,
  }),
  z.strictObject({
    kind: z.literal('later'),
    reason: laterReasonSchema,
    /** null: the contracts are unknown. */
    currentTotalYen: yenSchema.nullable(),
    /**
     * What is sure already; nothing here is a discount or a penalty worked out by us. With unknown contracts: what was
     * chosen, each at its own price, as if the customer had nothing.
     */
    knownLines: z.array(quoteLineSchema),
    ...commonQuote,
  }),
]);
export type Quote = z.infer<typeof quoteSchema>;

interface QuoteInput {
  readonly catalog: Catalog;
  /** null: unknown, as for staff offline; then the total is always told later. */
  readonly contracts: readonly Contract[] | null;
  readonly changes: readonly Change[];
  readonly once: readonly OnceLine[];
  readonly notices: readonly Notice[];
  /** Given where the catalog cannot decide the new total. */
  readonly later: LaterReason | null;
  readonly feeStart: FeeStart;
}

/** Then no price is shown, said or printed. */
export function chargesNothing(quote: Quote): boolean {
  return quote.kind === 'later' && quote.reason === 'no-charge';
}

/** 現在の月額利用料の合計 */
export function monthlyTotalYen(contracts: readonly Contract[]): number {
  return sumYen(linesOf(contracts).map((line) => line.monthlyYen));
}

export function quoteChanges(input: QuoteInput): Quote {
  const { catalog, contracts, changes, once, notices, later, feeStart } = input;
  const before = linesOf(contracts ?? []);
  const after = applyChanges(catalog, contracts, changes);
  const lines = pairLines(catalog, before, after);
  const reason = contracts === null && later !== 'no-charge' ? 'contracts-unknown' : later;
  const common = {
    catalogVersion: catalog.version,
    once: [...once],
    feeStart,
    notices: [...notices],
  };
  if (reason !== null) {
    return {
      kind: 'later',
      reason,
      currentTotalYen: contracts === null ? null : sumYen(before.map((line) => line.monthlyYen)),
      knownLines: lines.filter((line) => isChanged(line) && (contracts === null || !isDiscount(line))),
      ...common,
    };
  }
  return {
    kind: 'total',
    currentTotalYen: sumYen(before.map((line) => line.monthlyYen)),
    newTotalYen: sumYen(after.map((line) => line.monthlyYen)),
    groups: groupLines(lines),
    ...common,
  };
}

/** True where offering, price, provision or what is settled of it differ between now and then. */
export function isChanged(line: QuoteLine): boolean {
  return !dequal(line.before, line.after);
}

/** True where the customer agrees to the same: prices, lines and notices. Another catalog version may well hold both. */
export function sameQuote(one: Quote, other: Quote): boolean {
  return dequal({ ...one, catalogVersion: '' }, { ...other, catalogVersion: '' });
}

function isDiscount(line: QuoteLine): boolean {
  return line.group === 'bundle-discount' || line.group === 'other-discount';
}

/** The current contracts grouped as on the review, for the home screen: both sides are the same. */
export function groupContracts(catalog: Catalog, contracts: readonly Contract[]): QuoteGroup[] {
  const lines = linesOf(contracts);
  return groupLines(pairLines(catalog, lines, lines));
}

function pairLines(catalog: Catalog, before: readonly PricedLine[], after: readonly PricedLine[]): QuoteLine[] {
  const keys = [...new Set([...before, ...after].map((line) => line.key))];
  return keys.map((key) => {
    const old = before.find((line) => line.key === key);
    const now = after.find((line) => line.key === key);
    const group = (now ?? old)?.group ?? 'other';
    return { key, group, before: side(catalog, old, now), after: side(catalog, now, old) };
  });
}

/** @param other the line on the other side: what is settled alike on both is no news */
function side(catalog: Catalog, line: PricedLine | undefined, other: PricedLine | undefined): QuoteLine['before'] {
  if (line === undefined) return null;
  const { offeringId, monthlyYen, provision } = line;
  const characteristics = differing(line.characteristics, other?.characteristics);
  const offering = findOffering(catalog, offeringId);
  return {
    offeringId,
    yen: monthlyYen,
    provision,
    ...(characteristics === undefined ? {} : { characteristics }),
    ...(offering?.type === 'nhk' ? { period: { months: offering.periodMonths, yen: offering.periodYen } } : {}),
  };
}

function differing(own: Characteristics = {}, other: Characteristics = {}): Characteristics | undefined {
  const news = CHARACTERISTICS.filter((name) => own[name] !== undefined && own[name] !== other[name]);
  return news.length === 0
    ? undefined
    : news.reduce<Characteristics>((all, name) => ({ ...all, [name]: own[name] }), {});
}

/** Lines that say the same, with how many there are: three sensors are one line of three. */
export function countAlike(lines: readonly QuoteLine[]): { readonly line: QuoteLine; readonly count: number }[] {
  const counted: { line: QuoteLine; count: number }[] = [];
  for (const line of lines) {
    const alike = counted.find(({ line: one }) => dequal([one.before, one.after], [line.before, line.after]));
    if (alike === undefined) counted.push({ line, count: 1 });
    else alike.count += 1;
  }
  return counted;
}

function groupLines(lines: readonly QuoteLine[]): QuoteGroup[] {
  return PRICE_GROUPS.map((group) => {
    const own = lines.filter((line) => line.group === group);
    return {
      group,
      beforeYen: sumYen(own.map((line) => line.before?.yen ?? 0)),
      afterYen: sumYen(own.map((line) => line.after?.yen ?? 0)),
      lines: own,
    };
  }).filter((entry) => entry.lines.length > 0);
}
