import { z } from 'zod';

/** TMF687 v4, as far as a terminal reads it: how many of an offering can still be ordered. */
export const productStockSchema = z.looseObject({
  id: z.string(),
  href: z.string().optional(),
  productStockLevel: z.looseObject({ amount: z.number(), units: z.string().optional() }),
  stockedProduct: z.looseObject({ productOffering: z.looseObject({ id: z.string() }) }),
});
export type ProductStock = z.infer<typeof productStockSchema>;

/** Of which nothing is left (入荷待ち). What no stock is kept of can always be had. */
export function outOfStock(stocks: readonly ProductStock[]): string[] {
  return stocks
    .filter(({ productStockLevel }) => productStockLevel.amount < 1)
    .map(({ stockedProduct }) => stockedProduct.productOffering.id);
}
