import { type ApplicationExtension, type OrderItem, orderItems } from '../../shared/central-api/product-order.ts';
import type { StateReason } from '../../shared/contract/events.ts';
import { findOffering, OFFERING_ID } from '../../shared/domain/catalog.ts';
import type { CustomerFacts } from '../../shared/domain/contract.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import { err, type Result } from '../../shared/domain/result.ts';
import { iccidSchema } from '../../shared/domain/mobile/line.ts';
import { valuesIn } from '../../shared/procedures/answers.ts';
import { askedQuestions, optionsOf, questionsOf } from '../../shared/procedures/asked.ts';
import type { Draft, Procedure, ProcedureContext, UnavailableReason } from '../../shared/procedures/procedure.ts';

/** Why answers can't be carried out for a customer. */
export type Misfit =
  /** They never were among the procedure's options. */
  | { readonly kind: 'never-offered' }
  | { readonly kind: 'waits'; readonly reason: StateReason; readonly quote: Quote | null };

/**
 * What an application's answers mean for a customer, by what is known of the contracts.
 * @param madeUnder the version of the catalog that the customer chose from
 */
export function meaningOf(
  procedure: Procedure,
  context: ProcedureContext,
  answers: Draft,
  madeUnder: string,
): Result<Quote, Misfit> {
  const availability = procedure.availability(context);
  if (!availability.available) {
    // Without the contract that a procedure changes there is nothing to compute.
    const isPending = availability.reason === 'change-pending';
    const quote = isPending ? procedure.quote(context, answers) : null;
    return err(waits(reasonFor(availability.reason), quote?.ok === true ? quote.value : null));
  }
  const quote = procedure.quote(context, answers);
  if (!quote.ok) {
    const wasOffered = quote.error.every((found) => {
      const { question, problem } = found;
      // A campaign may have ended meanwhile, a number have been switched over; a terminal of before took other ICCIDs.
      if (problem === 'unfit') {
        return found.reason === 'not-an-iccid'
          ? iccidSchema.safeParse(answers[question]).success
          : found.reason === 'unknown-campaign' || found.reason === 'not-to-activate';
      }
      // Only of contracts that weren't there yet, when the customer answered, is it asked.
      if (problem === 'missing') return !isAskedOfAnybody(procedure, context, question, answers);
      // What holds only for these contracts may have come to hold after the customer had answered.
      if (problem === 'forbidden') return !isForbiddenToAnybody(procedure, context, question, answers);
      // What the contracts decide about may have been on offer when the customer chose it; anything else never was.
      return problem === 'not-offered' && isKnown(procedure, context, answers[question], { question, madeUnder });
    });
    if (!wasOffered) return err({ kind: 'never-offered' });
    return err(waits(namesPending(procedure, context, answers) ? 'change-pending' : 'conflict', null));
  }
  if (touchesPending(orderItems(quote.value), context.facts)) return err(waits('change-pending', quote.value));
  return quote;
}

function waits(reason: StateReason, quote: Quote | null): Misfit {
  return { kind: 'waits', reason, quote };
}

/** Something chosen can't be had only because an order for it is on its way. */
function namesPending(procedure: Procedure, context: ProcedureContext, answers: Draft): boolean {
  return askedQuestions(procedure.steps, context, answers).some((question) => {
    const values = valuesIn(answers[question.id] ?? '');
    const options = optionsOf(procedure.steps, question.id, context, answers);
    return options.some(({ value, disabled }) => disabled === 'change-pending' && values.includes(value));
  });
}

/** Whatever contracts there are, these answers lead to that question. */
function isAskedOfAnybody(
  { steps }: Procedure,
  context: ProcedureContext,
  questionId: string,
  answers: Draft,
): boolean {
  return askedQuestions(steps, ofAnybody(context), answers).some(({ id }) => id === questionId);
}

/** Whatever contracts there are, these answers can't be given together. */
function isForbiddenToAnybody(
  procedure: Procedure,
  context: ProcedureContext,
  questionId: string,
  answers: Draft,
): boolean {
  return procedure
    .problems(ofAnybody(context), answers)
    .some(({ problem, question }) => problem === 'forbidden' && question === questionId);
}

function ofAnybody(context: ProcedureContext): ProcedureContext {
  if (context.facts.kind === 'unknown') return context;
  return { ...context, facts: { kind: 'unknown', customerNumber: context.facts.customer.number } };
}

/**
 * Everything that the answer names is an offering, a contract, or a word of the question's own. A contract may have been
 * taken out of the inventory since.
 */
function isKnown(
  { steps }: Procedure,
  { catalog }: ProcedureContext,
  answer = '',
  asked: { question: string; madeUnder: string },
): boolean {
  const question = questionsOf(steps).find(({ id }) => id === asked.question);
  if (question === undefined || question.kind === 'text') return false;
  const { words = [], namesContracts } = question;
  return (
    namesContracts === true ||
    valuesIn(answer).every(
      (value) =>
        words.includes(value) ||
        findOffering(catalog, value) !== undefined ||
        // The catalog of then may have had it.
        (asked.madeUnder !== catalog.version && OFFERING_ID.test(value)),
    )
  );
}

/** What the customer agreed to is all that is due for what the application means now. */
export function coversTerms(
  procedure: Procedure,
  context: ProcedureContext,
  application: ApplicationExtension,
): boolean {
  const accepted = new Set(application.terms.map((terms) => terms.id));
  return procedure.termsFor(context, application.answers).every((id) => accepted.has(id));
}

/** Anything else than a change on its way means that the contracts or the address are not what they seemed. */
function reasonFor(reason: UnavailableReason): StateReason {
  return reason === 'change-pending' ? 'change-pending' : 'conflict';
}

function touchesPending(items: readonly OrderItem[], facts: CustomerFacts): boolean {
  if (facts.kind === 'unknown') return false;
  const pending = new Set(facts.contracts.filter((contract) => contract.changePending).map((contract) => contract.id));
  return items.some((item) => item.product?.id !== undefined && pending.has(item.product.id));
}
