import type { z } from 'zod';
import {
  ACCOUNT_ERRORS,
  type cableIdAddedSchema,
  type cableIdRequestSchema,
} from '../../shared/central-api/accounts.ts';
import { CABLE_IDS_AT_MOST } from '../../shared/domain/account.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { isSessionOver, SESSION_OVER } from '../http/session-over.ts';
import { NOT_FOUND, type TmfFailure } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import type { IssueContext } from './issue-password.ts';
import { type ProvePresent, throttleIdOf } from './prove-present.ts';

const TOO_MANY: TmfFailure = {
  status: 409,
  code: ACCOUNT_ERRORS.tooManyIds,
  reason: `A customer has ${CABLE_IDS_AT_MOST} Cable IDs at most`,
};

/**
 * Another イッツコムケーブルID beside the one whose password was given (p.67). It has no password yet: that is issued as any
 * other is. A repeat of the same wish gives the same ID.
 */
export async function addCableId(
  { db, clocks, mailCustomer, provePresent }: IssueContext & { readonly provePresent: ProvePresent },
  caller: Extract<Caller, { kind: 'customer' }>,
  { id, accountId, present, language }: z.infer<typeof cableIdRequestSchema>,
): Promise<Result<z.infer<typeof cableIdAddedSchema>, TmfFailure>> {
  const { customerNumber } = caller;
  const found = await db
    .selectFrom('service_accounts')
    .select(['login', 'password_hash'])
    .where('id', '=', accountId)
    .where('customer_number', '=', customerNumber)
    .where('kind', '=', 'cable-id')
    .executeTakeFirst();
  if (found === undefined) return err(NOT_FOUND);
  const account = { throttleId: throttleIdOf(accountId, found.login), hash: found.password_hash };
  const proved = await provePresent(caller.terminal, account, present);
  if (!proved.ok) return proved;
  return db.transaction().execute(async (transaction) => {
    // One at a time for a customer: they are counted.
    const customer = await lockCustomer(transaction, customerNumber);
    if (isSessionOver(customer, caller)) return err(SESSION_OVER);
    const own = await transaction
      .selectFrom('service_accounts')
      .select(['id', 'login'])
      .where('customer_number', '=', customerNumber)
      .where('kind', '=', 'cable-id')
      .execute();
    const newId = `cable-${id}`;
    const earlier = own.find((one) => one.id === newId);
    if (earlier !== undefined) return ok({ id: newId, login: earlier.login });
    if (own.length >= CABLE_IDS_AT_MOST) return err(TOO_MANY);
    const login = nextLogin(customerNumber, new Set(own.map((one) => one.login)));
    await transaction
      .insertInto('service_accounts')
      .values({ id: newId, customer_number: customerNumber, kind: 'cable-id', login, password_hash: null })
      .execute();
    await mailCustomer(transaction, {
      ...{ news: 'cable-id-added', about: `cableId/${newId}`, place: 1, customerNumber },
      ...{ terminal: caller.terminal, language, account: { kind: 'cable-id', login } },
    });
    await writeInteraction(transaction, clocks.business(), {
      ...{ customerNumber, shop: caller.shop, terminal: caller.terminal, staffNumber: null },
      ...{ sessionId: caller.sessionId, orderId: null, visit: { kind: 'cable-id-added' } },
    });
    await writeAudit(transaction, caller, clocks.system(), {
      ...{ action: 'create', resource: 'digitalIdentity', resourceId: newId, customerNumber },
    });
    return ok({ id: newId, login });
  });
}

/** The customer's number with a counter behind it. */
function nextLogin(customerNumber: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const login = `c${customerNumber}${String(count).padStart(2, '0')}`;
    if (!taken.has(login)) return login;
  }
}
