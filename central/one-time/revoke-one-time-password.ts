import type { Caller } from '../identity/caller.ts';
import { writeAudit } from '../store/audit.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

/** It, and what somebody who found it has begun with it, are worth nothing from now on. Of another kind of issue: nothing. */
export async function revokeOneTimePassword(
  transaction: DatabaseTransaction,
  terminal: Extract<Caller, { kind: 'terminal' }>,
  now: number,
  id: string,
): Promise<void> {
  const revoked = await transaction
    .deleteFrom('one_time_passwords')
    .where('id', '=', id)
    .returning(['customer_number', 'redeemed_for'])
    .executeTakeFirst();
  if (revoked === undefined) return;
  const { customer_number, redeemed_for } = revoked;
  if (redeemed_for !== null) {
    await transaction.deleteFrom('registrations').where('id', '=', redeemed_for).where('done_at', 'is', null).execute();
  }
  await writeAudit(transaction, terminal, now, {
    ...{ action: 'remove', resource: 'oneTimePassword', resourceId: id, customerNumber: customer_number },
    detail: 'revoked',
  });
}
