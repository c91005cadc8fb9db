import type { ApplicationExtension, ProductOrderCreate } from '../../shared/central-api/product-order.ts';
import type { StateReason } from '../../shared/contract/events.ts';
import { businessDate, wholeMinute } from '../../shared/domain/business-time.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { CustomerFacts } from '../../shared/domain/contract.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import { isReceiptNumber } from '../../shared/domain/receipt-number.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { isProcedureId, loadProcedure } from '../../shared/procedures/registry.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { IdentityMark } from '../store/identity-version.ts';
import type { IssuedAt } from '../identity/tokens.ts';
import type { Clocks } from '../ports.ts';
import { coversTerms, meaningOf } from './application-meaning.ts';
import { matchesQuote } from './compare-prices.ts';
import { hasExpiredPort } from './expired-port.ts';
import type { OrderStart } from './order-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Applications are made while a session lasts; the margins are for clocks. */
const BEFORE_ISSUE_MS = 5 * MINUTE;
export const SESSION_MS = 12 * HOUR;
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

/** What authorises an application, as far as its time is judged by it. */
export interface Authority {
  readonly issuedAt: IssuedAt;
  readonly validMs: number;
  /** With which ID the customer had signed in; null: staff vouch for who it was. */
  readonly identity: IdentityMark | null;
}

/**
 * What can't be decided without a person is held with a reason; only what can never become an order is refused.
 * @param known null: the number is nobody's
 */
export function checkApplication(input: {
  order: ProductOrderCreate;
  application: ApplicationExtension;
  procedure: Procedure;
  authority: Authority;
  catalog: Catalog;
  customerNumber: string;
  known: Extract<CustomerFacts, { kind: 'known' }> | null;
  clocks: Clocks;
}): Result<OrderStart, TmfFailure> {
  const { order, application, procedure, authority, catalog, customerNumber, known, clocks } = input;
  const unverified = isUnverified(application);
  if (known === null && !unverified) return err(unprocessable('unknown-customer', 'There is no such customer'));
  const capturedAt = Date.parse(application.capturedAt);
  if (!isPlausible(capturedAt, authority, clocks)) return ok(held('implausible-time', null));
  const facts = known === null || unverified ? { kind: 'unknown' as const, customerNumber } : known;
  const reachesAt = wholeMinute(clocks.business());
  const context = { catalog, facts, today: businessDate(capturedAt), reachesAt };
  const quote = meaningOf(procedure, context, application.answers, application.catalogVersion);
  if (!quote.ok) {
    return quote.error.kind === 'never-offered'
      ? err(unprocessable('answers', "The answers are not among the procedure's options"))
      : ok(held(quote.error.reason, quote.error.quote));
  }
  if (known === null) return ok(held('not-found', quote.value));
  // How many days must be left is judged by when the customer applied; whether any is, by when it comes.
  if (hasExpiredPort(order.productOrderItem, businessDate(clocks.business()))) {
    return ok(held('port-expired', quote.value));
  }
  // What else the customer had to agree to goes by the contracts, which may have been others then.
  if (!coversTerms(procedure, context, application)) return ok(held('conflict', quote.value));
  if (!matchesQuote(order, quote.value)) return ok(held('price-changed', quote.value));
  if (unverified) return ok(held('identity-check', quote.value));
  return ok({ state: 'acknowledged', reason: null, quote: quote.value });
}

/** Taken by staff's attestation, without the customer's contracts. */
export function isUnverified({ attribution }: ApplicationExtension): boolean {
  return attribution.kind === 'staff' && attribution.unverified;
}

function isPlausible(capturedAt: number, { issuedAt, validMs }: Authority, clocks: Clocks): boolean {
  const whileValid = [issuedAt.system, issuedAt.business].some(
    (issued) => capturedAt >= issued - BEFORE_ISSUE_MS && capturedAt <= issued + validMs,
  );
  return whileValid && [clocks.system(), clocks.business()].some((now) => isNear(capturedAt, now));
}

/**
 * The time that decides about dates and terms: the application's own, or, where that can't be, when it came.
 * @param cameAt epoch ms, business clock
 */
export function decisiveTime({ capturedAt }: ApplicationExtension, cameAt: number): number {
  const captured = Date.parse(capturedAt);
  return isNear(captured, cameAt) ? captured : cameAt;
}

const isNear = (capturedAt: number, now: number): boolean =>
  capturedAt <= now + FUTURE_MS && capturedAt >= now - PAST_MS;
