import { verify } from '@node-rs/argon2';
import type { z } from 'zod';
import {
  ACCOUNT_ERRORS,
  type passwordChangeRequestSchema,
  type passwordChangeSchema,
} from '../../shared/central-api/accounts.ts';
import { brokenRules, CHOSEN_PASSWORDS, type ChosenPassword } from '../../shared/domain/password-rule.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { isSessionOver, SESSION_OVER } from '../http/session-over.ts';
import { NOT_FOUND, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { hashPassword } from '../identity/sign-in.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import { renewIdentity } from '../store/identity-version.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import type { IssueContext } from './issue-password.ts';
import { PRESENT_REFUSED, type ProvePresent, throttleIdOf } from './prove-present.ts';

type ChangeRequest = z.infer<typeof passwordChangeRequestSchema>;
type Customer = Extract<Caller, { kind: 'customer' }>;
export type ChangePassword = (
  caller: Customer,
  request: ChangeRequest,
) => Promise<Result<z.infer<typeof passwordChangeSchema>, TmfFailure>>;

/** What has the password: a row of either table. */
interface Holder {
  readonly kind: ChosenPassword;
  readonly login: string;
  /** null: it was revoked; no present password is right. */
  readonly hash: string | null;
  readonly changeId: string | null;
}

export function createChangePassword(context: IssueContext & { readonly provePresent: ProvePresent }): ChangePassword {
  const { db, clocks, mailCustomer, provePresent } = context;
  return async (caller, { id, accountId, present, next, language }) => {
    const found = await holderOf(db, caller.customerNumber, accountId);
    if (found === null) return err(NOT_FOUND);
    if (brokenRules(found.kind, next).length > 0) {
      return err(unprocessable(ACCOUNT_ERRORS.passwordRule, 'The new password breaks the rules'));
    }
    const changedAt = new Date(clocks.business());
    const answer = { id, login: found.login, changedAt: changedAt.toISOString() };
    // The first one's answer was lost: what was present then isn't now.
    if (found.changeId === id && found.hash !== null && (await verify(found.hash, next))) return ok(answer);
    const account = { throttleId: throttleIdOf(accountId, found.login), hash: found.hash };
    const proved = await provePresent(caller.terminal, account, present);
    if (!proved.ok) return proved;
    const password_hash = await hashPassword(next);
    return db.transaction().execute(async (transaction) => {
      // Before its ID, as whoever replaces that does.
      const customer = await lockCustomer(transaction, caller.customerNumber);
      if (isSessionOver(customer, caller)) return err(SESSION_OVER);
      const hasChanged = await put(transaction, { caller, accountId, before: found, password_hash, id, changedAt });
      if (!hasChanged) {
        // Changed or revoked meanwhile: by the same wish, told twice at once, or by another.
        const now = await holderOf(transaction, caller.customerNumber, accountId);
        return now?.changeId === id ? ok(answer) : err(PRESENT_REFUSED);
      }
      if (accountId === null) await renewIdentity(transaction, caller.customerNumber, caller.sessionId);
      await mailCustomer(transaction, {
        news: 'password-changed',
        about: `passwordChange/${id}`,
        place: 1,
        customerNumber: caller.customerNumber,
        terminal: caller.terminal,
        language,
        account: found,
      });
      await writeInteraction(transaction, clocks.business(), {
        customerNumber: caller.customerNumber,
        shop: caller.shop,
        terminal: caller.terminal,
        staffNumber: null,
        sessionId: caller.sessionId,
        orderId: null,
        visit: { kind: 'password-changed', account: found.kind },
      });
      await writeAudit(transaction, caller, clocks.system(), {
        action: 'change',
        resource: 'digitalIdentity',
        resourceId: accountId,
        customerNumber: caller.customerNumber,
        detail: 'password changed by the customer',
      });
      return ok(answer);
    });
  };
}

async function holderOf(
  db: IssueContext['db'] | DatabaseTransaction,
  customerNumber: string,
  accountId: string | null,
): Promise<Holder | null> {
  if (accountId === null) {
    const row = await db
      .selectFrom('digital_identities')
      .selectAll()
      .where('customer_number', '=', customerNumber)
      .executeTakeFirst();
    if (row === undefined) return null;
    return { kind: 'portal', login: row.login_id, hash: row.password_hash, changeId: row.change_id };
  }
  const row = await db
    .selectFrom('service_accounts')
    .selectAll()
    .where('id', '=', accountId)
    .where('customer_number', '=', customerNumber)
    .executeTakeFirst();
  const kind = CHOSEN_PASSWORDS.find((one) => one === row?.kind);
  if (row === undefined || kind === undefined) return null;
  return { kind, login: row.login, hash: row.password_hash, changeId: row.change_id };
}

interface Put {
  readonly caller: Customer;
  readonly accountId: string | null;
  readonly before: Holder;
  readonly password_hash: string;
  readonly id: string;
  readonly changedAt: Date;
}

/** @returns false: it was no longer the one that was compared */
async function put(transaction: DatabaseTransaction, change: Put): Promise<boolean> {
  const { caller, accountId, before, password_hash, id, changedAt } = change;
  const { numUpdatedRows } =
    accountId === null
      ? await transaction
          .updateTable('digital_identities')
          .set({ password_hash, change_id: id, issue_id: null })
          .where('customer_number', '=', caller.customerNumber)
          .where('password_hash', '=', before.hash)
          .executeTakeFirst()
      : await transaction
          .updateTable('service_accounts')
          .set({ password_hash, change_id: id, issue_id: null, changed_at: changedAt })
          .where('id', '=', accountId)
          .where('password_hash', '=', before.hash)
          .executeTakeFirst();
  return numUpdatedRows === 1n;
}
