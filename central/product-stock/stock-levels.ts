import { z } from 'zod';
import type { ProductStock } from '../../shared/central-api/product-stock.ts';
import type { Resource } from '../http/reply.ts';
import type { ListedTable } from '../store/list-table.ts';

const rowSchema = z.object({
  id: z.string(),
  offering_id: z.string(),
  available: z.int(),
  updated_at: z.date(),
});
type StockRow = z.infer<typeof rowSchema>;

export const listedStocks: ListedTable<StockRow> = {
  table: 'product_stocks',
  key: 'id',
  keyOf: (row) => row.id,
  row: rowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    'stockedProduct.productOffering.id': { column: 'offering_id', kind: 'text' },
  },
};

export function stockToTmf(row: StockRow, href: string): ProductStock & Resource {
  return {
    id: row.id,
    href,
    name: row.offering_id,
    productStockLevel: { amount: row.available, units: UNITS },
    productStockStatusType: row.available > 0 ? 'available' : 'outOfStock',
    productStockUsageType: 'sale',
    stockedProduct: { productOffering: { id: row.offering_id, '@referredType': 'ProductOffering' } },
    lastUpdate: row.updated_at.toISOString(),
    '@type': 'ProductStock',
  };
}

const UNITS = 'piece';

/** What an operator puts in: the level is what may still be ordered, beside what orders hold already. */
export const writtenStockSchema = z.looseObject({
  productStockLevel: z.looseObject({ amount: z.int().min(0), units: z.literal(UNITS) }),
  stockedProduct: z.looseObject({ productOffering: z.looseObject({ id: z.string() }) }),
});
export type WrittenStock = z.infer<typeof writtenStockSchema>;
