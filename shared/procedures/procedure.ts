import type { z } from 'zod';
import type { BusinessDate } from '../domain/business-time.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Change } from '../domain/changes.ts';
import type { CustomerFacts } from '../domain/contract.ts';
import type { Notice } from '../domain/notices.ts';
import { type LaterReason, type OnceLine, type Quote, quoteChanges } from '../domain/quote.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { TermsId } from '../domain/terms.ts';

/** C: customer signed in at a kiosk, S: staff for a customer, G: guest. */
export type Audience = 'C' | 'S' | 'G';

/** queue: can be finished without central; live: needs central now; cached: reads what the terminal last got. */
export type OfflineKind = 'queue' | 'live' | 'cached';

/** Answers so far, by question id. Plain strings, so that they survive a language switch and a kept draft. */
export type Draft = Readonly<Record<string, string>>;

export interface ProcedureContext {
  readonly catalog: Catalog;
  readonly facts: CustomerFacts;
  /** Today in Tokyo, by the corrected business clock. */
  readonly today: BusinessDate;
}

/** Why a procedure can't be done now; its text and what to do instead are `unavailable.<reason>` in the locales. */
export type UnavailableReason = 'no-internet-contract' | 'no-recommended-plan' | 'change-pending';

export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: UnavailableReason };

export interface ChoiceOption {
  readonly value: string;
  /** Named by an offering of the catalog, or by the text `procedures.<procedure>.<question>.<value>`. */
  readonly name: { readonly kind: 'offering'; readonly offeringId: string } | { readonly kind: 'text' };
  readonly price: { readonly yen: number; readonly per: 'month' | 'once'; readonly sample: boolean } | null;
  /** Small print under the name, `choice.<detail>` in the locales. */
  readonly details: readonly ChoiceDetail[];
  /** Set: shown, but can't be chosen, and why (`choice.<disabled>`). */
  readonly disabled: 'current' | null;
}

export type ChoiceDetail =
  | { readonly id: 'line-type'; readonly lineType: string }
  | { readonly id: 'wifi-free' }
  | { readonly id: 'contains'; readonly offeringIds: readonly string[] };

export interface Question {
  readonly id: string;
  options(context: ProcedureContext, draft: Draft): readonly ChoiceOption[];
  /** Chosen before the customer touches anything (変更無し). */
  readonly initial?: string;
}

export type Step =
  | { readonly kind: 'choose'; readonly id: string; readonly questions: readonly Question[] }
  | { readonly kind: 'review'; readonly id: 'review' }
  | { readonly kind: 'terms'; readonly id: 'terms' };

interface Decision {
  readonly changes: readonly Change[];
  readonly once: readonly OnceLine[];
  readonly notices: readonly Notice[];
  readonly later: LaterReason | null;
}

interface DefinitionInput<Application> {
  readonly id: string;
  readonly area: 'plan' | 'internet';
  /** First and last page in the manual. */
  readonly manual: readonly [number, number];
  readonly audience: readonly Audience[];
  readonly offline: OfflineKind;
  readonly terms: readonly TermsId[];
  readonly steps: readonly Step[];
  readonly application: z.ZodType<Application>;
  needs(facts: CustomerFacts, context: ProcedureContext): Availability;
  /** What the answers mean for this customer. Called only with answers that are all among the options. */
  decide(context: ProcedureContext, application: Application): Decision;
}

export type DraftProblem = { readonly question: string; readonly problem: 'missing' | 'not-offered' };

export interface Procedure {
  readonly id: string;
  readonly area: DefinitionInput<unknown>['area'];
  readonly manual: readonly [number, number];
  readonly audience: readonly Audience[];
  readonly offline: OfflineKind;
  readonly terms: readonly TermsId[];
  readonly steps: readonly Step[];
  availability(context: ProcedureContext): Availability;
  /** Problems in the order of the steps; empty when the draft can be applied for. */
  problems(context: ProcedureContext, draft: Draft): readonly DraftProblem[];
  changes(context: ProcedureContext, draft: Draft): Result<readonly Change[], readonly DraftProblem[]>;
  quote(context: ProcedureContext, draft: Draft): Result<Quote, readonly DraftProblem[]>;
}

/**
 * One definition from which come the wizard, validation on the terminal and at central, the quote, the order and the
 * slip. It holds no texts: they are found by its ids in `shared/locales`.
 */
export function defineProcedure<Application>(input: DefinitionInput<Application>): Procedure {
  const { id, area, manual, audience, offline, terms, steps } = input;
  const problems = (context: ProcedureContext, draft: Draft): DraftProblem[] =>
    questionsOf(steps).flatMap((question): DraftProblem[] => {
      const value = draft[question.id];
      if (value === undefined) return [{ question: question.id, problem: 'missing' }];
      const offered = question
        .options(context, draft)
        .some((option) => option.value === value && option.disabled === null);
      return offered ? [] : [{ question: question.id, problem: 'not-offered' }];
    });
  const decide = (context: ProcedureContext, draft: Draft): Result<Decision, readonly DraftProblem[]> => {
    const found = problems(context, draft);
    if (found.length > 0) return err(found);
    const application = input.application.safeParse(draft);
    if (!application.success) {
      return err(
        application.error.issues.map((issue) => ({ question: String(issue.path[0] ?? ''), problem: 'not-offered' })),
      );
    }
    return ok(input.decide(context, application.data));
  };
  return {
    id,
    area,
    manual,
    audience,
    offline,
    terms,
    steps,
    availability: (context) => input.needs(context.facts, context),
    problems,
    changes: (context, draft) => {
      const decision = decide(context, draft);
      return decision.ok ? ok(decision.value.changes) : decision;
    },
    quote: (context, draft) => {
      const decision = decide(context, draft);
      if (!decision.ok) return decision;
      return ok(
        quoteChanges({
          catalog: context.catalog,
          contracts: context.facts.kind === 'known' ? context.facts.contracts : null,
          ...decision.value,
        }),
      );
    },
  };
}

export function questionsOf(steps: readonly Step[]): Question[] {
  return steps.flatMap((step) => (step.kind === 'choose' ? step.questions : []));
}

/** Answers before the customer has touched anything. */
export function initialDraft(procedure: Procedure): Draft {
  return Object.fromEntries(
    questionsOf(procedure.steps).flatMap((question) =>
      question.initial === undefined ? [] : [[question.id, question.initial]],
    ),
  );
}

/** After an earlier answer changed: keeps what is still offered and names the questions whose answers no longer are. */
export function keepValid(
  procedure: Procedure,
  context: ProcedureContext,
  draft: Draft,
): { draft: Draft; dropped: readonly string[] } {
  const dropped = procedure
    .problems(context, draft)
    .filter((problem) => problem.problem === 'not-offered')
    .map((problem) => problem.question);
  const kept = Object.entries(draft).filter(([question]) => !dropped.includes(question));
  const reset = questionsOf(procedure.steps).flatMap((question) =>
    question.initial !== undefined && dropped.includes(question.id) ? [[question.id, question.initial] as const] : [],
  );
  return { draft: Object.fromEntries([...kept, ...reset]), dropped };
}
