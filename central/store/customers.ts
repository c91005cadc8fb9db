import { z } from 'zod';
import type { Customer } from '../../shared/domain/contract.ts';
import type { ListedTable } from './list-table.ts';
import type { DatabaseTransaction } from './schema.ts';

export const customerRowSchema = z.object({
  number: z.string(),
  individual_id: z.string(),
  full_name: z.string(),
  family_name: z.string(),
  given_name: z.string(),
  kana: z.string(),
  dwelling: z.enum(['house', 'flat']),
  contact_email: z.string().nullable(),
  phone: z.string(),
  address: z.string(),
  daytime_phone: z.string().nullable(),
  wants_news: z.boolean(),
  identity_version: z.int(),
  identity_session: z.string().nullable(),
  contact_wished_at: z.date().nullable(),
  mail_addresses: z.array(z.string()),
});
export type CustomerRow = z.infer<typeof customerRowSchema>;

export const listedCustomers: ListedTable<CustomerRow> = {
  table: 'customers',
  key: 'number',
  keyOf: (row) => row.number,
  row: customerRowSchema,
  columns: {
    id: { column: 'number', kind: 'text' },
    name: { column: 'full_name', kind: 'text' },
    'engagedParty.id': { column: 'individual_id', kind: 'text' },
  },
};

export function customerOf(row: CustomerRow): Customer {
  return {
    number: row.number,
    name: row.full_name,
    kana: row.kana,
    dwelling: row.dwelling,
    contactEmail: row.contact_email,
    mailAddresses: row.mail_addresses,
  };
}

/** Locks the customer until the transaction ends: one order at a time is compared with its contracts. */
export async function lockCustomer(
  transaction: DatabaseTransaction,
  number: string | null,
): Promise<CustomerRow | null> {
  if (number === null) return null;
  const row = await transaction
    .selectFrom('customers')
    .selectAll()
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : customerRowSchema.parse(row);
}
