import { sql } from 'kysely';
import type { CustomerSearchField, CustomerSearchResponse } from '../../shared/central-api/staff.ts';
import { contractorKana, contractorPhone, customerNumber, deviceId } from '../../shared/domain/contractor.ts';
import { type CustomerRow, customerRowSchema } from '../store/customers.ts';
import type { Database } from '../store/schema.ts';

export const SEARCH_LIMIT = 20;

/** What follows every text with the same beginning, by code point. */
const AFTER_ALL = '\u{10FFFF}';

export interface CustomerSearch {
  readonly field: CustomerSearchField;
  /** As it is kept, see `searchFor`. */
  readonly value: string;
}

/** Brings what staff typed into the form in which it is kept. null: nothing that could be found. */
export function searchFor(field: CustomerSearchField, typed: string): CustomerSearch | null {
  const value = normalForms[field](typed);
  return value === null ? null : { field, value };
}

const normalForms: Readonly<Record<CustomerSearchField, (typed: string) => string | null>> = {
  number: customerNumber,
  phone: contractorPhone,
  kana: contractorKana,
  device: deviceId,
};

export function searchQuery(db: Database, { field, value }: CustomerSearch) {
  const customers = db
    .selectFrom('customers')
    .selectAll('customers')
    .limit(SEARCH_LIMIT + 1);
  switch (field) {
    case 'number':
      return customers.where('number', '=', value);
    case 'phone':
      return customers.where('phone', '=', value).orderBy('number');
    case 'kana': {
      const kana = sql<string>`kana collate "C"`;
      return customers
        .where(kana, '>=', value)
        .where(kana, '<', `${value}${AFTER_ALL}`)
        .orderBy(kana)
        .orderBy('number');
    }
    case 'device':
      return customers
        .innerJoin('customer_devices', 'customer_devices.customer_number', 'customers.number')
        .where('customer_devices.id', '=', value);
  }
}

export async function searchCustomers(db: Database, search: CustomerSearch): Promise<CustomerSearchResponse> {
  const rows = await searchQuery(db, search).execute();
  const found = rows.slice(0, SEARCH_LIMIT).map((row) => customerRowSchema.parse(row));
  return { customers: found.map(described), hasMore: rows.length > SEARCH_LIMIT };
}

function described(row: CustomerRow): CustomerSearchResponse['customers'][number] {
  const { number, full_name, kana, address, phone } = row;
  return { number, name: full_name, kana, address, phoneEnding: phone.slice(-4) };
}
