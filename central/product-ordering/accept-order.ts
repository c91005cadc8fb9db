import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { mailOrderNews, type OrderMailContext } from '../mail/order-mails.ts';
import { writeAudit } from '../store/audit.ts';
import { customerOf, lockCustomer } from '../store/customers.ts';
import { contractsOf, productsOf } from '../store/products.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { checkApplication } from './check-application.ts';
import { type OrderStart, orderToTmf, pendingProducts } from './order-store.ts';
import { nextStepAt } from './move-order.ts';
import type { Submission } from './submission.ts';

export interface OrderingContext extends OrderMailContext {
  readonly db: Database;
  readonly publicUrl: () => string;
  /** Told after the commit. */
  readonly onOrderMoved: () => void;
}

/** The answer to a POST (201), to the byte: a repeat gets the same, whatever became of the order since. */
export interface OrderAnswer {
  readonly body: string;
  readonly location: string;
}

/**
 * Exactly once: the order and its answer are one row under the unique key, written in one transaction together with
 * all that depends on it. Only a 201 is remembered; whatever else is answered leaves nothing behind, so a repeat is
 * judged afresh. Processes that race for a key wait at the customer's row or at the unique index.
 */
export async function acceptOrder(
  context: OrderingContext,
  caller: Caller,
  submission: Submission,
  bytes: Buffer,
): Promise<Result<OrderAnswer, TmfFailure>> {
  const fingerprint = createHash('sha256').update(bytes).digest('hex');
  const outcome = await context.db.transaction().execute(async (transaction) => {
    const customer = submission.counter === null ? null : await lockCustomer(transaction, submission.customerNumber);
    const earlier = await earlierAnswer(transaction, submission.key, fingerprint);
    if (earlier !== null) return earlier;
    let start: OrderStart = { state: 'acknowledged', reason: null, quote: null };
    if (submission.counter !== null) {
      if (customer === null) return err(unprocessable('unknown-customer', 'There is no such customer'));
      const pending = await pendingProducts(transaction, customer.number);
      const contracts = contractsOf(await productsOf(transaction, customer.number), pending);
      const checked = checkApplication({
        ...submission.counter,
        order: submission.order,
        catalog: context.catalog,
        customer: customerOf(customer),
        contracts,
        clocks: context.clocks,
      });
      if (!checked.ok) return checked;
      start = checked.value;
    }
    return insertOrder(context, transaction, caller, submission, start, fingerprint);
  });
  if (outcome.ok) context.onOrderMoved();
  return outcome;
}

async function insertOrder(
  context: OrderingContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  { order, key, customerNumber, terminal, counter }: Submission,
  { state, reason, quote }: OrderStart,
  fingerprint: string,
): Promise<Result<OrderAnswer, TmfFailure>> {
  const { clocks, publicUrl } = context;
  const id = uuidv7();
  const location = `${publicUrl()}${CENTRAL_PATHS.productOrder}/${id}`;
  const row = {
    id,
    external_id: key,
    customer_number: customerNumber,
    terminal_code: terminal,
    state,
    held_reason: reason,
    order_date: new Date(clocks.business()),
    completion_date: null,
  };
  const made = { ...row, request: order, quote };
  const body = JSON.stringify(orderToTmf(made, location));
  const inserted = await transaction
    .insertInto('product_orders')
    .values({
      ...row,
      category: order.category ?? null,
      step_due_at: nextStepAt(state, counter !== null, clocks),
      request: JSON.stringify(order),
      quote: quote === null ? null : JSON.stringify(quote),
      fingerprint,
      answer_body: body,
      answer_location: location,
    })
    .onConflict((conflict) => conflict.column('external_id').doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    const earlier = await earlierAnswer(transaction, key, fingerprint);
    if (earlier === null) throw new Error('an order under the same key came and went');
    return earlier;
  }
  await writeAudit(transaction, caller, clocks.system(), {
    action: 'create',
    resource: 'productOrder',
    resourceId: id,
    customerNumber,
  });
  await mailOrderNews(context, transaction, made);
  return ok({ body, location });
}

/** null: nothing is known under that key. */
async function earlierAnswer(
  transaction: DatabaseTransaction,
  key: string | null,
  fingerprint: string,
): Promise<Result<OrderAnswer, TmfFailure> | null> {
  if (key === null) return null;
  const row = await transaction
    .selectFrom('product_orders')
    .select(['fingerprint', 'answer_body', 'answer_location'])
    .where('external_id', '=', key)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (row.fingerprint !== fingerprint) {
    return err(unprocessable('key-reused', 'The key belongs to an order with another body'));
  }
  return ok({ body: row.answer_body, location: row.answer_location });
}
