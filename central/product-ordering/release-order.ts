import { type ApplicationExtension, orderItems, orderTotals } from '../../shared/central-api/product-order.ts';
import type { StateReason } from '../../shared/contract/events.ts';
import { businessDate, wholeMinute } from '../../shared/domain/business-time.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { isProcedureId, loadProcedure } from '../../shared/procedures/registry.ts';
import { hasOtherApplication } from '../drafts/draft-store.ts';
import type { TmfFailure } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { type CustomerRow, lockCustomer } from '../store/customers.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import type { OrderingContext } from './accept-order.ts';
import { coversTerms, meaningOf } from './application-meaning.ts';
import { decisiveTime, isUnverified } from './check-application.ts';
import { isIdentified } from './check-identity.ts';
import { keepsShownPrices, matchesQuote } from './compare-prices.ts';
import { factsOf } from './customer-facts.ts';
import { hasExpiredPort } from './expired-port.ts';
import { type GoingOn, isStopped, reserveFor, setState } from './move-order.ts';
import { mayMove } from './order-states.ts';
import { orderContent, type OrderRow } from './order-store.ts';

type Resolved = NonNullable<OrderRow['resolved']>;

/**
 * A person decided that a held application goes on. It is compared once more with the customer's contracts and the
 * prices of now: what no longer fits stays held, with the reason, and so does what asks for a check of identity that isn't
 * on record: only a correction brings one. One that was made without the contracts becomes what
 * it means for them.
 * @param order locked
 */
export async function releaseOrder(
  context: OrderingContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  order: OrderRow,
  to: GoingOn,
): Promise<Result<OrderRow, TmfFailure>> {
  const { application } = order.request;
  if (!mayMove(order.state, to) || application === undefined) {
    return err({ status: 409, code: 'state-transition', reason: `An order that is ${order.state} is not released` });
  }
  const fitting = await checkAgain(context, transaction, order, application);
  const isReserved = fitting.ok && (await reserveFor(transaction, { ...order, ...fitting.value }));
  const checked = fitting.ok && !isReserved ? err('out-of-stock' as const) : fitting;
  if (!checked.ok) {
    if (order.state !== 'held' || order.held_reason !== checked.error) {
      await setState(context, transaction, caller, order, 'held', checked.error);
    }
    return err({ status: 409, code: checked.error, reason: 'The application stays held: it does not fit as it is' });
  }
  const { quote, resolved } = checked.value;
  await transaction
    .updateTable('product_orders')
    .set({
      quote: JSON.stringify(quote),
      resolved: resolved === null ? null : JSON.stringify(resolved),
      identity_version: null,
    })
    .where('id', '=', order.id)
    .execute();
  return ok(
    await setState(context, transaction, caller, { ...order, quote, resolved, identity_version: null }, to, null),
  );
}

async function checkAgain(
  context: OrderingContext,
  transaction: DatabaseTransaction,
  order: OrderRow,
  application: ApplicationExtension,
): Promise<Result<{ quote: Quote; resolved: Resolved | null }, StateReason>> {
  const { catalog, clocks } = context;
  const customer = await lockCustomer(transaction, order.customer_number);
  if (customer === null) return err('not-found');
  if (!isProcedureId(application.procedureId)) return err('conflict');
  if (isPortOver(context, order)) return err('port-expired');
  const procedure = await loadProcedure(application.procedureId);
  if (!(await isProved(context, transaction, order, { application, procedure, customer })))
    return err('identity-check');
  const { draft: id } = application;
  const applicationId = order.external_id;
  const draft =
    id === undefined || applicationId === null ? null : { id, customerNumber: customer.number, applicationId };
  // It may have been held for another reason than this when it came.
  if (draft !== null && (await hasOtherApplication(transaction, draft))) return err('draft-used');
  const today = businessDate(decisiveTime(application, order.order_date.getTime()));
  const reachesAt = wholeMinute(clocks.business());
  const known = await factsOf(transaction, catalog, customer, order.id);
  const now = { catalog, facts: known, today, reachesAt };
  const { answers, catalogVersion } = application;
  const meaning = meaningOf(procedure, now, answers, catalogVersion);
  if (!meaning.ok) return err(meaning.error.kind === 'waits' ? meaning.error.reason : 'conflict');
  // Nobody can agree to further terms for the customer: a correction asks for them.
  if (!coversTerms(procedure, now, application)) return err('conflict');
  const quote = meaning.value;
  if (!isUnverified(application)) {
    return matchesQuote(order.request, quote) ? ok({ quote, resolved: null }) : err('price-changed');
  }
  const unknown = { kind: 'unknown', customerNumber: customer.number } as const;
  const shown = meaningOf(procedure, { catalog, facts: unknown, today, reachesAt }, answers, catalogVersion);
  if (!shown.ok || !matchesQuote(order.request, shown.value) || !keepsShownPrices(order.request, quote)) {
    return err('price-changed');
  }
  return ok({
    quote,
    resolved: {
      productOrderItem: orderItems(quote),
      orderTotalPrice: orderTotals(quote),
      quoteKind: quote.kind,
    },
  });
}

/**
 * Whether an application may go on by a release alone: it was never compared with the customer's contracts, or somebody
 * isn't identified whom it asks for, or its number can't be brought along any more, whatever else it was stopped for.
 * @param order locked
 */
export async function needsRelease(
  context: OrderingContext,
  transaction: DatabaseTransaction,
  order: OrderRow,
): Promise<boolean> {
  const { application } = order.request;
  if (application === undefined) return false;
  if (isUnverified(application) && order.resolved === null) return true;
  if (order.held_reason === 'identity-check') return true;
  if (!isStopped(order.state) || !isProcedureId(application.procedureId)) return false;
  if (isPortOver(context, order)) return true;
  const procedure = await loadProcedure(application.procedureId);
  const customer = await lockCustomer(transaction, order.customer_number);
  return !(await isProved(context, transaction, order, { application, procedure, customer }));
}

/** Of one that was never accepted: a number that was is switched over by itself on the last day (p.95). */
const isPortOver = ({ clocks }: Pick<OrderingContext, 'clocks'>, order: OrderRow): boolean =>
  order.state === 'held' &&
  order.held_reason !== null &&
  hasExpiredPort(orderContent(order).productOrderItem, businessDate(clocks.business()));

function isProved(
  context: OrderingContext,
  transaction: DatabaseTransaction,
  { id, external_id: externalId, terminal_code: terminal, shop, order_date }: OrderRow,
  {
    application,
    procedure,
    customer,
  }: {
    readonly application: ApplicationExtension;
    readonly procedure: Procedure;
    readonly customer: CustomerRow | null;
  },
): Promise<boolean> {
  const cameAt = order_date.getTime();
  const of = { application, applicationId: externalId ?? id, terminal, shop };
  return isIdentified(transaction, context, procedure, of, customer, cameAt);
}
