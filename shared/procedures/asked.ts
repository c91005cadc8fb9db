import { normalText } from '../domain/typed/typed-text.ts';
import type { IdentifiedPerson } from '../domain/identity-policy.ts';
import type { ChoiceOption, Draft, Procedure, ProcedureContext, Question, Step } from './procedure.ts';

export function questionsOf(steps: readonly Step[]): Question[] {
  return steps.flatMap((step) => (step.kind === 'choose' ? step.questions : []));
}

/** The answers that are answers to its questions. */
export function answersTo(steps: readonly Step[], answers: Draft): Draft {
  const ids = new Set(questionsOf(steps).map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => ids.has(id)));
}

/** The questions that these answers leave to be asked. */
export function askedQuestions(steps: readonly Step[], context: ProcedureContext, draft: Draft): Question[] {
  return questionsOf(steps).filter((question) => question.when?.(context, draft) ?? true);
}

/** A step whose questions need not be asked is passed over. */
export function isAsked(step: Step, context: ProcedureContext, draft: Draft): boolean {
  return step.kind !== 'choose' || askedQuestions([step], context, draft).length > 0;
}

/** What the question of that id offers; a typed answer is among nothing. */
export function optionsOf(
  steps: readonly Step[],
  questionId: string,
  context: ProcedureContext,
  draft: Draft,
): readonly ChoiceOption[] {
  const question = questionsOf(steps).find(({ id }) => id === questionId);
  return question === undefined || question.kind === 'text' ? [] : question.options(context, draft);
}

/** What is made of an answer: a typed one without what only its typing put there. A field that was left empty gives none. */
export function answerTo(question: Question, draft: Draft): string | undefined {
  const answer = draft[question.id];
  if (question.kind !== 'text' || answer === undefined) return answer;
  const text = normalText(question.format, answer);
  return text === '' ? undefined : text;
}

/** Whose identity is to be proved before these answers are applied for. */
export function personsToIdentify({ steps }: Pick<Procedure, 'steps'>, draft: Draft): readonly IdentifiedPerson[] {
  return steps.flatMap((step) => (step.kind === 'identity' ? step.persons(draft) : []));
}
