import { z } from 'zod';
import { cantHappen } from '../domain/cant-happen.ts';
import { TEXT_PROBLEMS, type TextProblem, textProblem } from '../domain/typed/typed-text.ts';
import { countsOf, isCountsAnswer, isWaysAnswer, manyOf, waysOf } from './answers.ts';
import { answerTo } from './asked.ts';
import type { ChoiceQuestion, Draft, ProcedureContext, Question, TextQuestion } from './procedure.ts';
import { RULE_IDS } from './rule-ids.ts';

export const draftProblemSchema = z.discriminatedUnion('problem', [
  z.strictObject({ question: z.string(), problem: z.literal('missing') }),
  /** It may have been offered before. */
  z.strictObject({ question: z.string(), problem: z.literal('not-offered') }),
  /** No page gives such an answer. */
  z.strictObject({ question: z.string(), problem: z.literal('malformed') }),
  /** Typed, and not what was asked for. */
  z.strictObject({ question: z.string(), problem: z.literal('unfit'), reason: z.enum(TEXT_PROBLEMS) }),
  z.strictObject({ question: z.string(), problem: z.literal('forbidden'), rule: z.enum(RULE_IDS) }),
]);
export type DraftProblem = z.infer<typeof draftProblemSchema>;

type OwnProblem =
  | { readonly problem: 'missing' | 'not-offered' | 'malformed' }
  | { readonly problem: 'unfit'; readonly reason: TextProblem };

/** What is wrong with the answer by itself, its question looked at alone. */
export function problemOf(question: Question, context: ProcedureContext, draft: Draft): OwnProblem | null {
  if (question.kind === 'text') return typedProblem(question, context, draft);
  const problem = choiceProblem(question, context, draft);
  return problem === null ? null : { problem };
}

function typedProblem(question: TextQuestion, context: ProcedureContext, draft: Draft): OwnProblem | null {
  const text = answerTo(question, draft) ?? '';
  if (text === '') return question.isOptional === true ? null : { problem: 'missing' };
  const reason = textProblem(question.format, text, context.today) ?? question.check?.(text, context, draft) ?? null;
  return reason === null ? null : { problem: 'unfit', reason };
}

function choiceProblem(
  question: ChoiceQuestion,
  context: ProcedureContext,
  draft: Draft,
): 'missing' | 'not-offered' | 'malformed' | null {
  const answer = draft[question.id];
  if (answer === undefined) return 'missing';
  const options = question.options(context, draft);
  const areOffered = (values: readonly string[]): boolean =>
    values.every((value) => options.some((option) => option.value === value && option.disabled === null));
  switch (question.kind) {
    case 'one':
      return areOffered([answer]) ? null : 'not-offered';
    case 'many': {
      const values = manyOf(answer);
      if (new Set(values).size !== values.length) return 'malformed';
      return areOffered(values) ? null : 'not-offered';
    }
    case 'counts': {
      if (!isCountsAnswer(answer)) return 'malformed';
      const counts = countsOf(answer);
      if ([...counts.values()].some((count) => count > question.atMost)) return 'malformed';
      return areOffered([...counts.keys()]) ? null : 'not-offered';
    }
    case 'each': {
      if (!isWaysAnswer(answer)) return 'malformed';
      const ways = waysOf(answer);
      const areWays = [...ways.values()].every((way) => question.ways.includes(way));
      if (!areWays || !areOffered([...ways.keys()])) return 'not-offered';
      return options.every(({ value }) => ways.has(value)) ? null : 'missing';
    }
    default:
      return cantHappen(question);
  }
}
