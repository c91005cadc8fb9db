import { sumYen } from '../domain/money.ts';
import { valuesIn } from './answers.ts';
import { askedQuestions, optionsOf } from './asked.ts';
import type { Draft, Procedure, ProcedureContext } from './procedure.ts';

interface ChosenPrice {
  readonly question: string;
  readonly value: string;
  readonly yen: number;
}

type Asked = Pick<Procedure, 'steps' | 'problems'>;

/** 明細: what the answers so far cost by the month, while others are still to be given (p.86). */
export function runningPrice(
  procedure: Asked,
  context: ProcedureContext,
  draft: Draft,
): { readonly lines: readonly ChosenPrice[]; readonly totalYen: number } {
  const lines = chosenPrices(procedure, context, draft, 'month');
  return { lines, totalYen: sumYen(lines.map(({ yen }) => yen)) };
}

/** The prices on the cards of what is chosen so far. */
export function chosenPrices(
  { steps, problems }: Asked,
  context: ProcedureContext,
  draft: Draft,
  per: 'month' | 'once',
): ChosenPrice[] {
  const open = new Set(problems(context, draft).map(({ question }) => question));
  return askedQuestions(steps, context, draft).flatMap(({ id }): ChosenPrice[] => {
    if (open.has(id)) return [];
    const chosen = new Set(valuesIn(draft[id] ?? ''));
    return optionsOf(steps, id, context, draft).flatMap(({ value, price }) =>
      chosen.has(value) && price?.per === per ? [{ question: id, value, yen: price.yen }] : [],
    );
  });
}
