import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { CAPTURE_ERRORS } from '../../shared/central-api/captures.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { isSettled } from '../../shared/central-api/product-order.ts';
import type { IdentityPolicy } from '../../shared/domain/identity-policy.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { areComplete, eraseCaptures } from '../captures/capture-store.ts';
import { isFreeDraft, settleDraft } from '../drafts/draft-store.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import { type Interaction, writeInteraction } from '../party-interaction/interaction.ts';
import type { Caller } from '../identity/caller.ts';
import { mailNewOrder, mailRefusal } from '../mail/order-mails.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import { passOnStock, takeStock, wanted } from '../product-stock/reserve-stock.ts';
import { isPresentIdentity } from '../store/identity-version.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { checkApplication, readApplication } from './check-application.ts';
import { isIdentified } from './check-identity.ts';
import { factsOf } from './customer-facts.ts';
import { type MoveContext, nextStepAt, orderDetail } from './move-order.ts';
import { lockOrder, type OrderRow, type OrderStart, orderToTmf } from './order-store.ts';
import { ALREADY_REPLACED, cancelReplaced, checkReplacement } from './replace-order.ts';
import type { Submission } from './submission.ts';
import type { OrderTrace } from './trace-orders.ts';

export interface OrderingContext extends MoveContext {
  readonly db: Database;
  readonly publicUrl: () => string;
  readonly identityPolicy: IdentityPolicy;
  /** Customers are the demo's, and so may their documents be. */
  readonly isDemo: boolean;
  /** A transaction that makes or moves orders; what follows from that follows once it is through. */
  readonly changeOrders: OrderTrace['changeOrders'];
  /** There is a mail to be sent. */
  readonly onMail: () => void;
}

const CAPTURES_MISSING: TmfFailure = {
  ...{ status: 409, code: CAPTURE_ERRORS.missing, reason: 'Pictures that the application names are not here' },
};

/** The answer to a POST (201), to the byte: a repeat gets the same, whatever became of the order since. */
export interface OrderAnswer {
  readonly body: string;
  readonly location: string;
}

/**
 * Exactly once: the order and its answer are one row under the unique key, written in one transaction together with
 * all that depends on it. Only a 201 is remembered; whatever else is answered leaves no order, so a repeat is judged
 * afresh. Pictures that were lost with a terminal never come, so what was rescued without them is held. Processes that race
 * for a key wait at the customer's row or at the unique index.
 */
export async function acceptOrder(
  context: OrderingContext,
  caller: Caller,
  submission: Submission,
  bytes: Buffer,
  way: 'sent' | 'rescued' = 'sent',
): Promise<Result<OrderAnswer, TmfFailure>> {
  const fingerprint = createHash('sha256').update(bytes).digest('hex');
  const { counter, order } = submission;
  const procedure = counter === null ? null : await readApplication(order, counter.application, counter.terminal);
  const outcome = await context.changeOrders(async (transaction) => {
    // Orders are locked before their customer, everywhere.
    const replaces = counter?.application.replaces;
    const replaced = replaces === undefined ? null : await lockOrder(transaction, replaces, 'external_id');
    const draft = counter === null ? null : draftOf(counter);
    const customer = counter === null ? null : await lockCustomer(transaction, counter.customerNumber);
    // A repeat is not judged again; where there is nothing to judge, the insert finds it.
    const earlier = counter === null ? null : await earlierAnswer(transaction, submission.key, fingerprint);
    if (earlier !== null) return earlier;
    let start: OrderStart = { state: 'acknowledged', reason: null, quote: null };
    if (counter !== null && procedure !== null) {
      if (!procedure.ok) return refuse(procedure.error);
      const { captures = [] } = counter.application;
      const hasCaptures = await areComplete(transaction, counter, captures);
      if (!hasCaptures && way === 'sent') return err(CAPTURES_MISSING);
      const mayCome = await checkReplacement(transaction, counter, replaced);
      if (!mayCome.ok) return mayCome;
      const checked = checkApplication({
        ...counter,
        procedure: procedure.value,
        order,
        catalog: context.catalog,
        known: customer === null ? null : await factsOf(transaction, context.catalog, customer, replaced?.id ?? null),
        clocks: context.clocks,
      });
      if (!checked.ok) return refuse(checked.error);
      const { identity } = counter.authority;
      const isPresent = identity === null || customer === null || isPresentIdentity(customer, identity);
      const isProved =
        hasCaptures &&
        isPresent &&
        (await isIdentified(transaction, context, procedure.value, counter, customer, context.clocks.business()));
      const canGoOn = isProved || checked.value.state === 'held';
      start = canGoOn ? checked.value : { ...checked.value, state: 'held', reason: 'identity-check' };
      // A second application of one draft is for a person to look at.
      const isSecond = draft !== null && !(await isFreeDraft(transaction, draft));
      if (isSecond && start.state !== 'held') start = { ...start, state: 'held', reason: 'draft-used' };
    }
    const identityVersion = counter?.authority.identity?.version ?? null;
    const made = await insertOrder(
      context,
      transaction,
      caller,
      { ...submission, identityVersion, replaced, fingerprint },
      start,
    );
    if (!made.ok) return made;
    // Somebody may have withdrawn the correction in this moment: then what it was to replace stays.
    if (made.value.isNew && counter !== null && replaced !== null) {
      await cancelReplaced(context, transaction, caller, replaced, counter);
    }
    if (made.value.isNew && draft !== null) await settleDraft(transaction, draft, context.clocks.business());
    return ok(made.value.answer);

    /** For good: the terminal sends it no more, so this is when the customer has to hear of it. */
    async function refuse(failure: TmfFailure): Promise<Result<never, TmfFailure>> {
      if (counter !== null) {
        await mailRefusal(context, transaction, counter, order);
        await eraseCaptures(transaction, counter.applicationId, context.clocks.system());
      }
      return err(failure);
    }
  });
  if (!outcome.ok && counter !== null) context.onMail();
  return outcome;
}

/** The kept draft that the application came of; null: it was made in one go. */
function draftOf({ application, applicationId, customerNumber }: NonNullable<Submission['counter']>) {
  const { draft: id, procedureId } = application;
  return id === undefined ? null : { id, customerNumber, applicationId, procedureId };
}

const NOTHING: ReadonlyMap<string, number> = new Map();

/** A submission whose authority has been judged. */
export type NewOrder = Pick<Submission, 'order' | 'key' | 'customerNumber'> & {
  readonly counter: Omit<NonNullable<Submission['counter']>, 'authority'> | null;
  readonly identityVersion: number | null;
  /** Whose place it takes; null: nobody's, or nobody's that central has. */
  readonly replaced: OrderRow | null;
  /** SHA-256 of its bytes. */
  readonly fingerprint: string;
};

/** The order and its answer, under its key; what is known under that key already is answered in its place. */
export async function insertOrder(
  context: OrderingContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  { order, key, customerNumber, counter, identityVersion, replaced, fingerprint }: NewOrder,
  asked: OrderStart,
): Promise<Result<{ readonly answer: OrderAnswer; readonly isNew: boolean }, TmfFailure>> {
  const { clocks, publicUrl } = context;
  const id = uuidv7();
  const location = `${publicUrl()}${CENTRAL_PATHS.productOrder}/${id}`;
  const row = {
    id,
    external_id: key,
    customer_number: customerNumber,
    terminal_code: counter?.terminal ?? null,
    shop: counter?.shop ?? null,
    order_date: new Date(clocks.business()),
    completion_date: null,
    identity_version: identityVersion,
  };
  const madeAs = ({ state, reason, quote }: OrderStart): OrderRow => {
    const standing = { state, held_reason: reason, quote };
    return { ...row, ...standing, request: order, resolved: null, outcome: null };
  };
  const columnsOf = (start: OrderStart) => ({
    state: start.state,
    held_reason: start.reason,
    step_due_at: nextStepAt(start.state, counter !== null, clocks),
    answer_body: JSON.stringify(orderToTmf(madeAs(start), location)),
  });
  let columns = columnsOf(asked);
  const { productOrderItem: items } = order;
  // What a correction wants may pass on to it, and is not locked.
  const stocked = asked.state === 'acknowledged' && replaced === null ? [...wanted(items).keys()] : [];
  // One statement is one way to the database, which is what an order costs central most.
  const inserted = await transaction
    .with('made', (db) =>
      db
        .insertInto('product_orders')
        .values({
          ...row,
          ...columns,
          category: order.category ?? null,
          request: JSON.stringify(order),
          replaces: counter?.application.replaces ?? null,
          quote: asked.quote === null ? null : JSON.stringify(asked.quote),
          fingerprint,
          answer_location: location,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id'),
    )
    // Only once the row is there: whoever waits for its key holds no stock meanwhile.
    .with('levels', (db) =>
      db
        .selectFrom('product_stocks')
        .select(['offering_id', 'available'])
        .where(sql<boolean>`offering_id = any(${stocked}::text[])`)
        .where(({ exists, selectFrom }) => exists(selectFrom('made').select('made.id')))
        .orderBy('offering_id')
        .forUpdate(),
    )
    .selectFrom('made')
    .leftJoin('levels', (join) => join.onTrue())
    .select(['levels.offering_id', 'levels.available'])
    .execute();
  // Another process was faster: under the same key, or with another correction of the same application.
  if (inserted.length === 0) {
    const earlier = (await earlierAnswer(transaction, key, fingerprint)) ?? err(ALREADY_REPLACED);
    return earlier.ok ? ok({ answer: earlier.value, isNew: false }) : earlier;
  }
  // Only now is it certain to be this process that takes what is left.
  const isPassedOn = replaced !== null && !isSettled(asked.state);
  const held = isPassedOn ? await passOnStock(transaction, replaced.id, id, items) : NOTHING;
  const locked = replaced === null ? levelsOf(inserted) : null;
  const isReserved = asked.state !== 'acknowledged' || (await takeStock(transaction, id, items, held, locked));
  const start: OrderStart = isReserved ? asked : { ...asked, state: 'held', reason: 'out-of-stock' };
  if (!isReserved) {
    columns = columnsOf(start);
    await transaction.updateTable('product_orders').set(columns).where('id', '=', id).execute();
  }
  const { state, reason } = start;
  if (counter !== null) context.reached(transaction, { id, external_id: key, state, held_reason: reason });
  if (isSettled(state) && key !== null) await eraseCaptures(transaction, key, clocks.system());
  if (counter !== null) {
    await writeInteraction(transaction, clocks.business(), applicationVisit(counter, id, start));
  }
  await mailNewOrder(context, transaction, madeAs(start), {
    // Nobody but the shop's staff has one come as cancelled.
    known: state === 'cancelled' ? 'withdrawn' : null,
    replacedNumber: replaced?.request.application?.receiptNumber ?? null,
  });
  await writeAudit(transaction, caller, clocks.system(), {
    action: 'create',
    resource: 'productOrder',
    resourceId: id,
    customerNumber,
    detail: orderDetail(state, reason),
  });
  return ok({ answer: { body: columns.answer_body, location }, isNew: true });
}

function levelsOf(rows: readonly { readonly offering_id: string | null; readonly available: number | null }[]) {
  return new Map(
    rows.flatMap(({ offering_id, available }) =>
      offering_id === null || available === null ? [] : [[offering_id, available]],
    ),
  );
}

function applicationVisit(
  { application, customerNumber, terminal, shop }: NonNullable<NewOrder['counter']>,
  orderId: string,
  { state, reason }: OrderStart,
): Interaction {
  const { attribution } = application;
  const staff = attribution.kind === 'staff' ? attribution : null;
  return {
    customerNumber,
    shop,
    terminal,
    staffNumber: staff?.staffNumber ?? null,
    sessionId: attribution.sessionId,
    orderId,
    visit: {
      kind: 'application',
      procedureId: application.procedureId,
      receiptNumber: application.receiptNumber,
      language: application.language,
      terms: application.terms,
      identityMethod: staff?.identityMethod ?? null,
      unverified: staff?.unverified ?? false,
      replaces: application.replaces ?? null,
      state,
      heldReason: reason,
    },
  };
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
