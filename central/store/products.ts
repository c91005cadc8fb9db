import { z } from 'zod';
import { type Contract, contractSchema } from '../../shared/domain/contract.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import type { Database, DatabaseTransaction } from './schema.ts';

/** A contract as it is kept; whether an order is on its way is told by the orders. */
const storedContractSchema = contractSchema.omit({ changePending: true });
export type StoredContract = z.infer<typeof storedContractSchema>;

/** Which order's item made or changed the product. */
const orderItemReferenceSchema = z.strictObject({ productOrderId: z.string(), orderItemId: z.string() });
export type OrderItemReference = z.infer<typeof orderItemReferenceSchema>;

export const productRowSchema = z.object({
  id: z.string(),
  customer_number: z.string(),
  contract: tolerant(storedContractSchema),
  order_items: tolerant(z.array(orderItemReferenceSchema)),
});
export type ProductRow = z.infer<typeof productRowSchema>;

export async function productsOf(db: Database | DatabaseTransaction, customerNumber: string): Promise<ProductRow[]> {
  const rows = await db
    .selectFrom('products')
    .select(['id', 'customer_number', 'contract', 'order_items'])
    .where('customer_number', '=', customerNumber)
    .orderBy('id')
    .execute();
  return rows.map((row) => productRowSchema.parse(row));
}

/** @param pending ids of the products that an open order touches */
export function contractsOf(rows: readonly ProductRow[], pending: ReadonlySet<string>): Contract[] {
  return rows.map(({ contract }) => ({ ...contract, changePending: pending.has(contract.id) }));
}

export async function saveProduct(db: Database | DatabaseTransaction, row: ProductRow): Promise<void> {
  const values = {
    customer_number: row.customer_number,
    offering_id: row.contract.offeringId,
    name: row.contract.name,
    status: row.contract.status,
    contract: JSON.stringify(row.contract),
    order_items: JSON.stringify(row.order_items),
  };
  await db
    .insertInto('products')
    .values({ id: row.id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
}
