import {
  type ApplicationExtension,
  type OrderItem,
  type ProductOrderCreate,
  orderItems,
} from '../../shared/central-api/product-order.ts';
import { businessDate } from '../../shared/domain/business-time.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import type { Contract, Customer } from '../../shared/domain/contract.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import { isReceiptNumber } from '../../shared/domain/receipt-number.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { StateReason } from '../../shared/contract/events.ts';
import type { Procedure, UnavailableReason } from '../../shared/procedures/procedure.ts';
import { isProcedureId, loadProcedure } from '../../shared/procedures/registry.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { SubmissionGrant } from '../identity/tokens.ts';
import type { Clocks } from '../ports.ts';
import { matchesQuote } from './compare-prices.ts';
import type { OrderStart } from './order-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A session's applications are made while it lasts; the margins are for clocks. */
const BEFORE_GRANT_MS = 5 * MINUTE;
const AFTER_GRANT_MS = 12 * HOUR;
const FUTURE_MS = DAY;
const PAST_MS = 400 * DAY;

const held = (reason: StateReason, quote: Quote | null): OrderStart => ({ state: 'held', reason, quote });

/** What can be said of an application without looking anything up. */
export async function readApplication(
  order: ProductOrderCreate,
  application: ApplicationExtension,
  terminal: string,
): Promise<Result<Procedure, TmfFailure>> {
  if (!isProcedureId(application.procedureId)) {
    return err(unprocessable('unknown-procedure', 'There is no such procedure'));
  }
  if (order.category !== application.procedureId) {
    return err(unprocessable('category-mismatch', 'The category is the procedure'));
  }
  if (application.terminalCode !== terminal) {
    return err(unprocessable('terminal-mismatch', 'The application names another terminal'));
  }
  const { receiptNumber } = application;
  if (!isReceiptNumber(receiptNumber) || !receiptNumber.startsWith(`${terminal}-`)) {
    return err(unprocessable('receipt-number', 'The receipt number is none of this terminal'));
  }
  const procedure = await loadProcedure(application.procedureId);
  const accepted = new Set(application.terms.map((terms) => terms.id));
  if (!procedure.terms.every((id) => accepted.has(id))) {
    return err(unprocessable('terms-missing', 'Terms that the procedure asks for were not accepted'));
  }
  return ok(procedure);
}

/** What can't be decided without a person is held with a reason; only what can never become an order is refused. */
export function checkApplication(input: {
  order: ProductOrderCreate;
  application: ApplicationExtension;
  procedure: Procedure;
  grant: SubmissionGrant;
  catalog: Catalog;
  customer: Customer;
  contracts: readonly Contract[];
  clocks: Clocks;
}): Result<OrderStart, TmfFailure> {
  const { order, application, procedure, grant, catalog, customer, contracts, clocks } = input;
  const capturedAt = Date.parse(application.capturedAt);
  const context = {
    catalog,
    facts: { kind: 'known', customer, contracts },
    today: businessDate(capturedAt),
  } as const;
  if (!isPlausible(capturedAt, grant, clocks)) return ok(held('implausible-time', null));
  const availability = procedure.availability(context);
  const quote = procedure.quote(context, application.answers);
  if (!availability.available) return ok(held(reasonFor(availability.reason), quote.ok ? quote.value : null));
  if (!quote.ok) {
    // An offering that central knows may have been on offer when the customer chose it; anything else never was.
    const known = quote.error.every(({ question, problem }) => {
      const answer = application.answers[question];
      return problem === 'not-offered' && answer !== undefined && findOffering(catalog, answer) !== undefined;
    });
    return known
      ? ok(held('conflict', null))
      : err(unprocessable('answers', "The answers are not among the procedure's options"));
  }
  if (touchesPending(orderItems(quote.value), contracts)) return ok(held('change-pending', quote.value));
  return ok(
    matchesQuote(order, quote.value)
      ? { state: 'acknowledged', reason: null, quote: quote.value }
      : held('price-changed', quote.value),
  );
}

function isPlausible(capturedAt: number, grant: SubmissionGrant, clocks: Clocks): boolean {
  const { system, business } = grant.issuedAt;
  const inSession = [system, business].some(
    (issued) => capturedAt >= issued - BEFORE_GRANT_MS && capturedAt <= issued + AFTER_GRANT_MS,
  );
  const nearNow = [clocks.system(), clocks.business()].some(
    (now) => capturedAt <= now + FUTURE_MS && capturedAt >= now - PAST_MS,
  );
  return inSession && nearNow;
}

function reasonFor(reason: UnavailableReason): StateReason {
  switch (reason) {
    case 'change-pending':
      return 'change-pending';
    case 'no-internet-contract':
    case 'no-recommended-plan':
      return 'conflict';
    default:
      return cantHappen(reason);
  }
}

function touchesPending(items: readonly OrderItem[], contracts: readonly Contract[]): boolean {
  const pending = new Set(contracts.filter((contract) => contract.changePending).map((contract) => contract.id));
  return items.some((item) => item.product?.id !== undefined && pending.has(item.product.id));
}
