import { waysAnswer, waysOf } from './answers.ts';
import { questionsOf } from './asked.ts';
import type { Draft, Procedure, ProcedureContext, Question } from './procedure.ts';

function initialAnswer(question: Question): string | undefined {
  return question.kind === 'one' ? question.initial : '';
}

/** Answers before the customer has touched anything. */
export function initialDraft(procedure: Procedure): Draft {
  return Object.fromEntries(
    questionsOf(procedure.steps).flatMap((question) => {
      const initial = initialAnswer(question);
      return initial === undefined ? [] : [[question.id, initial]];
    }),
  );
}

/** After an earlier answer changed: keeps what is still offered and names the questions whose answers no longer are. */
export function keepValid(
  procedure: Procedure,
  context: ProcedureContext,
  draft: Draft,
): { draft: Draft; dropped: readonly string[] } {
  const initial = initialDraft(procedure);
  const offered = withoutGone(procedure, context, draft);
  const dropped = procedure
    .problems(context, offered)
    .filter(({ problem }) => problem === 'not-offered' || problem === 'malformed')
    .map((problem) => problem.question)
    // What nobody chose can't be lost.
    .filter((question) => offered[question] !== initial[question]);
  const kept = Object.entries(offered).filter(([question]) => !dropped.includes(question));
  const reset = Object.entries(initial).filter(([question]) => dropped.includes(question));
  return { draft: Object.fromEntries([...kept, ...reset]), dropped };
}

/** What is answered for each option holds for those that are left; to lose one says nothing about the others. */
function withoutGone(procedure: Procedure, context: ProcedureContext, draft: Draft): Draft {
  const kept = questionsOf(procedure.steps).flatMap((question) => {
    const answer = draft[question.id];
    if (question.kind !== 'each' || answer === undefined) return [];
    const values = question.options(context, draft).map(({ value }) => value);
    return [[question.id, waysAnswer(values, waysOf(answer))] as const];
  });
  return { ...draft, ...Object.fromEntries(kept) };
}
