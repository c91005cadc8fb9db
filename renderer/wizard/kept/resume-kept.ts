import type { DraftContent } from '../../../shared/central-api/drafts.ts';
import type { OnceLine } from '../../../shared/domain/quote.ts';
import { answersTo, isAsked } from '../../../shared/procedures/asked.ts';
import { initialDraft, keepValid } from '../../../shared/procedures/keep-valid.ts';
import type { Draft, Procedure, ProcedureContext } from '../../../shared/procedures/procedure.ts';
import { chosenPrices } from '../../../shared/procedures/running-price.ts';
import { startWizard, stepAt, type WizardState } from '../wizard-state.ts';

/** A price that is another than when the draft was kept. */
export interface PriceChange {
  readonly of:
    | { readonly kind: 'choice'; readonly question: string; readonly value: string }
    | { readonly kind: 'fee'; readonly id: OnceLine['id'] }
    /** The new monthly total. */
    | { readonly kind: 'total' }
    /** All that is paid once. */
    | { readonly kind: 'once' };
  readonly beforeYen: number;
  /** null: it is told later. */
  readonly nowYen: number | null;
}

/** The draft that the customer goes on from. */
export interface Resumed {
  readonly draftId: string;
  /** The step that it begins with. */
  readonly at: number;
  readonly content: DraftContent;
}

/** What is kept of a wizard: the answers, where the customer stands, and the prices that they see. */
export function contentOf(procedure: Procedure, context: ProcedureContext, draft: Draft, at: number): DraftContent {
  return {
    procedureId: procedure.id,
    step: stepAt(procedure, at).id,
    answers: answersTo(procedure.steps, draft),
    shownPrices: chosenPrices(procedure, context, draft, 'month'),
    shownOncePrices: chosenPrices(procedure, context, draft, 'once'),
    ...sumsOf(procedure, context, draft),
  };
}

function sumsOf(
  procedure: Procedure,
  context: ProcedureContext,
  draft: Draft,
): Pick<DraftContent, 'shownTotalYen' | 'shownOnceYen' | 'shownFees'> {
  const quote = procedure.quote(context, draft);
  if (!quote.ok) return { shownTotalYen: null, shownOnceYen: null };
  return {
    shownTotalYen: quote.value.kind === 'total' ? quote.value.newTotalYen : null,
    shownOnceYen: quote.value.once.reduce((sum, { yen }) => sum + yen, 0),
    shownFees: quote.value.once.map(({ id, yen }) => ({ id, yen })),
  };
}

/**
 * Goes on where the customer stopped, unless an answer before that doesn't hold any more: then with its step. Whatever
 * was read and agreed to is read again.
 */
export function resumeKept(
  procedure: Procedure,
  context: ProcedureContext,
  applicationId: string,
  kept: { readonly draftId: string; readonly content: DraftContent },
): WizardState {
  const { draftId, content } = kept;
  const { draft, dropped } = keepValid(procedure, context, keptDraft(procedure, content));
  const wanted = stepOf(procedure, content.step);
  const open = new Set([...procedure.problems(context, draft).map(({ question }) => question), ...dropped]);
  const broken = procedure.steps.findIndex(
    (step, index) =>
      index < wanted &&
      step.kind === 'choose' &&
      isAsked(step, context, draft) &&
      step.questions.some(({ id }) => open.has(id)),
  );
  const at = broken === -1 ? shown(procedure, context, draft, wanted) : broken;
  return {
    ...startWizard(procedure, applicationId),
    draft,
    dropped,
    position: { kind: 'step', at },
    isChecked: broken !== -1,
    resumed: { draftId, at, content },
  };
}

const keptDraft = (procedure: Procedure, { answers }: Pick<DraftContent, 'answers'>): Draft => ({
  ...initialDraft(procedure),
  ...answersTo(procedure.steps, answers),
});

/** Never beyond the review, which shows the price. */
function stepOf(procedure: Procedure, id: string): number {
  const review = procedure.steps.findIndex(({ kind }) => kind === 'review');
  const found = procedure.steps.findIndex((step) => step.id === id);
  return found === -1 ? 0 : Math.min(found, review);
}

/** That step, or the one before it that these answers leave to be asked. */
function shown(procedure: Procedure, context: ProcedureContext, draft: Draft, wanted: number): number {
  return procedure.steps.findLastIndex((step, index) => index <= wanted && isAsked(step, context, draft));
}

/** Of the choices that are still the kept ones; sums compare only while all of them are. */
export function priceChanges(
  procedure: Procedure,
  context: ProcedureContext,
  draft: Draft,
  content: DraftContent,
): PriceChange[] {
  const { answers, shownPrices, shownOncePrices = [], shownTotalYen, shownOnceYen } = content;
  const now = sumsOf(procedure, context, draft);
  const changed = [
    ...choiceChanges(shownPrices, chosenPrices(procedure, context, draft, 'month')),
    // What is chosen is among the fees, where those can be told.
    ...(feeChanges(procedure, context, draft, content) ??
      choiceChanges(shownOncePrices, chosenPrices(procedure, context, draft, 'once'))),
  ];
  if (!areTheSame(answersTo(procedure.steps, draft), answers) || shownOnceYen === null || now.shownOnceYen === null) {
    return changed;
  }
  if (now.shownOnceYen !== shownOnceYen) {
    changed.push({ of: { kind: 'once' }, beforeYen: shownOnceYen, nowYen: now.shownOnceYen });
  }
  if (shownTotalYen !== null && now.shownTotalYen !== shownTotalYen) {
    changed.push({ of: { kind: 'total' }, beforeYen: shownTotalYen, nowYen: now.shownTotalYen });
  }
  return changed;
}

function choiceChanges(shown: DraftContent['shownPrices'], lines: ReturnType<typeof chosenPrices>): PriceChange[] {
  return shown.flatMap(({ question, value, yen }): PriceChange[] => {
    const line = lines.find((one) => one.question === question && one.value === value);
    if (line === undefined || line.yen === yen) return [];
    return [{ of: { kind: 'choice', question, value }, beforeYen: yen, nowYen: line.yen }];
  });
}

/**
 * A fee that is another since something else was chosen is no change of its price: what was kept would have to cost the
 * same now.
 * @returns null: they weren't known then, or aren't now
 */
function feeChanges(
  procedure: Procedure,
  context: ProcedureContext,
  draft: Draft,
  content: Pick<DraftContent, 'answers' | 'shownFees'>,
): PriceChange[] | null {
  const now = procedure.quote(context, draft);
  const asKept = procedure.quote(context, keptDraft(procedure, content));
  if (content.shownFees === undefined || !now.ok || !asKept.ok) return null;
  const same = now.value.once.filter((line) =>
    asKept.value.once.some(({ id, yen }) => id === line.id && yen === line.yen),
  );
  return content.shownFees.flatMap((shown): PriceChange[] => {
    const line = same.find(({ id }) => id === shown.id);
    if (line === undefined || line.yen === shown.yen) return [];
    return [{ of: { kind: 'fee', id: line.id }, beforeYen: shown.yen, nowYen: line.yen }];
  });
}

function areTheSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const questions = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...questions].every((question) => (one[question] ?? '') === (other[question] ?? ''));
}
