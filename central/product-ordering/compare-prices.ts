import {
  type OrderItem,
  orderItems,
  orderTotals,
  type ProductOrderCreate,
} from '../../shared/central-api/product-order.ts';
import type { Quote } from '../../shared/domain/quote.ts';

/** True when the order asks for exactly what the quote says, at its prices, in whatever order. */
export function matchesQuote(order: ProductOrderCreate, quote: Quote): boolean {
  return (
    order.application?.quoteKind === quote.kind &&
    sameSet(order.productOrderItem.map(describeItem), orderItems(quote).map(describeItem)) &&
    sameSet((order.orderTotalPrice ?? []).map(describePrice), orderTotals(quote).map(describePrice))
  );
}

function describeItem(item: OrderItem): string {
  const characteristics = (item.product?.productCharacteristic ?? []).map(({ name, value }) => [name, value]);
  return JSON.stringify([
    item.action,
    item.productOffering?.id ?? null,
    item.product?.id ?? null,
    characteristics.map((one) => JSON.stringify(one)).toSorted(),
    (item.itemPrice ?? []).map(describePrice).toSorted(),
  ]);
}

function describePrice(price: NonNullable<ProductOrderCreate['orderTotalPrice']>[number]): string {
  const { unit, value } = price.price.taxIncludedAmount;
  return JSON.stringify([price.name ?? null, price.priceType, price.recurringChargePeriod ?? null, unit, value]);
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return JSON.stringify(left.toSorted()) === JSON.stringify(right.toSorted());
}
