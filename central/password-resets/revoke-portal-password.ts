import { randomBytes } from 'node:crypto';
import type { Caller } from '../identity/caller.ts';
import { hashPassword } from '../identity/sign-in.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import { renewIdentity } from '../store/identity-version.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

/** The customer whose iTSCOM ID has the password of that issue, locked; null: nobody's has, or not any more. */
export async function lockOwnerOfIssue(transaction: DatabaseTransaction, issueId: string): Promise<string | null> {
  const owner = () =>
    transaction
      .selectFrom('digital_identities')
      .select('customer_number')
      .where('issue_id', '=', issueId)
      .executeTakeFirst();
  await lockCustomer(transaction, (await owner())?.customer_number ?? null);
  return (await owner())?.customer_number ?? null;
}

/** Nobody signs in with it from now on, and whoever did is out. The reset that it was issued for may issue another. */
export async function revokePortalPassword(
  transaction: DatabaseTransaction,
  terminal: Extract<Caller, { kind: 'terminal' }>,
  now: number,
  { issueId, customerNumber, attempt }: { issueId: string; customerNumber: string; attempt: number },
): Promise<void> {
  await transaction
    .updateTable('digital_identities')
    .set({ password_hash: await hashPassword(randomBytes(32).toString('hex')) })
    .where('issue_id', '=', issueId)
    .execute();
  await renewIdentity(transaction, customerNumber, null);
  await transaction
    .updateTable('password_resets')
    .set((own) => ({ identity_version: own('identity_version', '+', 1) }))
    .where('issue_id', '=', issueId)
    .execute();
  await writeAudit(transaction, terminal, now, {
    ...{ action: 'change', resource: 'digitalIdentity', resourceId: null, customerNumber },
    detail: `password revoked, attempt ${attempt}`,
  });
}
