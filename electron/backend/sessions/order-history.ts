import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type OrderItem, type ProductOrder, productOrderSchema } from '../../../shared/central-api/product-order.ts';
import type { HistoryEntry } from '../../../shared/contract/history.ts';
import { addMonths, businessDate } from '../../../shared/domain/business-time.ts';
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
  const query = { 'relatedParty.id': customerNumber, state: 'completed' };
  const orders = await readPages(
    client,
    { path: CENTRAL_PATHS.productOrder, bearer, timeoutMs, query },
    productOrderSchema,
  );
  if (orders.kind !== 'ok') return null;
  const oldest = addMonths(businessDate(now), -MONTHS);
  return orders.body
    .flatMap(entryOf)
    .filter(({ completedOn }) => completedOn >= oldest)
    .toSorted((a, b) => b.completedOn.localeCompare(a.completedOn));
}

function entryOf({ id, completionDate, application, productOrderItem }: ProductOrder): HistoryEntry[] {
  if (completionDate === undefined) return [];
  return [
    {
      orderId: id,
      completedOn: businessDate(Date.parse(completionDate)),
      procedureId: application?.procedureId ?? null,
      receiptNumber: application?.receiptNumber ?? null,
      changes: changesOf(productOrderItem),
    },
  ];
}

/** Items that say the same are one change of several. */
function changesOf(items: readonly OrderItem[]): HistoryEntry['changes'] {
  const changes: HistoryEntry['changes'] = [];
  for (const { action, productOffering } of items) {
    if (action === 'noChange' || productOffering === undefined) continue;
    const alike = changes.find((one) => one.action === action && one.offeringId === productOffering.id);
    if (alike === undefined) changes.push({ action, offeringId: productOffering.id, count: 1 });
    else alike.count += 1;
  }
  return changes;
}
