import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';

export const ID = '01990000-0000-7000-8000-000000000001';
export const TIME = '2026-11-18T03:00:00.000Z';
export const MEMBER = { number: '1001', name: 'Mado Hanako', role: 'staff', shop: 'S01' } as const;
export const SESSION = {
  ...{ accessToken: 'eyJ…', expiresInSeconds: 1800 },
  ...{ submissionGrant: 'eyJ…', customerNumber: '1000000001' },
};
export const ORDER = {
  ...{ id: ID, href: `https://bss.example${CENTRAL_PATHS.productOrder}/${ID}`, state: 'acknowledged' },
  productOrderItem: [{ id: '1', action: 'add' }],
};
export const order = { status: 200, schema: productOrderSchema, example: ORDER } as const;
