import {
  type OrderItem,
  orderItems,
  orderTotals,
  type ProductOrderCreate,
} from '../../shared/central-api/product-order.ts';
import type { Quote } from '../../shared/domain/quote.ts';

/**
 * True when the order asks for exactly what the quote says, at its prices, in whatever order. Which of the household's lines
 * it makes may be another by now: it gets its place when it is carried out.
 */
export function matchesQuote(order: ProductOrderCreate, quote: Quote): boolean {
  return (
    order.application?.quoteKind === quote.kind &&
    sameSet(describeItems(order.productOrderItem), describeItems(orderItems(quote))) &&
    sameSet((order.orderTotalPrice ?? []).map(describePrice), orderTotals(quote).map(describePrice))
  );
}

/**
 * True where an application that was made without the contracts costs what the customer was shown, as far as that went:
 * each offering its price, and everything that is paid once. The rest was to be told later.
 */
export function keepsShownPrices(order: ProductOrderCreate, quote: Quote): boolean {
  const shown = new Map(order.productOrderItem.map((item) => [item.productOffering?.id, describePrices(item)]));
  const kept = orderItems(quote)
    .filter(({ action }) => action !== 'delete')
    .every((item) => (shown.get(item.productOffering?.id) ?? describePrices(item)) === describePrices(item));
  const once = (prices: NonNullable<ProductOrderCreate['orderTotalPrice']>): string[] =>
    prices.filter(({ priceType }) => priceType === 'nonRecurring').map(describePrice);
  return kept && sameSet(once(order.orderTotalPrice ?? []), once(orderTotals(quote)));
}

const describePrices = (item: OrderItem): string =>
  JSON.stringify((item.itemPrice ?? []).map(describePrice).toSorted());

function describeItems(items: readonly OrderItem[]): string[] {
  const lines = [...new Set(items.flatMap(linesOf))];
  return items.map((item) =>
    describeItem(
      item,
      linesOf(item).map((line) => lines.indexOf(line)),
    ),
  );
}

const linesOf = ({ product }: OrderItem): unknown[] =>
  (product?.productCharacteristic ?? []).filter(({ name }) => name === 'line').map(({ value }) => value);

/** @param lines its own among those of the order, in place of the household's */
function describeItem(item: OrderItem, lines: readonly number[]): string {
  const characteristics = (item.product?.productCharacteristic ?? []).filter(({ name }) => name !== 'line');
  return JSON.stringify([
    item.action,
    item.productOffering?.id ?? null,
    item.product?.id ?? null,
    lines,
    characteristics.map(({ name, value }) => JSON.stringify([name, value])).toSorted(),
    describePrices(item),
  ]);
}

function describePrice(price: NonNullable<ProductOrderCreate['orderTotalPrice']>[number]): string {
  const { unit, value } = price.price.taxIncludedAmount;
  return JSON.stringify([price.name ?? null, price.priceType, price.recurringChargePeriod ?? null, unit, value]);
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify(left.toSorted()) === JSON.stringify(right.toSorted());
}
