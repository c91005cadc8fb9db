import type { DatabaseTransaction } from '../store/schema.ts';

/** The link of a contact address that was wished for earlier does nothing any more. */
export async function withdrawLater(transaction: DatabaseTransaction, customerNumber: string): Promise<void> {
  await transaction
    .deleteFrom('codes')
    .where('customer_number', '=', customerNumber)
    .where('purpose', '=', 'contact-later')
    .execute();
}
