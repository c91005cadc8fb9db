import { dequal } from 'dequal/lite';
import { z } from 'zod';
import { type Catalog, PRICE_GROUPS, priceGroupSchema } from './catalog.ts';
import { applyChanges, type Change, linesOf, type PricedLine } from './changes.ts';
import { type Contract, provisionSchema } from './contract.ts';
import { sumYen, yenSchema } from './money.ts';
import { noticeSchema, type Notice } from './notices.ts';

const quoteSideSchema = z.strictObject({
  offeringId: z.string(),
  yen: yenSchema,
  provision: provisionSchema.nullable(),
});

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
  id: z.enum(['two-year-fee', 'modem-purchase']),
  yen: yenSchema,
  /** The price is a sample of ours, not the manual's. */
  sample: z.boolean(),
});
export type OnceLine = z.infer<typeof onceLineSchema>;

export const feeStartSchema = z.enum(['month-after-completion']);
export type FeeStart = z.infer<typeof feeStartSchema>;

/** Why the catalog cannot decide the new total. */
export const laterReasonSchema = z.enum(['bundle-recomposed', 'contracts-unknown']);
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
}

/** 現在の月額利用料の合計 */
export function monthlyTotalYen(contracts: readonly Contract[]): number {
  return sumYen(linesOf(contracts).map((line) => line.monthlyYen));
}

export function quoteChanges({ catalog, contracts, changes, once, notices, later }: QuoteInput): Quote {
  const before = linesOf(contracts ?? []);
  const after = applyChanges(catalog, contracts ?? [], changes);
  const lines = pairLines(before, after);
  const reason = contracts === null ? 'contracts-unknown' : later;
  const common = {
    catalogVersion: catalog.version,
    once: [...once],
    feeStart: 'month-after-completion' as const,
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

/** True where offering, price or provision differ between now and then. */
export function isChanged(line: QuoteLine): boolean {
  return (
    line.before?.offeringId !== line.after?.offeringId ||
    line.before?.yen !== line.after?.yen ||
    line.before?.provision !== line.after?.provision
  );
}

/** True where the customer agrees to the same: prices, lines and notices. Another catalog version may well hold both. */
export function sameQuote(one: Quote, other: Quote): boolean {
  return dequal({ ...one, catalogVersion: '' }, { ...other, catalogVersion: '' });
}

function isDiscount(line: QuoteLine): boolean {
  return line.group === 'bundle-discount' || line.group === 'other-discount';
}

/** The current contracts grouped as on the review, for the home screen: both sides are the same. */
export function groupContracts(contracts: readonly Contract[]): QuoteGroup[] {
  const lines = linesOf(contracts);
  return groupLines(pairLines(lines, lines));
}

function pairLines(before: readonly PricedLine[], after: readonly PricedLine[]): QuoteLine[] {
  const keys = [...new Set([...before, ...after].map((line) => line.key))];
  return keys.map((key) => {
    const old = before.find((line) => line.key === key);
    const now = after.find((line) => line.key === key);
    const group = (now ?? old)?.group ?? 'other';
    return { key, group, before: side(old), after: side(now) };
  });
}

function side(line: PricedLine | undefined): QuoteLine['before'] {
  return line === undefined ? null : { offeringId: line.offeringId, yen: line.monthlyYen, provision: line.provision };
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
