import fc from 'fast-check';
import { countsAnswer, manyAnswer, waysAnswer } from '../../shared/procedures/answers.ts';
import {
  askedQuestions,
  type Draft,
  type Procedure,
  type ProcedureContext,
  type Question,
} from '../../shared/procedures/procedure.ts';

/** Drafts as the wizard lets a customer make them: question by question, each among what is offered then. */
export function anyDraft(procedure: Procedure, context: ProcedureContext): fc.Arbitrary<Draft> {
  const next = (draft: Draft): fc.Arbitrary<Draft> => {
    const question = askedQuestions(procedure.steps, context, draft).find(({ id }) => draft[id] === undefined);
    if (question === undefined) return fc.constant(draft);
    return anyAnswer(question, context, draft).chain((answer) => next({ ...draft, [question.id]: answer }));
  };
  return next({}).filter((draft) => procedure.problems(context, draft).length === 0);
}

function anyAnswer(question: Question, context: ProcedureContext, draft: Draft): fc.Arbitrary<string> {
  const values = question
    .options(context, draft)
    .filter((option) => option.disabled === null)
    .map((option) => option.value);
  switch (question.kind) {
    case 'one':
      return fc.constantFrom(...values);
    case 'many':
      return fc.subarray(values).map(manyAnswer);
    case 'each':
      return fc
        .array(fc.constantFrom(...question.ways), { minLength: values.length, maxLength: values.length })
        .map((ways) => waysAnswer(values, new Map(values.map((value, index) => [value, ways[index] ?? '']))));
    case 'counts':
      return fc
        .array(fc.integer({ min: 0, max: 3 }), { minLength: values.length, maxLength: values.length })
        .map((counts) => countsAnswer(new Map(values.map((value, index) => [value, counts[index] ?? 0]))));
  }
}
