import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import {
  ACCOUNT_ERRORS,
  type passwordIssueRequestSchema,
  type passwordIssueSchema,
} from '../../shared/central-api/accounts.ts';
import { issuePassword } from '../../shared/domain/issued-password.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { isSessionOver, SESSION_OVER } from '../http/session-over.ts';
import { NOT_FOUND, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { hashPassword } from '../identity/sign-in.ts';
import type { MailCustomer } from '../mail/mail-customer.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { lockOwnerOfIssue, revokePortalPassword } from '../password-resets/revoke-portal-password.ts';
import { revokeOneTimePassword } from '../one-time/revoke-one-time-password.ts';
import { accountRowSchema } from './account-store.ts';

type IssueRequest = z.infer<typeof passwordIssueRequestSchema>;
type PasswordIssue = z.infer<typeof passwordIssueSchema>;

export interface IssueContext {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly mailCustomer: MailCustomer;
}

const OVERTAKEN: TmfFailure = {
  status: 409,
  code: ACCOUNT_ERRORS.overtaken,
  reason: 'A later attempt or a revocation came first',
};

/** Makes a password and keeps its hash. What is answered is kept nowhere: the next attempt takes it back. */
export async function issueNewPassword(
  { db, clocks, mailCustomer }: IssueContext,
  caller: Extract<Caller, { kind: 'customer' }>,
  { id, attempt, accountId, language }: IssueRequest,
): Promise<Result<PasswordIssue, TmfFailure>> {
  const password = issuePassword((below) => randomInt(below));
  const password_hash = await hashPassword(password);
  const issuedAt = new Date(clocks.business());
  return db.transaction().execute(async (transaction) => {
    const customer = await lockCustomer(transaction, caller.customerNumber);
    if (isSessionOver(customer, caller)) return err(SESSION_OVER);
    const found = await transaction
      .selectFrom('service_accounts')
      .selectAll()
      .where('id', '=', accountId)
      .where('customer_number', '=', caller.customerNumber)
      .forUpdate()
      .executeTakeFirst();
    if (found === undefined) return err(NOT_FOUND);
    const account = accountRowSchema.parse(found);
    const entry = { id, terminal_code: caller.terminal, account_id: account.id, attempt };
    const taken = await takeAttempt(transaction, { ...entry, at: new Date(clocks.system()), revoked_at: null });
    if (!taken.ok) return taken;
    await transaction
      .updateTable('service_accounts')
      .set({ password_hash, issue_id: id, change_id: null, changed_at: issuedAt })
      .where('id', '=', account.id)
      .execute();
    await mailCustomer(transaction, {
      news: 'password-issued',
      about: `passwordIssue/${id}`,
      place: attempt,
      customerNumber: caller.customerNumber,
      terminal: caller.terminal,
      language,
      account,
    });
    await writeInteraction(transaction, clocks.business(), {
      customerNumber: caller.customerNumber,
      shop: caller.shop,
      terminal: caller.terminal,
      staffNumber: caller.staff?.staffNumber ?? null,
      sessionId: caller.sessionId,
      orderId: null,
      visit: { kind: 'password-issued', account: account.kind },
    });
    await writeAudit(transaction, caller, clocks.system(), {
      action: 'change',
      resource: 'digitalIdentity',
      resourceId: account.id,
      customerNumber: caller.customerNumber,
      detail: `password issued, attempt ${attempt}`,
    });
    return ok({ id, password, issuedAt: issuedAt.toISOString() });
  });
}

interface Attempt {
  readonly id: string;
  readonly terminal_code: string;
  readonly account_id: string | null;
  readonly attempt: number;
  readonly at: Date;
  readonly revoked_at: Date | null;
}

/** Each attempt once, and none that a later one or a revocation has overtaken on its way here. */
export async function takeAttempt(transaction: DatabaseTransaction, next: Attempt): Promise<Result<void, TmfFailure>> {
  await transaction
    .insertInto('password_issues')
    .values({ ...next, attempt: 0 })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const known = await transaction
    .selectFrom('password_issues')
    .selectAll()
    .where('id', '=', next.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const isForeign =
    known.terminal_code !== next.terminal_code || (known.account_id ?? next.account_id) !== next.account_id;
  if (isForeign) return err(unprocessable(ACCOUNT_ERRORS.idReused, 'That id was used for another account'));
  if (known.attempt >= next.attempt) return err(OVERTAKEN);
  await transaction.updateTable('password_issues').set(next).where('id', '=', next.id).execute();
  return ok(undefined);
}

interface Revocation {
  readonly id: string;
  readonly attempt: number;
}

/** Harmless to repeat. A revocation of what was never seen keeps a late attempt from issuing anything. */
export async function revokeIssuedPassword(
  context: Pick<IssueContext, 'db' | 'clocks'>,
  caller: Extract<Caller, { kind: 'terminal' }>,
  revocation: Revocation,
): Promise<Result<void, TmfFailure>> {
  const revoked = await tryToRevoke(context, caller, revocation);
  // It waited for the issue, and whose it is stands there now.
  return revoked === 'issued-meanwhile' ? revokeIssuedPassword(context, caller, revocation) : revoked;
}

async function tryToRevoke(
  { db, clocks }: Pick<IssueContext, 'db' | 'clocks'>,
  caller: Extract<Caller, { kind: 'terminal' }>,
  { id, attempt }: Revocation,
): Promise<Result<void, TmfFailure> | 'issued-meanwhile'> {
  return db.transaction().execute(async (transaction) => {
    // The account before the issue, as in issuing: two that wait for each other would end each other.
    const account = await transaction
      .selectFrom('service_accounts')
      .select(['id', 'customer_number'])
      .where('issue_id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    const customerNumber = await lockOwnerOfIssue(transaction, id);
    const at = new Date(clocks.system());
    await transaction
      .insertInto('password_issues')
      .values({ id, terminal_code: caller.terminal, account_id: null, attempt: 0, at, revoked_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const known = await transaction
      .selectFrom('password_issues')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (known.terminal_code !== caller.terminal) return err(NOT_FOUND);
    if (known.attempt > attempt) return ok(undefined);
    if (account === undefined && customerNumber === null && (await isInUse(transaction, id))) return 'issued-meanwhile';
    await transaction
      .updateTable('password_issues')
      .set({ attempt, revoked_at: known.revoked_at ?? at })
      .where('id', '=', id)
      .execute();
    if (known.revoked_at !== null) return ok(undefined);
    await revokeOneTimePassword(transaction, caller, clocks.system(), id);
    if (customerNumber !== null) {
      await revokePortalPassword(transaction, caller, clocks.system(), { issueId: id, customerNumber, attempt });
    }
    if (account === undefined) return ok(undefined);
    await transaction
      .updateTable('service_accounts')
      .set({ password_hash: null })
      .where('id', '=', account.id)
      .execute();
    await writeAudit(transaction, caller, clocks.system(), {
      action: 'change',
      resource: 'digitalIdentity',
      resourceId: account.id,
      customerNumber: account.customer_number,
      detail: `password revoked, attempt ${attempt}`,
    });
    return ok(undefined);
  });
}

/** Whether somebody's password is of that issue. */
async function isInUse(transaction: DatabaseTransaction, id: string): Promise<boolean> {
  const account = await transaction
    .selectFrom('service_accounts')
    .select('id')
    .where('issue_id', '=', id)
    .executeTakeFirst();
  const identity = await transaction
    .selectFrom('digital_identities')
    .select('login_id')
    .where('issue_id', '=', id)
    .executeTakeFirst();
  return account !== undefined || identity !== undefined;
}
