import type { CustomerRow } from './customers.ts';
import type { DatabaseTransaction } from './schema.ts';

/** With which of a customer's IDs, one after the other, a session began. */
export interface IdentityMark {
  readonly version: number;
  readonly sessionId: string;
}

/**
 * The customer has another ID from now on: whoever signed in with the one before is out.
 * @param sessionId in which the customer chose it, and which goes on; null: nobody was signed in
 */
export async function renewIdentity(
  transaction: DatabaseTransaction,
  customerNumber: string,
  sessionId: string | null,
): Promise<void> {
  await transaction
    .updateTable('customers')
    .set((row) => ({ identity_version: row('identity_version', '+', 1), identity_session: sessionId }))
    .where('number', '=', customerNumber)
    .execute();
}

/** Whether what the session began with is the customer's ID still. */
export function isPresentIdentity(
  customer: Pick<CustomerRow, 'identity_version' | 'identity_session'>,
  { version, sessionId }: IdentityMark,
): boolean {
  return customer.identity_version === version || customer.identity_session === sessionId;
}
