import { describe, expect, it } from 'vitest';
import type { Quote } from '../domain/quote.ts';
import { orderItems, productOrderCreateSchema, productOrderSchema } from './product-order.ts';

const order = (startDate: string) => ({
  id: '1',
  href: '/productOrder/1',
  state: 'completed',
  productOrderItem: [{ id: '1', action: 'add', product: { startDate } }],
});

describe('the dates of an order', () => {
  it.each(['2026-12-01', '2026-12-01T00:00:00', '2026-12-01T00:00:00+0000', '1.12.2026'])(
    'are read as a BSS writes them, and not taken so: %s',
    (date) => {
      expect(productOrderSchema.safeParse(order(date)).success).toBe(true);
      expect(productOrderCreateSchema.safeParse(order(date)).success).toBe(false);
    },
  );

  it('are taken as TMF630 writes them', () => {
    expect(productOrderCreateSchema.safeParse(order('2026-12-01T00:00:00+09:00')).success).toBe(true);
  });
});

it.each([0, -1, 1.5, '2', null])(
  'reads an order also with a quantity that none can be ordered with, and takes none: %s',
  (quantity) => {
    const item = { id: '1', action: 'add', quantity };
    const odd = { ...order('2026-12-01T00:00:00Z'), productOrderItem: [item] };
    expect(productOrderSchema.parse(odd).productOrderItem[0]?.quantity).toBeUndefined();
    expect(productOrderCreateSchema.safeParse(odd).success).toBe(false);
  },
);

it('says that nothing changes only where nothing that costs anything does', () => {
  const quote = (reason: 'no-charge' | 'told-by-contact'): Quote => ({
    ...{ kind: 'later', reason, currentTotalYen: null, knownLines: [] },
    ...{ catalogVersion: '1', once: [], feeStart: 'once-only', notices: [] },
  });
  expect(orderItems(quote('no-charge'))).toEqual([{ id: '1', action: 'noChange' }]);
  expect(orderItems(quote('told-by-contact'))).toEqual([]);
});
