import { z } from 'zod';
import { type PaymentMethod, paymentMethodType } from '../../shared/central-api/payment-method.ts';
import { customerParty } from '../../shared/central-api/common.ts';
import type { PaymentRecord } from '../../shared/domain/mobile/payment-record.ts';
import { paymentRecordFrom } from '../../shared/central-api/payment-method.ts';
import type { Resource } from '../http/reply.ts';
import type { ListedTable } from '../store/list-table.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

const rowSchema = z.object({
  id: z.string(),
  customer_number: z.string(),
  kind: z.enum(['card', 'bank-account']),
  last_four: z.string(),
  months_paid: z.int(),
});
type PaymentMethodRow = z.infer<typeof rowSchema>;

export const listedPaymentMethods: ListedTable<PaymentMethodRow> = {
  table: 'payment_endings',
  key: 'id',
  keyOf: (row) => row.id,
  row: rowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    'relatedParty.id': { column: 'customer_number', kind: 'text' },
  },
};

export function paymentMethodToTmf(
  { id, customer_number, kind, last_four, months_paid }: PaymentMethodRow,
  href: string,
): PaymentMethod & Resource {
  return {
    id,
    href,
    name: kind,
    status: 'active',
    ...(kind === 'card' ? { lastFourDigits: last_four } : { monthsPaid: months_paid }),
    relatedParty: [customerParty(customer_number)],
    '@type': paymentMethodType(kind),
    '@baseType': 'PaymentMethod',
  };
}

/** How a customer pays now. */
export async function paymentRecordOf(
  transaction: DatabaseTransaction,
  customerNumber: string,
): Promise<PaymentRecord> {
  const rows = await transaction
    .selectFrom('payment_endings')
    .selectAll()
    .where('customer_number', '=', customerNumber)
    .execute();
  return paymentRecordFrom(rows.map((row) => paymentMethodToTmf(rowSchema.parse(row), '')));
}
