import { z } from 'zod';

/** TMF687 v4, as far as a terminal reads it: how many of a product can still be ordered, where it is kept. */
export const productStockSchema = z.looseObject({
  id: z.string(),
  href: z.string().optional(),
  productStockLevel: z.looseObject({ amount: z.number(), units: z.string().optional() }),
  /** A BSS may keep stock of what is no offering. */
  stockedProduct: z.looseObject({ productOffering: z.looseObject({ id: z.string() }).optional() }),
});
export type ProductStock = z.infer<typeof productStockSchema>;

/**
 * Of which nothing is left anywhere (入荷待ち): a BSS may keep a row for each place. What no stock is kept of can always
 * be had.
 */
export function outOfStock(stocks: readonly ProductStock[]): string[] {
  const left = new Map<string, number>();
  for (const { stockedProduct, productStockLevel } of stocks) {
    const id = stockedProduct.productOffering?.id;
    if (id !== undefined) left.set(id, (left.get(id) ?? 0) + Math.max(productStockLevel.amount, 0));
  }
  return [...left].filter(([, amount]) => amount < 1).map(([id]) => id);
}
