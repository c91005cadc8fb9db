import fc from 'fast-check';
import { addDays } from '../../shared/domain/business-time.ts';
import type { TextFormat } from '../../shared/domain/typed/typed-text.ts';
import { countsAnswer, manyAnswer, waysAnswer } from '../../shared/procedures/answers.ts';
import { askedQuestions } from '../../shared/procedures/asked.ts';
import type { Draft, Procedure, ProcedureContext, Question, TextQuestion } from '../../shared/procedures/procedure.ts';

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
  if (question.kind === 'text') return anyText(question, context, draft);
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

function anyText(question: TextQuestion, context: ProcedureContext, draft: Draft): fc.Arbitrary<string> {
  const text = anyOfFormat(question.format, context).filter((one) => !question.check?.(one, context, draft));
  return question.isOptional === true ? fc.oneof(fc.constant(''), text) : text;
}

function anyOf(letters: string, atLeast: number, atMost: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: atLeast, maxLength: atMost });
}

function anyOfFormat(format: TextFormat, { today }: ProcedureContext): fc.Arbitrary<string> {
  const digits = (atLeast: number, atMost: number) => anyOf('0123456789', atLeast, atMost);
  switch (format.kind) {
    case 'digits':
      return digits(format.atLeast, format.atMost);
    case 'latin':
      return fc.oneof(
        fc.tuple(fc.constantFrom('', 'DN'), digits(16, 16)).map((parts) => parts.join('')),
        fc.constant('HAJIME2026'),
      );
    case 'kana':
      return anyOf('アカサタナハマヤラワン', 1, format.atMost);
    case 'name':
      return anyOf('山田髙橋𠮷あイaé', 1, format.atMost);
    case 'date':
      return format.of === 'birth'
        ? fc.integer({ min: 0, max: 40_000 }).map((days) => addDays(today, -days))
        : fc.integer({ min: 0, max: 20 }).map((days) => addDays(today, days));
    case 'phone':
      return digits(8, 8).map((rest) => `080${rest}`);
    case 'email':
      // Asked for twice: at random the second would never be the first.
      return fc.constant('hana@example.jp');
  }
}
