import type { Contractor } from '../../shared/central-api/registration.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { contractorKana, contractorPhone, contractorProof, type ProofKind } from '../../shared/domain/contractor.ts';
import { type CustomerRow, customerRowSchema } from '../store/customers.ts';
import type { Database } from '../store/schema.ts';

type Verified =
  | { readonly kind: 'refused' }
  /** Several contracts fit: say which. */
  | { readonly kind: 'additional' }
  | { readonly kind: 'verified'; readonly customer: CustomerRow };

/** By name and phone as they are registered and one proof; another where that leaves several contracts of one person. */
export async function verifyContractor(db: Database, contractor: Contractor): Promise<Verified> {
  const { proof, additional } = contractor;
  const kana = contractorKana(contractor.kana);
  const phone = contractorPhone(contractor.phone);
  if (kana === null || phone === null) return { kind: 'refused' };
  const named = await db
    .selectFrom('customers')
    .selectAll()
    .where('phone', '=', phone)
    .where('kana', '=', kana)
    .execute();
  const customers = named.map((row) => customerRowSchema.parse(row));
  const proved = await thoseWith(db, customers, proof.kind, proof.value);
  const left = additional === null ? proved : await thoseWith(db, proved, additional.kind, additional.value);
  const [customer, ...others] = left;
  if (customer === undefined) return { kind: 'refused' };
  return others.length === 0 ? { kind: 'verified', customer } : { kind: 'additional' };
}

async function thoseWith(
  db: Database,
  customers: readonly CustomerRow[],
  kind: ProofKind,
  typed: string,
): Promise<readonly CustomerRow[]> {
  const value = contractorProof(kind, typed);
  const numbers = customers.map(({ number }) => number);
  if (value === null || numbers.length === 0) return [];
  const having = new Set(await numbersWith(db, numbers, kind, value));
  return customers.filter(({ number }) => having.has(number));
}

async function numbersWith(
  db: Database,
  numbers: readonly string[],
  kind: ProofKind,
  value: string,
): Promise<readonly string[]> {
  switch (kind) {
    case 'customer-number':
      return numbers.filter((number) => number === value);
    case 'device': {
      const devices = await db
        .selectFrom('customer_devices')
        .select('customer_number')
        .where('id', '=', value)
        .where('customer_number', 'in', numbers)
        .execute();
      return devices.map(({ customer_number }) => customer_number);
    }
    case 'bank-account':
    case 'card': {
      const endings = await db
        .selectFrom('payment_endings')
        .select('customer_number')
        .where('kind', '=', kind)
        .where('last_four', '=', value)
        .where('customer_number', 'in', numbers)
        .execute();
      return endings.map(({ customer_number }) => customer_number);
    }
    default:
      return cantHappen(kind);
  }
}
