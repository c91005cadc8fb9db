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
  const { customer_number } = revoked;
  await endBegun(transaction, [revoked]);
  await writeAudit(transaction, terminal, now, {
    ...{ action: 'remove', resource: 'oneTimePassword', resourceId: id, customerNumber: customer_number },
    detail: 'revoked',
  });
}

/** Ends what was begun with one-time passwords that are gone, unless it is done. */
export async function endBegun(
  transaction: DatabaseTransaction,
  gone: readonly { readonly redeemed_for: string | null }[],
): Promise<void> {
  const begun = gone.flatMap(({ redeemed_for }) => redeemed_for ?? []);
  if (begun.length === 0) return;
  await transaction.deleteFrom('registrations').where('id', 'in', begun).where('done_at', 'is', null).execute();
}
