import { withdrawLater } from '../codes/withdraw-later.ts';
import type { CustomerRow } from './customers.ts';
import type { Database, DatabaseTransaction } from './schema.ts';

/** With which of a customer's IDs and passwords, one after the other, a session began. */
export interface IdentityMark {
  readonly version: number;
  readonly sessionId: string;
}

/**
 * The customer has another ID, or another password, from now on: whoever signed in with the one before is out, and what
 * was begun to replace it, or to have mail go elsewhere, is over. The customer is locked.
 * @param sessionId in which the customer chose it, and which goes on; null: nobody was signed in
 */
export async function renewIdentity(
  transaction: DatabaseTransaction,
  customerNumber: string,
  sessionId: string | null,
): Promise<void> {
  await withdrawLater(transaction, customerNumber);
  await transaction
    .updateTable('customers')
    .set((row) => ({ identity_version: row('identity_version', '+', 1), identity_session: sessionId }))
    .where('number', '=', customerNumber)
    .execute();
}

export async function identityVersionOf(db: Database, customerNumber: string): Promise<number> {
  const { identity_version } = await db
    .selectFrom('customers')
    .select('identity_version')
    .where('number', '=', customerNumber)
    .executeTakeFirstOrThrow();
  return identity_version;
}

/** Whether the customer signs in still with what the session began with. */
export function isPresentIdentity(
  customer: Pick<CustomerRow, 'identity_version' | 'identity_session'>,
  { version, sessionId }: IdentityMark,
): boolean {
  return customer.identity_version === version || customer.identity_session === sessionId;
}
