import { sumYen } from '../domain/money.ts';
import { valuesIn } from './answers.ts';
import { askedQuestions, optionsOf } from './asked.ts';
import type { Draft, Procedure, ProcedureContext } from './procedure.ts';

interface RunningLine {
  readonly question: string;
  readonly value: string;
  /** By the month. */
  readonly yen: number;
}

/** 明細: what the answers so far cost by the month, while others are still to be given (p.86). */
export function runningPrice(
  { steps, problems }: Pick<Procedure, 'steps' | 'problems'>,
  context: ProcedureContext,
  draft: Draft,
): { readonly lines: readonly RunningLine[]; readonly totalYen: number } {
  const open = new Set(problems(context, draft).map(({ question }) => question));
  const lines = askedQuestions(steps, context, draft).flatMap(({ id }): RunningLine[] => {
    if (open.has(id)) return [];
    const chosen = new Set(valuesIn(draft[id] ?? ''));
    return optionsOf(steps, id, context, draft).flatMap(({ value, price }) =>
      chosen.has(value) && price?.per === 'month' ? [{ question: id, value, yen: price.yen }] : [],
    );
  });
  return { lines, totalYen: sumYen(lines.map(({ yen }) => yen)) };
}
