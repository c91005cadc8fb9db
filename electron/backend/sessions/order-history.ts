import { dequal } from 'dequal/lite';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  isSettled,
  type OrderItem,
  type ProductOrder,
  productOrderSchema,
  reasonOf,
} from '../../../shared/central-api/product-order.ts';
import type { StateReason } from '../../../shared/contract/events.ts';
import type { HistoryEntry, OrderChange } from '../../../shared/contract/history.ts';
import {
  addMonths,
  type BusinessDate,
  businessDate,
  businessDateSchema,
  businessTimeOfDay,
  MIDNIGHT,
} from '../../../shared/domain/business-time.ts';
import type { CentralClient } from '../central/central-client.ts';
import { readPages } from '../central/read-pages.ts';

/** 過去24か月 (p.109) */
const MONTHS = 24;

/** @returns null: central can't be reached, or gave no proper answer. @param now epoch ms, business clock */
export async function fetchHistory(
  client: CentralClient,
  input: { customerNumber: string; bearer: string; now: number; timeoutMs: number },
): Promise<HistoryEntry[] | null> {
  const { customerNumber, bearer, now, timeoutMs } = input;
  const query = { 'relatedParty.id': customerNumber };
  const orders = await readPages(
    client,
    { path: CENTRAL_PATHS.productOrder, bearer, timeoutMs, query },
    productOrderSchema,
  );
  if (orders.kind !== 'ok') return null;
  const oldest = addMonths(businessDate(now), -MONTHS);
  return orders.body
    .toSorted((a, b) => timeOf(b) - timeOf(a))
    .flatMap((order) => entryOf(order) ?? [])
    .filter((entry) => !isSettled(entry.state) || (entry.completedOn ?? entry.orderedOn) >= oldest)
    .toSorted((a, b) => Number(isSettled(a.state)) - Number(isSettled(b.state)));
}

/** When the customer hears of it: completed last, or ordered last. */
const timeOf = ({ completionDate, orderDate }: ProductOrder): number => Date.parse(completionDate ?? orderDate ?? '');

/** One that was held before may say why still when it is carried out; only that nothing changed by it is news then. */
function reasonTold(order: ProductOrder): StateReason | null {
  const reason = reasonOf(order);
  if (order.state === 'held' || order.state === 'rejected') return reason;
  return order.state === 'completed' && reason === 'overtaken' ? reason : null;
}

/** null: an order that doesn't say when it was made. */
function entryOf(order: ProductOrder): HistoryEntry | null {
  const { id, state, application, completionDate, expectedCompletionDate } = order;
  const orderedOn = dateOf(application?.capturedAt ?? order.orderDate);
  if (orderedOn === null) return null;
  return {
    ...{ orderId: id, state, orderedOn, reason: reasonTold(order) },
    completedOn: dateOf(completionDate),
    expectedOn: isSettled(state) ? null : dateOf(expectedCompletionDate),
    procedureId: application?.procedureId ?? null,
    receiptNumber: application?.receiptNumber ?? null,
    changes: changesOf(order.productOrderItem),
  };
}

/** Items that say the same are one change of several. */
function changesOf(items: readonly OrderItem[]): OrderChange[] {
  const changes: OrderChange[] = [];
  for (const item of items) {
    const change = changeOf(item);
    if (change === null) continue;
    const alike = changes.find(({ count: _, ...one }) => dequal({ ...one, count: 1 }, change));
    if (alike === undefined) changes.push(change);
    else alike.count += 1;
  }
  return changes;
}

function changeOf({ action, productOffering, product, state }: OrderItem): OrderChange | null {
  if (action === 'noChange' || productOffering === undefined) return null;
  const feeFrom = product?.productCharacteristic?.find(({ name }) => name === 'feeFrom')?.value;
  return {
    ...{ action, offeringId: productOffering.id, count: 1, failed: state === 'failed' },
    startsOn: dateOf(product?.startDate),
    startsAt: timeOfDay(product?.startDate),
    feeFrom: businessDateSchema.safeParse(feeFrom).data ?? null,
    endsOn: dateOf(product?.terminationDate),
  };
}

/** null: at midnight, or none is told. */
function timeOfDay(time: string | undefined): string | null {
  const at = Date.parse(time ?? '');
  const told = Number.isNaN(at) ? MIDNIGHT : businessTimeOfDay(at);
  return told === MIDNIGHT ? null : told;
}

/** A BSS may send anything that its own clerks typed. */
function dateOf(time: string | undefined): BusinessDate | null {
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? null : businessDate(at);
}
