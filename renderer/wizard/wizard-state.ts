import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { type Quote, sameQuote } from '../../shared/domain/quote.ts';
import type { TermsDocument, TermsId } from '../../shared/domain/terms.ts';
import type { ReceiptOutcome } from '../../shared/contract/events.ts';
import { answersTo, isAsked, personsToIdentify } from '../../shared/procedures/asked.ts';
import { initialDraft, keepValid } from '../../shared/procedures/keep-valid.ts';
import type { Draft, Procedure, ProcedureContext, Step } from '../../shared/procedures/procedure.ts';
import type { Resumed } from './kept/resume-kept.ts';

/** Why この内容で申込む came to nothing; nothing was applied for unless it says so. */
export type SubmitProblem =
  | { readonly kind: 'quote-changed' }
  | { readonly kind: 'invalid-answers' }
  | { readonly kind: 'terms-incomplete' }
  | { readonly kind: 'captures-missing' }
  /** What was entered is not what staff compared with the documents. */
  | { readonly kind: 'identity-missing' }
  | { readonly kind: 'disk-full' }
  | { readonly kind: 'not-ready' }
  /** It was to take the place of an application that another has replaced, or that is not to be replaced any more. */
  | { readonly kind: 'already-corrected' | 'not-correctable' }
  /** Whether it was taken is not known; the same application id makes a repeat harmless. */
  | { readonly kind: 'link-lost' }
  | { readonly kind: 'unexpected'; readonly correlationId: string | null };

export type Position =
  | { readonly kind: 'step'; readonly at: number }
  | { readonly kind: 'submitting'; readonly from: number; readonly applied: Applied }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'result'; readonly outcome: ReceiptOutcome; readonly applied: Applied };

/** The price that was agreed to, and under what it was computed: the application itself changes what is offered. */
export interface Applied {
  readonly context: ProcedureContext;
  readonly quote: Quote;
}

/** A refusal that the backend gives no new quote with. */
type Refusal = Exclude<SubmitProblem, { kind: 'quote-changed' }>;

/** Staff who attested it, or the chips alone. */
type IdentifiedBy = { readonly kind: 'staff'; readonly name: string } | { readonly kind: 'chip' };

export interface WizardState {
  /** UUIDv7, the application's identity for ever; kept over every retry. */
  readonly applicationId: string;
  readonly position: Position;
  readonly draft: Draft;
  /** Questions whose answers were reset because an earlier one changed. */
  readonly dropped: readonly string[];
  /** 変更 on the review led to the step that is on show: from it back to the review. */
  readonly isRevising: boolean;
  /** True once the customer wanted to go on: only then are missing answers pointed out. */
  readonly isChecked: boolean;
  /** What the backend computed when it differed from ours; shown and agreed to in place of ours. */
  readonly backendQuote: Quote | null;
  /** What the review showed last: the only price that the customer can agree to. */
  readonly reviewed: Quote | null;
  /** Version of each document that was opened. */
  readonly opened: Readonly<Partial<Record<TermsId, string>>>;
  readonly isAccepted: boolean;
  /** What proved the identity for these answers; null: nothing yet. */
  readonly identifiedBy: IdentifiedBy | null;
  /** The pictures that belong to it. */
  readonly captures: readonly string[];
  /** null: begun anew. */
  readonly resumed: Resumed | null;
  readonly problem: SubmitProblem | null;
}

export type WizardEvent =
  | { readonly type: 'answered'; readonly question: string; readonly value: string }
  | { readonly type: 'next' }
  | { readonly type: 'back' }
  /** 変更 beside a line of the review. */
  | { readonly type: 'revise'; readonly question: string }
  | { readonly type: 'opened'; readonly document: Pick<TermsDocument, 'id' | 'version'> }
  /** The tick beside what is read on the page itself was taken away again. */
  | { readonly type: 'unconfirmed'; readonly id: TermsId }
  | { readonly type: 'accepted'; readonly isAccepted: boolean }
  | { readonly type: 'identified'; readonly by: IdentifiedBy; readonly captures: readonly string[] }
  | { readonly type: 'submit' }
  /** Another catalog, other contracts or another day: what is computed from them may have changed. */
  | { readonly type: 'context-changed' }
  | { readonly type: 'submitted'; readonly outcome: ReceiptOutcome }
  | { readonly type: 'quote-changed'; readonly quote: Quote }
  | { readonly type: 'not-available'; readonly reason: string }
  | { readonly type: 'refused'; readonly problem: Refusal };

/** Begins with answers that were given another time; whether they still fit is looked at step by step. */
export function resumeAnswers(procedure: Procedure, applicationId: string, answers: Draft): WizardState {
  const draft = { ...initialDraft(procedure), ...answersTo(procedure.steps, answers) };
  return { ...startWizard(procedure, applicationId), draft };
}

/** Whether there is anything to go on with. */
export function isBegun(procedure: Procedure, { position, draft }: WizardState): boolean {
  return position.kind !== 'step' || position.at > 0 || hasAnswers(procedure, draft);
}

/** Whether beginning it anew would lose anything: what came to its end loses nothing. */
export function isUnderWay(procedure: Procedure, state: WizardState): boolean {
  const { kind } = state.position;
  return kind !== 'result' && kind !== 'unavailable' && isBegun(procedure, state);
}

/** Something was answered that the customer would miss. */
export function hasAnswers(procedure: Procedure, draft: Draft): boolean {
  const initial = initialDraft(procedure);
  return Object.entries(draft).some(([question, answer]) => answer !== (initial[question] ?? ''));
}

export function startWizard(procedure: Procedure, applicationId: string): WizardState {
  return {
    applicationId,
    position: { kind: 'step', at: 0 },
    draft: initialDraft(procedure),
    dropped: [],
    isRevising: false,
    isChecked: false,
    backendQuote: null,
    reviewed: null,
    opened: {},
    isAccepted: false,
    identifiedBy: null,
    captures: [],
    resumed: null,
    problem: null,
  };
}

/**
 * Where a wizard that was left by the page's address goes on. The answer to what it had submitted went nowhere, so it
 * is looked for among the session's applications; without it the customer submits the same application again.
 */
export function resumeWizard(
  kept: WizardState | undefined,
  applications: readonly ReceiptOutcome[],
): WizardState | undefined {
  if (kept?.position.kind !== 'submitting') return kept;
  const { from, applied } = kept.position;
  const outcome = applications.find((one) => one.applicationId === kept.applicationId);
  return outcome === undefined
    ? { ...kept, problem: { kind: 'link-lost' }, position: { kind: 'step', at: from } }
    : { ...kept, position: { kind: 'result', outcome, applied } };
}

/** Every transition of the wizard. An event that has no place where the wizard stands changes nothing. */
export function stepWizard(
  procedure: Procedure,
  context: ProcedureContext,
  state: WizardState,
  event: WizardEvent,
): WizardState {
  switch (event.type) {
    case 'answered':
      return state.position.kind === 'step' ? answer(procedure, context, state, event.question, event.value) : state;
    case 'next':
      return state.position.kind === 'step' ? goOn(procedure, context, state, state.position.at) : state;
    case 'back':
      return state.position.kind === 'step' ? goBack(procedure, context, state, state.position.at) : state;
    case 'revise':
      return state.position.kind === 'step' ? revise(procedure, state, event.question) : state;
    case 'opened':
      return {
        ...state,
        opened: { ...state.opened, [event.document.id]: event.document.version },
        // One that came to be due after the others were agreed to.
        isAccepted: state.isAccepted && state.opened[event.document.id] !== undefined,
      };
    case 'unconfirmed': {
      const { [event.id]: _, ...opened } = state.opened;
      return { ...state, opened, isAccepted: false };
    }
    case 'identified':
      return state.position.kind === 'step'
        ? { ...state, identifiedBy: event.by, captures: event.captures, problem: null }
        : state;
    case 'accepted':
      return state.position.kind === 'step' && (!event.isAccepted || allOpened(procedure, context, state))
        ? { ...state, isAccepted: event.isAccepted }
        : state;
    case 'submit':
      return state.position.kind === 'step' ? submit(procedure, context, state, state.position.at) : state;
    case 'context-changed':
      return state.position.kind === 'step' ? checkReviewed(procedure, context, state, state.position.at) : state;
    case 'submitted':
      return state.position.kind === 'submitting'
        ? { ...state, position: { kind: 'result', outcome: event.outcome, applied: state.position.applied } }
        : state;
    case 'quote-changed':
      if (state.position.kind !== 'submitting') return state;
      return askAgain(procedure, { ...state, backendQuote: event.quote, reviewed: event.quote });
    case 'not-available':
      return state.position.kind === 'submitting'
        ? { ...state, position: { kind: 'unavailable', reason: event.reason } }
        : state;
    case 'refused':
      return state.position.kind === 'submitting' ? refuse(procedure, context, state, event.problem) : state;
    default:
      return cantHappen(event);
  }
}

export function allOpened(procedure: Procedure, context: ProcedureContext, state: WizardState): boolean {
  return procedure.termsFor(context, state.draft).every((id) => state.opened[id] !== undefined);
}

/** Everything is read and agreed to. */
export function hasAgreed(procedure: Procedure, context: ProcedureContext, state: WizardState): boolean {
  if (procedure.terms.length === 0) return state.reviewed !== null;
  return state.isAccepted && allOpened(procedure, context, state);
}

export function canSubmit(procedure: Procedure, context: ProcedureContext, state: WizardState): boolean {
  const isProved = personsToIdentify(procedure, state.draft).length === 0 || state.identifiedBy !== null;
  return isProved && hasAgreed(procedure, context, state);
}

/** The step before, without those that these answers pass over; null: this is the first. */
export function previousAt(procedure: Procedure, context: ProcedureContext, draft: Draft, at: number): number | null {
  const before = procedure.steps.findLastIndex((step, index) => index < at && isAsked(step, context, draft));
  return before === -1 ? null : before;
}

export function stepAt(procedure: Procedure, at: number): Step {
  const step = procedure.steps[at];
  if (step === undefined) throw new Error(`${procedure.id} has no step ${at}`);
  return step;
}

/** What the review shows and the customer agrees to; null while answers are missing. */
export function quoteOf(procedure: Procedure, context: ProcedureContext, state: WizardState): Quote | null {
  if (state.backendQuote !== null) return state.backendQuote;
  const quote = procedure.quote(context, state.draft);
  return quote.ok ? quote.value : null;
}

function answer(
  procedure: Procedure,
  context: ProcedureContext,
  state: WizardState,
  question: string,
  value: string,
): WizardState {
  if (state.draft[question] === value) return state;
  const { draft, dropped } = keepValid(procedure, context, { ...state.draft, [question]: value });
  const known = state.dropped.filter((one) => one !== question && !dropped.includes(one));
  return {
    ...state,
    draft,
    dropped: [...known, ...dropped.filter((one) => one !== question)],
    backendQuote: null,
    // Another price and other notices: agreeing to it is asked anew. What was read stays read.
    isAccepted: false,
    identifiedBy: null,
    captures: [],
    problem: null,
  };
}

function goBack(procedure: Procedure, context: ProcedureContext, state: WizardState, at: number): WizardState {
  const before = previousAt(procedure, context, state.draft, at);
  return before === null
    ? state
    : { ...state, position: { kind: 'step', at: before }, isRevising: false, isChecked: false, problem: null };
}

function revise(procedure: Procedure, state: WizardState, question: string): WizardState {
  const at = procedure.steps.findIndex(
    (step) => step.kind === 'choose' && step.questions.some(({ id }) => id === question),
  );
  return at === -1
    ? state
    : { ...state, position: { kind: 'step', at }, isRevising: true, isChecked: false, problem: null };
}

/** The next step that these answers leave to be asked; who only revises goes back to the review if nothing is open. */
function nextAt(procedure: Procedure, context: ProcedureContext, state: WizardState, at: number): number {
  const open = new Set(procedure.problems(context, state.draft).map(({ question }) => question));
  return procedure.steps.findIndex((step, index) => {
    if (index <= at || !isAsked(step, context, state.draft)) return false;
    if (step.kind !== 'choose' || !state.isRevising) return true;
    return step.questions.some(({ id }) => open.has(id) || state.dropped.includes(id));
  });
}

function goOn(procedure: Procedure, context: ProcedureContext, state: WizardState, at: number): WizardState {
  const step = stepAt(procedure, at);
  switch (step.kind) {
    case 'choose': {
      const questions = step.questions.map((question) => question.id);
      const problems = procedure.problems(context, state.draft);
      if (problems.some((problem) => questions.includes(problem.question))) return { ...state, isChecked: true };
      const next = nextAt(procedure, context, state, at);
      return {
        ...state,
        position: { kind: 'step', at: next },
        isRevising: state.isRevising && stepAt(procedure, next).kind === 'choose',
        isChecked: false,
        dropped: state.dropped.filter((question) => !questions.includes(question)),
        reviewed: quoteOf(procedure, context, state),
        problem: null,
      };
    }
    case 'review':
      return state.reviewed === null || procedure.terms.length === 0
        ? state
        : { ...state, position: { kind: 'step', at: at + 1 }, problem: null };
    case 'terms':
      return at + 1 < procedure.steps.length && hasAgreed(procedure, context, state)
        ? { ...state, position: { kind: 'step', at: at + 1 }, problem: null }
        : state;
    case 'identity':
      return state;
    default:
      return cantHappen(step);
  }
}

function submit(procedure: Procedure, context: ProcedureContext, state: WizardState, at: number): WizardState {
  const quote = quoteOf(procedure, context, state);
  if (quote === null || !canSubmit(procedure, context, state)) return state;
  return { ...state, position: { kind: 'submitting', from: at, applied: { context, quote } }, problem: null };
}

/** A price that changed under the customer's eyes is pointed out, and agreeing to it is asked anew. */
function checkReviewed(procedure: Procedure, context: ProcedureContext, state: WizardState, at: number): WizardState {
  if (at < stepIndex(procedure, 'review')) return state;
  const quote = procedure.quote(context, state.draft);
  if (!quote.ok) return refuse(procedure, context, state, { kind: 'invalid-answers' });
  // A procedure without questions begins with its review.
  if (state.reviewed === null) return { ...state, reviewed: quote.value };
  if (sameQuote(quote.value, state.reviewed)) return state;
  return askAgain(procedure, { ...state, backendQuote: null, reviewed: quote.value });
}

function askAgain(procedure: Procedure, state: WizardState): WizardState {
  return {
    ...state,
    isAccepted: false,
    problem: { kind: 'quote-changed' },
    position: { kind: 'step', at: stepIndex(procedure, 'review') },
  };
}

function refuse(procedure: Procedure, context: ProcedureContext, state: WizardState, problem: Refusal): WizardState {
  switch (problem.kind) {
    case 'invalid-answers': {
      const { draft, dropped } = keepValid(procedure, context, state.draft);
      return { ...state, draft, dropped, isAccepted: false, problem, position: { kind: 'step', at: 0 } };
    }
    case 'terms-incomplete':
      return {
        ...state,
        opened: {},
        isAccepted: false,
        problem,
        position: { kind: 'step', at: stepIndex(procedure, 'terms') },
      };
    case 'identity-missing':
    // What was compared with the document is gone, or damaged.
    case 'captures-missing':
      return {
        ...state,
        identifiedBy: null,
        captures: [],
        problem,
        position: { kind: 'step', at: stepIndex(procedure, 'identity') },
      };
    case 'disk-full':
    case 'not-ready':
    case 'already-corrected':
    case 'not-correctable':
    case 'link-lost':
    case 'unexpected':
      return { ...state, problem, position: { kind: 'step', at: procedure.steps.length - 1 } };
    default:
      return cantHappen(problem);
  }
}

function stepIndex(procedure: Procedure, kind: Step['kind']): number {
  return procedure.steps.findIndex((step) => step.kind === kind);
}
