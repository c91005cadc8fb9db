import { STAFF_ERRORS } from '../../shared/central-api/staff.ts';
import type { OrderState } from '../../shared/central-api/product-order.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { setState, type StateContext } from './move-order.ts';
import type { OrderRow } from './order-store.ts';
import type { Submission } from './submission.ts';

export const ALREADY_REPLACED: TmfFailure = {
  status: 409,
  code: STAFF_ERRORS.alreadyReplaced,
  reason: 'Another application has taken its place',
};
const ALREADY_STARTED: TmfFailure = {
  status: 409,
  code: STAFF_ERRORS.alreadyStarted,
  reason: 'The fulfilment of the application to be replaced has begun',
};

const NOT_STARTED: readonly OrderState[] = ['held', 'acknowledged', 'pending'];
/** Nothing came of it and nothing will: there is nothing to cancel. */
const NEVER_STARTED: readonly OrderState[] = ['rejected', 'cancelled'];

/**
 * Whether an application may come as the correction of another, or come at all: one that was replaced comes too late.
 * @param replaced locked; null: it is no correction, or one of an application that never reached central
 */
export async function checkReplacement(
  transaction: DatabaseTransaction,
  { application, applicationId, customerNumber }: NonNullable<Submission['counter']>,
  replaced: OrderRow | null,
): Promise<Result<void, TmfFailure>> {
  const { replaces } = application;
  if (replaces === applicationId) return err(unprocessable('replaces', 'An application does not replace itself'));
  const successor = await transaction
    .selectFrom('product_orders')
    .select('id')
    .where('replaces', 'in', replaces === undefined ? [applicationId] : [applicationId, replaces])
    .limit(1)
    .executeTakeFirst();
  if (successor !== undefined) return err(ALREADY_REPLACED);
  if (replaced === null) return ok(undefined);
  // A number that was typed wrong is corrected too: it is nobody's.
  if (replaced.customer_number !== customerNumber && (await isCustomer(transaction, replaced.customer_number))) {
    return err(unprocessable('replaces', "The application to be replaced is another customer's"));
  }
  if (replaced.request.application === undefined) {
    return err(unprocessable('replaces', 'Only applications are replaced'));
  }
  return [...NOT_STARTED, ...NEVER_STARTED].includes(replaced.state) ? ok(undefined) : err(ALREADY_STARTED);
}

async function isCustomer(transaction: DatabaseTransaction, number: string | null): Promise<boolean> {
  if (number === null) return false;
  const found = await transaction
    .selectFrom('customers')
    .select('number')
    .where('number', '=', number)
    .executeTakeFirst();
  return found !== undefined;
}

export async function cancelReplaced(
  context: StateContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  replaced: OrderRow,
  { application, terminal, shop, applicationId }: NonNullable<Submission['counter']>,
): Promise<void> {
  const { attribution } = application;
  if (replaced.customer_number !== null) {
    await writeInteraction(transaction, context.clocks.business(), {
      customerNumber: replaced.customer_number,
      shop,
      terminal,
      staffNumber: attribution.kind === 'staff' ? attribution.staffNumber : null,
      sessionId: attribution.sessionId,
      orderId: replaced.id,
      visit: { kind: 'application-replaced', by: applicationId },
    });
  }
  if (NOT_STARTED.includes(replaced.state)) {
    await setState(context, transaction, caller, replaced, 'cancelled', null, { kind: 'replaced' });
  }
}
