import { type Catalog, findOffering } from '../domain/catalog.ts';
import { characteristicsFrom } from '../domain/characteristics.ts';
import { type Contract, provisionSchema } from '../domain/contract.ts';
import type { OrderItem } from './product-order.ts';

/** What an order that isn't settled yet will add: shown as not begun, and not to be ordered a second time. */
export function orderedContracts(
  catalog: Catalog,
  order: { readonly key: string; readonly items: readonly OrderItem[] },
): Contract[] {
  return order.items.flatMap((item): Contract[] => {
    const offering = findOffering(catalog, item.productOffering?.id ?? '');
    if (item.action !== 'add' || offering === undefined) return [];
    const named = item.product?.productCharacteristic ?? [];
    const provision = provisionSchema.safeParse(named.find(({ name }) => name === 'provision')?.value);
    const settled = characteristicsFrom(named);
    const price = item.itemPrice?.find(({ recurringChargePeriod }) => recurringChargePeriod === 'month');
    return [
      {
        id: `order:${order.key}:${item.id}`,
        offeringId: offering.id,
        name: offering.name.ja,
        group: offering.group,
        status: 'created',
        monthlyYen: price?.price.taxIncludedAmount.value ?? offering.monthlyYen,
        startedOn: null,
        term: null,
        provision: provision.success ? provision.data : null,
        ...(settled === null ? {} : { characteristics: settled }),
        feeFrom: null,
        changePending: true,
      },
    ];
  });
}
