import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  customerFromTmf,
  recordFromTmf,
  tmfCustomerSchema,
  tmfIndividualSchema,
} from '../../../shared/central-api/party.ts';
import { paymentMethodSchema, paymentRecordFrom } from '../../../shared/central-api/payment-method.ts';
import { contractFromTmf, tmfProductSchema } from '../../../shared/central-api/product-inventory.ts';
import { orderedContracts } from '../../../shared/central-api/ordered-contracts.ts';
import { notServed, qualificationRequest, qualificationSchema } from '../../../shared/central-api/qualification.ts';
import { outOfStock, productStockSchema } from '../../../shared/central-api/product-stock.ts';
import { isSettled, type ProductOrder, productOrderSchema } from '../../../shared/central-api/product-order.ts';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import type { Contract, CustomerFacts } from '../../../shared/domain/contract.ts';
import type { CustomerRecord } from '../../../shared/domain/customer-record.ts';
import type { CentralClient } from '../central/central-client.ts';
import { readPages } from '../central/read-pages.ts';

interface CustomerData {
  readonly facts: Extract<CustomerFacts, { kind: 'known' }>;
  readonly record: Omit<CustomerRecord, 'loginId'>;
}

/** @returns null: central can't be reached, or gave no proper answer. */
export async function fetchCustomerData(
  client: CentralClient,
  input: { customerNumber: string; bearer: string; catalog: Catalog; timeoutMs: number },
): Promise<CustomerData | null> {
  const { customerNumber, bearer, catalog, timeoutMs } = input;
  const own = { bearer, timeoutMs, query: { 'relatedParty.id': customerNumber } };
  const get = { method: 'GET', bearer, timeoutMs } as const;
  const [customer, products, orders, qualification, stocks, payments] = await Promise.all([
    client.call({ ...get, path: `${CENTRAL_PATHS.customer}/${customerNumber}` }, tmfCustomerSchema),
    readPages(client, { ...own, path: CENTRAL_PATHS.product }, tmfProductSchema),
    readPages(client, { ...own, path: CENTRAL_PATHS.productOrder }, productOrderSchema),
    client.call(
      {
        ...{ method: 'POST', bearer, timeoutMs, path: CENTRAL_PATHS.productOfferingQualification },
        body: JSON.stringify(qualificationRequest(catalog, customerNumber)),
      },
      qualificationSchema,
    ),
    readPages(client, { bearer, timeoutMs, path: CENTRAL_PATHS.productStock }, productStockSchema),
    readPages(client, { ...own, path: CENTRAL_PATHS.paymentMethod }, paymentMethodSchema),
  ]);
  if (customer.kind !== 'ok' || products.kind !== 'ok' || orders.kind !== 'ok') return null;
  const path = `${CENTRAL_PATHS.individual}/${encodeURIComponent(customer.body.engagedParty.id)}`;
  const individual = await client.call({ ...get, path }, tmfIndividualSchema);
  if (individual.kind !== 'ok') return null;
  // Another that touches the same contracts would be held.
  const open = orders.body.filter((order) => !isSettled(order.state));
  const touched = new Set(open.flatMap(productsOf));
  return {
    facts: {
      kind: 'known',
      customer: customerFromTmf(customer.body, individual.body),
      contracts: inCatalogOrder(catalog, [
        ...products.body.flatMap((product) => contractFromTmf(product, catalog, (id) => touched.has(id)) ?? []),
        ...open.flatMap((order) => orderedBy(catalog, order)),
      ]),
      // A BSS without TMF679, 687 or 670 says nothing: then everything is offered, and staff find out.
      ...(qualification.kind === 'ok' ? { notAtAddress: notServed(qualification.body) } : {}),
      ...(stocks.kind === 'ok' ? { outOfStock: outOfStock(stocks.body) } : {}),
      ...(payments.kind === 'ok' ? { payment: paymentRecordFrom(payments.body) } : {}),
    },
    record: recordFromTmf(customer.body),
  };
}

/** A course before its modem, a plan's parts as the operator lists them; a BSS gives products in any order. */
function inCatalogOrder(catalog: Catalog, contracts: readonly Contract[]): Contract[] {
  const position = new Map(catalog.offerings.map((offering, index) => [offering.id, index]));
  const last = catalog.offerings.length;
  return contracts.toSorted((a, b) => (position.get(a.offeringId) ?? last) - (position.get(b.offeringId) ?? last));
}

/** What the order will add. */
export function orderedBy(
  catalog: Catalog,
  { externalId, id, productOrderItem }: Pick<ProductOrder, 'externalId' | 'productOrderItem'> & { id?: string },
): Contract[] {
  return orderedContracts(catalog, { key: externalId ?? id ?? '', items: productOrderItem });
}

/** The products that an order changes or ends. */
export function productsOf(order: Pick<ProductOrder, 'productOrderItem'>): string[] {
  return order.productOrderItem.flatMap((item) => item.product?.id ?? []);
}
