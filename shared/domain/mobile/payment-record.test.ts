import { expect, it } from 'vitest';
import { type PaymentRecord, paysForLine } from './payment-record.ts';

it.each<[PaymentRecord, boolean]>([
  [null, false],
  [{ kind: 'card' }, true],
  [{ kind: 'bank-transfer', monthsPaid: 5 }, false],
  [{ kind: 'bank-transfer', monthsPaid: 6 }, true],
])('a line is paid as before by %j: %s (p.95)', (record, pays) => {
  expect(paysForLine(record)).toBe(pays);
});
