import { expect, it } from 'vitest';
import { outOfStock, type ProductStock } from './product-stock.ts';

const row = (id: string | undefined, amount: number): ProductStock => ({
  id: `${id} ${amount}`,
  productStockLevel: { amount },
  stockedProduct: id === undefined ? {} : { productOffering: { id } },
});

it('says that something is sold out only where no place has any', () => {
  expect(outOfStock([row('a', 0), row('b', 0), row('a', 2), row('b', -3), row(undefined, 0), row('c', 1)])).toEqual([
    'b',
  ]);
});
