import type { CustomerFacts } from '../../shared/domain/contract.ts';
import { customerOf, type CustomerRow } from '../store/customers.ts';
import { contractsOf, productsOf } from '../store/products.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { pendingProducts } from './order-store.ts';

/** @param except an order that doesn't make contracts pending: the one that is judged, or that is replaced */
export async function factsOf(
  transaction: DatabaseTransaction,
  customer: CustomerRow,
  except: string | null,
): Promise<Extract<CustomerFacts, { kind: 'known' }>> {
  const pending = await pendingProducts(transaction, customer.number, except);
  const contracts = contractsOf(await productsOf(transaction, customer.number), pending);
  return { kind: 'known', customer: customerOf(customer), contracts };
}
