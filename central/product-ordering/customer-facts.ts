import { orderedContracts } from '../../shared/central-api/ordered-contracts.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { CustomerFacts } from '../../shared/domain/contract.ts';
import { paymentRecordOf } from '../payment-method/payment-methods.ts';
import { notServedAt } from '../qualification/lines-at-address.ts';
import { customerOf, type CustomerRow } from '../store/customers.ts';
import { contractsOf, productsOf } from '../store/products.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { openOrders } from './order-store.ts';

/** @param except an order that doesn't make contracts pending: the one that is judged, or that is replaced */
export async function factsOf(
  transaction: DatabaseTransaction,
  catalog: Catalog,
  customer: CustomerRow,
  except: string | null,
): Promise<Extract<CustomerFacts, { kind: 'known' }>> {
  const orders = await openOrders(transaction, customer.number, except);
  const pending = new Set(orders.flatMap(({ items }) => items).flatMap((item) => item.product?.id ?? []));
  const contracts = contractsOf(await productsOf(transaction, customer.number), pending);
  const ordered = orders.flatMap((order) => orderedContracts(catalog, order));
  const notAtAddress = await notServedAt(transaction, catalog, customer.address);
  return {
    kind: 'known',
    customer: customerOf(customer),
    contracts: [...contracts, ...ordered],
    ...(notAtAddress === null ? {} : { notAtAddress }),
    // What is left of a device is seen when the order takes it.
    payment: await paymentRecordOf(transaction, customer.number),
  };
}
