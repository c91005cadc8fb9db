import type { TFunction } from 'i18next';
import type { ApplicationExtension, OrderItem, ProductOrderCreate } from '../../shared/central-api/product-order.ts';
import type { StateReason } from '../../shared/contract/events.ts';
import { businessDate, businessTimeOfDay, BUSINESS_ZONE, firstOfNextMonth } from '../../shared/domain/business-time.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import { type Provision, provisionSchema } from '../../shared/domain/contract.ts';
import type { Language } from '../../shared/domain/language.ts';
import { noticeValues } from '../../shared/domain/notices.ts';
import { chargesNothing, onceLineSchema, type Quote, type QuoteLine } from '../../shared/domain/quote.ts';
import { characteristicsFrom } from '../../shared/domain/characteristics.ts';
import { hasNoMonthlyFee, sideDetails } from '../../shared/slips/side-details.ts';
import { isProcedureId } from '../../shared/procedures/registry.ts';
import { mailTexts } from './mail-texts.ts';
import type { OrderNews } from './order-news.ts';

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

export interface OrderMailInput {
  readonly news: OrderNews;
  readonly order: ProductOrderCreate;
  readonly application: ApplicationExtension;
  /** What central computed when the application came; null where it couldn't. */
  readonly quote: Quote | null;
  /** Receipt number of the application whose place it takes, to be told of in this mail; null: none. */
  readonly replacedNumber: string | null;
  /** Why it waits, or changed nothing though it is completed. */
  readonly heldReason: StateReason | null;
  /** Ids of the items that weren't carried out. */
  readonly failedItems: ReadonlySet<string>;
  /** Epoch ms, business clock; null: not completed. */
  readonly completedAt: number | null;
  readonly customerName: string;
  readonly catalog: Catalog;
  /** null: the terminal's shop is no longer known. */
  readonly shop: { readonly name: string; readonly phone: string } | null;
  readonly demo: boolean;
}

/** An empty section is left out. */
interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/**
 * Plain text in the customer's language, a paragraph a line: programs fold it to their own width, and fixed lines look
 * ragged on a phone. What was applied for and its prices are the order's own: those are booked.
 */
export function orderMail(input: OrderMailInput): MailText {
  const { news, application } = input;
  const t = mailTexts(application.language);
  const sections = sectionsOf(input, t).filter(({ lines }) => lines.length > 0);
  const paragraphs = [
    ...(input.demo ? [t('mails:demo')] : []),
    t('mails:greeting', { name: input.customerName }),
    ...leadOf(input, t),
    ...sections.map(({ heading, lines }) => [t('mails:heading', { heading }), ...lines].join('\n')),
    t('mails:footer'),
  ];
  return {
    subject: t(`mails:subject.${news}`, { number: application.receiptNumber }),
    body: `${paragraphs.join('\n\n')}\n`,
  };
}

function leadOf({ news, heldReason, replacedNumber }: OrderMailInput, t: TFunction): string[] {
  return [
    t(`mails:lead.${news}`),
    ...(replacedNumber === null ? [] : [t('mails:replaces', { number: replacedNumber })]),
    ...(news === 'completed' && heldReason !== null ? [t(`mails:reason.${heldReason}`)] : []),
    ...(news === 'held' ? [t(`mails:reason.${heldReason ?? 'other'}`), t('mails:unchanged-until')] : []),
  ];
}

function sectionsOf(input: OrderMailInput, t: TFunction): Section[] {
  const number = { heading: t('slips:receipt-number'), lines: [input.application.receiptNumber] };
  const changes = { heading: t('slips:changes'), lines: changeLines(input, t) };
  const always = [number, procedureSection(input, t), changes];
  const contact = { heading: t('slips:contact'), lines: contactLines(input, t) };
  switch (input.news) {
    case 'accepted':
    case 'released':
      return [...always, ...priceSections(input, t), noticeSection(input, t), contact];
    case 'held':
    case 'completed':
      return [...always, ...priceSections(input, t), contact];
    case 'rejected':
    case 'cancelled':
    case 'withdrawn':
    case 'partial':
    case 'failed':
      return [...always, contact];
    default:
      return cantHappen(input.news);
  }
}

function procedureSection({ application }: OrderMailInput, t: TFunction): Section {
  const capturedAt = Date.parse(application.capturedAt);
  const at = `${businessDate(capturedAt)} ${businessTimeOfDay(capturedAt)}`;
  return {
    heading: t('slips:applied-for'),
    lines: [
      // Of a terminal that is newer than central it may be a procedure without a name here.
      ...(isProcedureId(application.procedureId) ? [t(`procedures:${application.procedureId}.title`)] : []),
      t('mails:row', { label: t('slips:applied-at'), value: at }),
    ],
  };
}

/** An offering, its price where the order has one, and how it comes to the customer. */
type Side = Omit<NonNullable<QuoteLine['before']>, 'yen'> & { readonly yen: number | null };

function changeLines(input: OrderMailInput, t: TFunction): string[] {
  return countedLines(input, t).map(({ line, count }) =>
    count === 1 ? line : t('prices:several', { name: line, count }),
  );
}

/** Items that say the same are one line with their number. */
function countedLines(input: OrderMailInput, t: TFunction): { line: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const line of itemLines(input, t)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => ({ line, count }));
}

function itemLines(input: OrderMailInput, t: TFunction): string[] {
  return input.order.productOrderItem.flatMap((item) =>
    itemLine(input, item, t).map((line) =>
      input.failedItems.has(item.id) ? t('mails:line.not-done', { line }) : line,
    ),
  );
}

/** None where nothing changes. */
function itemLine(input: OrderMailInput, item: OrderItem, t: TFunction): string[] {
  const before = contractBefore(input.quote, item);
  const named = (side: Side): string => sideText(input, side, t);
  switch (item.action) {
    case 'noChange':
      return [];
    case 'delete': {
      const side = before ?? sideOf(item);
      return side === null ? [] : [t('mails:line.removed', { before: named(side) })];
    }
    case 'add':
    case 'modify': {
      const after = sideOf(item);
      if (after === null) return [];
      if (item.action === 'add') return [t('mails:line.added', { after: named(after) })];
      return before === null
        ? [t('mails:line.becomes', { after: named(after) })]
        : [t('mails:line.changed', { before: named(before), after: named(after) })];
    }
  }
}

function contractBefore(quote: Quote | null, item: OrderItem): Side | null {
  if (quote === null || item.product?.id === undefined) return null;
  const lines = quote.kind === 'later' ? quote.knownLines : quote.groups.flatMap((group) => group.lines);
  return lines.find(({ key }) => key === item.product?.id)?.before ?? null;
}

function sideOf(item: OrderItem): Side | null {
  if (item.productOffering === undefined) return null;
  return {
    offeringId: item.productOffering.id,
    yen: item.itemPrice?.find(({ priceType }) => priceType === 'recurring')?.price.taxIncludedAmount.value ?? null,
    provision: provisionOf(item),
    characteristics: characteristicsFrom(item.product?.productCharacteristic ?? []) ?? undefined,
  };
}

function provisionOf(item: OrderItem): Provision | null {
  const value = item.product?.productCharacteristic?.find(({ name }) => name === 'provision')?.value;
  return provisionSchema.safeParse(value).data ?? null;
}

function sideText({ catalog, application }: OrderMailInput, side: Side, t: TFunction) {
  const offering = findOffering(catalog, side.offeringId);
  const plain = offering?.name[application.language] ?? side.offeringId;
  const details = sideDetails(side, t, (date) => date);
  const name = details === '' ? plain : t('prices:with-provision', { name: plain, provision: details });
  if (offering?.type === 'nhk') {
    const { periodYen, periodMonths } = offering;
    const price = t('slips:per-period', { amount: grouped(periodYen), months: periodMonths });
    return t('mails:with-price', { name, price });
  }
  if (offering?.type === 'energy') return t('mails:with-price', { name, price: t('prices:by-use') });
  if (hasNoMonthlyFee(side)) return t('mails:with-price', { name, price: t('prices:no-monthly') });
  if (side.yen === null) return name;
  return t('mails:with-price', { name, price: t('slips:per-month', { amount: grouped(side.yen) }) });
}

function priceSections(input: OrderMailInput, t: TFunction): Section[] {
  if (input.quote !== null && chargesNothing(input.quote)) return [];
  return [
    { heading: t('mails:monthly'), lines: totalLines(input, t) },
    { heading: t('slips:once'), lines: onceLines(input, t) },
    { heading: t('slips:fee-start'), lines: feeStartLines(input, t) },
  ];
}

function totalLines({ news, order, application, quote, heldReason }: OrderMailInput, t: TFunction): string[] {
  const yen = (amount: number): string => t('slips:yen', { amount: grouped(amount) });
  const row = (label: string, value: string): string => t('mails:row', { label: t(label), value });
  const ordered = order.orderTotalPrice?.find(({ name }) => name === 'monthly-total')?.price.taxIncludedAmount.value;
  const current = quote?.currentTotalYen ?? null;
  const computed = news === 'held' && heldReason === 'price-changed' && quote?.kind === 'total' ? quote : null;
  return [
    ...(current === null ? [] : [row(news === 'completed' ? 'mails:total.before' : 'mails:total.now', yen(current))]),
    ...(ordered === undefined ? [] : [row('mails:total.new', yen(ordered))]),
    ...(application.quoteKind === 'later' ? [row('mails:total.new', t('slips:later'))] : []),
    ...(quote?.kind === 'later' ? [t(`prices:later-reason.${quote.reason}`)] : []),
    ...(computed === null || computed.newTotalYen === ordered
      ? []
      : [row('mails:total.at-new-prices', yen(computed.newTotalYen))]),
  ];
}

function onceLines({ order, quote }: OrderMailInput, t: TFunction): string[] {
  return (order.orderTotalPrice ?? []).flatMap(({ name, priceType, price }) => {
    const id = onceLineSchema.shape.id.safeParse(name);
    if (priceType !== 'nonRecurring' || !id.success) return [];
    const label = t(`prices:once.${id.data}`);
    const sample = quote?.once.find((line) => line.id === id.data)?.sample ?? false;
    const value = t('slips:yen', { amount: grouped(price.taxIncludedAmount.value) });
    return [t('mails:row', { label: sample ? t('slips:sample', { text: label }) : label, value })];
  });
}

function feeStartLines({ quote, completedAt, application }: OrderMailInput, t: TFunction): string[] {
  if (completedAt !== null && (quote?.feeStart ?? 'month-after-completion') === 'month-after-completion') {
    const month = monthName(firstOfNextMonth(businessDate(completedAt)), application.language);
    return [t('mails:from-month', { month })];
  }
  return quote === null ? [] : [t(`prices:fee-start.${quote.feeStart}`)];
}

function monthName(date: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { year: 'numeric', month: 'long', timeZone: BUSINESS_ZONE }).format(
    new Date(`${date}T00:00:00+09:00`),
  );
}

function noticeSection({ quote }: OrderMailInput, t: TFunction): Section {
  const lines = (quote?.notices ?? []).map((notice) => {
    const values = noticeValues(notice, {
      yen: (yen) => t('slips:yen', { amount: grouped(yen) }),
      date: (date) => date,
    });
    return t('mails:item', { text: t(`notices:${notice.id}`, values) });
  });
  return { heading: t('slips:notices'), lines };
}

function contactLines({ shop }: OrderMailInput, t: TFunction): string[] {
  if (shop === null) return [t('mails:contact-unknown')];
  return [t('mails:row', { label: shop.name, value: shop.phone }), t('mails:contact-number')];
}

function grouped(amount: number): string {
  return new Intl.NumberFormat('en-US').format(amount);
}
