import { type OrderItem, orderItems } from '../../shared/central-api/product-order.ts';
import type { StateReason } from '../../shared/contract/events.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import type { CustomerFacts } from '../../shared/domain/contract.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import { err, type Result } from '../../shared/domain/result.ts';
import type { Draft, Procedure, ProcedureContext, UnavailableReason } from '../../shared/procedures/procedure.ts';

/** Why answers can't be carried out for a customer. */
export type Misfit =
  /** They never were among the procedure's options. */
  | { readonly kind: 'never-offered' }
  | { readonly kind: 'waits'; readonly reason: StateReason; readonly quote: Quote | null };

/** What an application's answers mean for a customer, by what is known of the contracts. */
export function meaningOf(procedure: Procedure, context: ProcedureContext, answers: Draft): Result<Quote, Misfit> {
  const availability = procedure.availability(context);
  if (!availability.available) {
    // Without the contract that a procedure changes there is nothing to compute.
    const isPending = availability.reason === 'change-pending';
    const quote = isPending ? procedure.quote(context, answers) : null;
    return err(waits(reasonFor(availability.reason), quote?.ok === true ? quote.value : null));
  }
  const quote = procedure.quote(context, answers);
  if (!quote.ok) {
    // An offering that central knows may have been on offer when the customer chose it; anything else never was.
    const wasOffered = quote.error.every(
      ({ question, problem }) => problem === 'not-offered' && isKnown(context.catalog, answers[question]),
    );
    return err(wasOffered ? waits('conflict', null) : { kind: 'never-offered' });
  }
  if (touchesPending(orderItems(quote.value), context.facts)) return err(waits('change-pending', quote.value));
  return quote;
}

function waits(reason: StateReason, quote: Quote | null): Misfit {
  return { kind: 'waits', reason, quote };
}

function isKnown(catalog: Catalog, answer: string | undefined): boolean {
  return answer !== undefined && findOffering(catalog, answer) !== undefined;
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

function touchesPending(items: readonly OrderItem[], facts: CustomerFacts): boolean {
  if (facts.kind === 'unknown') return false;
  const pending = new Set(facts.contracts.filter((contract) => contract.changePending).map((contract) => contract.id));
  return items.some((item) => item.product?.id !== undefined && pending.has(item.product.id));
}
