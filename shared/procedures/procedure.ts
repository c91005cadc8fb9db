import type { z } from 'zod';
import { type BusinessDate, businessDate, wholeMinute } from '../domain/business-time.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { Change } from '../domain/changes.ts';
import type { CustomerFacts } from '../domain/contract.ts';
import type { IdentifiedPerson, IdentityPaper } from '../domain/identity-policy.ts';
import type { Notice } from '../domain/notices.ts';
import { type FeeStart, type LaterReason, type OnceLine, type Quote, quoteChanges } from '../domain/quote.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { TermsId } from '../domain/terms.ts';
import type { TextFormat, TextProblem } from '../domain/typed/typed-text.ts';
import { answersTo, answerTo, askedQuestions } from './asked.ts';
import { type DraftProblem, problemOf } from './draft-problems.ts';
import type { RuleId } from './rule-ids.ts';

/** C: customer signed in at a kiosk, S: staff for a customer, G: guest. */
export type Audience = 'C' | 'S' | 'G';

/** queue: can be finished without central; live: needs central now; cached: reads what the terminal last got. */
export type OfflineKind = 'queue' | 'live' | 'cached';

/** Answers so far, by question id. Plain strings, so that they survive a language switch and a kept draft. */
export type Draft = Readonly<Record<string, string>>;

export interface ProcedureContext {
  readonly catalog: Catalog;
  readonly facts: CustomerFacts;
  /** Today in Tokyo, by the corrected business clock; at central the day of the application. */
  readonly today: BusinessDate;
  /** When it reaches central, in epoch ms: for whoever asks before, now. Whole minutes of the business clock. */
  readonly reachesAt: number;
}

/** What a context says of the time when it is asked for. @param now epoch ms, corrected business clock */
export function timesAt(now: number): Pick<ProcedureContext, 'today' | 'reachesAt'> {
  return { today: businessDate(now), reachesAt: wholeMinute(now) };
}

/** Why a procedure can't be done now; its text and what to do instead are `unavailable.<reason>` in the locales. */
export const UNAVAILABLE_REASONS = [
  'no-internet-contract',
  'no-recommended-plan',
  'change-pending',
  'needs-contracts',
  'nothing-at-address',
  'no-longer-sold',
  'no-tv-contract',
  'several-contracts',
  'no-other-box',
  'magazine-included',
  'no-fibre-internet',
  'video-included',
  'has-video-box',
  'has-phone',
  'has-home',
  'no-home',
  'has-energy',
  'no-service',
  'no-mobile-line',
  'line-in-preparation',
  'jump-offer',
  'volume-change-waits',
  'no-number-to-activate',
  'five-lines',
  'card-needed',
] as const;
export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: UnavailableReason };

/** By the month, once, or by a longer period. */
export type PriceBasis = 'month' | 'once' | { readonly months: number };

export interface ChoiceOption {
  readonly value: string;
  /**
   * Named by an offering of the catalog, by the text `procedures.<procedure>.<question>.<value>`, or by its value, which
   * reads the same in every language.
   */
  readonly name:
    | { readonly kind: 'offering'; readonly offeringId: string }
    | { readonly kind: 'text' }
    | { readonly kind: 'value' };
  readonly price: { readonly yen: number; readonly per: PriceBasis; readonly sample: boolean } | null;
  /** Small print under the name, `choice.<detail>` in the locales. */
  readonly details: readonly ChoiceDetail[];
  /** Set: shown, but can't be chosen, and why (`choice.<disabled>`). */
  readonly disabled: DisabledReason | null;
}

export const DISABLED_REASONS = [
  'current',
  'not-at-address',
  'ask-staff',
  'change-pending',
  'jump-offer',
  'volume-change-waits',
  'call-option',
  'not-on-iphone',
  'modem-needed',
  'modem-first',
  'provision-needed',
  'out-of-stock',
] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

export type ChoiceDetail =
  | { readonly id: 'line-type'; readonly lineType: string }
  | { readonly id: 'present' | 'wifi-free' | 'operator-mail' | 'includes-magazine' | 'includes-video' }
  | { readonly id: 'nth'; readonly nth: number }
  | { readonly id: 'free-calls'; readonly minutes: number }
  | { readonly id: 'since'; readonly date: BusinessDate }
  | { readonly id: 'line-number' | 'iccid'; readonly value: string }
  | { readonly id: 'needs'; readonly offeringId: string }
  | { readonly id: 'contains'; readonly offeringIds: readonly string[] };

interface AnyQuestion {
  readonly id: string;
  /** Asked only then; without it always. */
  when?(context: ProcedureContext, draft: Draft): boolean;
}

interface AnyChoice extends AnyQuestion {
  options(context: ProcedureContext, draft: Draft): readonly ChoiceOption[];
  /** Answers that are neither offerings nor contracts, and that the customer's contracts decide about. */
  readonly words?: readonly string[];
  /** Its options are contracts, or mailboxes of the operator's: one that central has no more may have been among them. */
  readonly namesContracts?: true;
}

export interface TextQuestion extends AnyQuestion {
  readonly kind: 'text';
  readonly format: TextFormat;
  /** May be left empty. */
  readonly isOptional?: true;
  /** What the format alone can't tell. Called with a text that fits it. */
  check?(text: string, context: ProcedureContext, draft: Draft): TextProblem | null;
}

export type Question =
  /** One of the options. `initial`: chosen before the customer touches anything (変更無し). */
  | (AnyChoice & { readonly kind: 'one'; readonly initial?: string })
  /** Any of the options, or none. */
  | (AnyChoice & { readonly kind: 'many' })
  /** How many of each option, or none of any. */
  | (AnyChoice & { readonly kind: 'counts'; readonly atMost: number })
  /** Each of the options in one of the ways; `procedures.<procedure>.<question>.<way>` in the locales. */
  | (AnyChoice & { readonly kind: 'each'; readonly ways: readonly string[] })
  /** Typed. The draft keeps it as it was typed; what is made of it is normalised. */
  | TextQuestion;
export type ChoiceQuestion = Exclude<Question, TextQuestion>;

export type Step =
  | {
      readonly kind: 'choose';
      readonly id: string;
      readonly questions: readonly Question[];
      /** What the customer wants to see before choosing. */
      readonly above?: 'data-usage' | 'number-to-activate';
    }
  | { readonly kind: 'review'; readonly id: 'review' }
  /** A procedure without terms ends with its review. */
  | { readonly kind: 'terms'; readonly id: 'terms' }
  /** The last one, where somebody's identity is to be proved before anything is applied for. */
  | {
      readonly kind: 'identity';
      readonly id: 'identity';
      persons(draft: Draft): readonly IdentifiedPerson[];
      /** What was answered about that person's name. */
      named(draft: Draft, person: IdentifiedPerson): EnteredName;
      /** The question about that person's day of birth. */
      bornOnQuestion(person: IdentifiedPerson): string;
      /**
       * The question whose answer wants what is known of that person and the document to be equal, so that nobody passes
       * over a difference; null: none does.
       */
      equalFor(draft: Draft, person: IdentifiedPerson): string | null;
      /** What is to be handed over for that person, since it was answered that it is there. */
      papers(today: BusinessDate, draft: Draft, person: IdentifiedPerson): readonly IdentityPaper[];
    };

/** The contractor's name is on record; of somebody else the reading may be all that was typed. */
export interface EnteredName {
  readonly name: string | null;
  readonly kana: string | null;
}

/** A combination of answers that can't be applied for, with the question at which the customer reads why. */
interface Rule {
  readonly id: RuleId;
  readonly question: string;
  isBroken(context: ProcedureContext, draft: Draft): boolean;
}

export const PROCEDURE_AREAS = ['plan', 'internet', 'phone', 'tv', 'home', 'mobile', 'energy', 'other'] as const;
export type ProcedureArea = (typeof PROCEDURE_AREAS)[number];

/** What people come for: 申込, 変更, 困った. */
export const PURPOSES = ['apply', 'change', 'trouble'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A document that everybody agrees to, or only those for whom it is. */
type TermsDue = TermsId | { readonly id: TermsId; when(context: ProcedureContext, draft: Draft): boolean };

interface Decision {
  readonly changes: readonly Change[];
  readonly once: readonly OnceLine[];
  readonly notices: readonly Notice[];
  readonly later: LaterReason | null;
  /** Where these answers are charged from another day than the procedure's usual one. */
  readonly feeStart?: FeeStart;
}

export type OwnScreen = 'change-contact';

interface DefinitionInput<Application> {
  readonly id: string;
  readonly area: ProcedureArea;
  readonly purposes: readonly Purpose[];
  /** First and last page in the manual. */
  readonly manual: readonly [number, number];
  readonly audience: readonly Audience[];
  readonly offline: OfflineKind;
  readonly terms: readonly TermsDue[];
  /** Those of them that are read on the page itself, each ticked (事前確認事項). */
  readonly confirmations?: readonly TermsId[];
  /** 明細 of the choices so far, at every step. */
  readonly showsRunningPrice?: true;
  readonly steps: readonly Step[];
  readonly rules?: readonly Rule[];
  readonly feeStart: FeeStart;
  /** Its result offers to do the same once more (更に変更する), as `procedures.<procedure>.repeat` calls it. */
  readonly repeats?: true;
  /** The screen that takes its place for as long as central can be reached, since more can be done then. */
  readonly whileReachable?: OwnScreen;
  readonly application: z.ZodType<Application>;
  needs(facts: CustomerFacts, context: ProcedureContext): Availability;
  /** What the answers mean for this customer. Called only with answers that are all among the options. */
  decide(context: ProcedureContext, application: Application): Decision;
}

export interface Procedure {
  readonly id: string;
  readonly area: ProcedureArea;
  readonly purposes: readonly Purpose[];
  readonly manual: readonly [number, number];
  readonly audience: readonly Audience[];
  readonly offline: OfflineKind;
  /** What everybody agrees to. */
  readonly terms: readonly TermsId[];
  /** What some agree to beside it. */
  readonly furtherTerms: readonly TermsId[];
  readonly confirmations: readonly TermsId[];
  readonly showsRunningPrice: boolean;
  readonly steps: readonly Step[];
  readonly rules: readonly Pick<Rule, 'id' | 'question'>[];
  readonly feeStart: FeeStart;
  readonly repeats: boolean;
  readonly whileReachable: OwnScreen | null;
  availability(context: ProcedureContext): Availability;
  /** The documents that this customer agrees to. */
  termsFor(context: ProcedureContext, draft: Draft): readonly TermsId[];
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
  const { id, area, purposes, manual, audience, offline, terms, confirmations = [], steps, rules = [] } = input;
  const { feeStart, repeats = false, showsRunningPrice = false, whileReachable = null } = input;
  const problems = (context: ProcedureContext, draft: Draft): DraftProblem[] => {
    const found = askedQuestions(steps, context, draft).flatMap((question): DraftProblem[] => {
      const problem = problemOf(question, context, draft);
      if (problem !== null) return [{ question: question.id, ...problem }];
      return rules
        .filter((rule) => rule.question === question.id && rule.isBroken(context, draft))
        .map((rule) => ({ question: question.id, problem: 'forbidden', rule: rule.id }));
    });
    // Options and rules that several procedures share must see no answers that this one doesn't ask for.
    const own = answersTo(steps, draft);
    const strange = Object.keys(draft).filter((key) => !Object.hasOwn(own, key));
    return [...found, ...strange.map((question) => ({ question, problem: 'malformed' }) as const)];
  };
  const decide = (context: ProcedureContext, draft: Draft): Result<Decision, readonly DraftProblem[]> => {
    const found = problems(context, draft);
    if (found.length > 0) return err(found);
    const asked = askedQuestions(steps, context, draft).map((question) => [question.id, answerTo(question, draft)]);
    const application = input.application.safeParse(Object.fromEntries(asked));
    if (!application.success) {
      return err(
        application.error.issues.map((issue) => ({ question: String(issue.path[0] ?? ''), problem: 'malformed' })),
      );
    }
    return ok(input.decide(context, application.data));
  };
  return {
    id,
    area,
    purposes,
    manual,
    audience,
    offline,
    terms: terms.filter((due) => typeof due === 'string'),
    furtherTerms: terms.flatMap((due) => (typeof due === 'string' ? [] : [due.id])),
    confirmations,
    showsRunningPrice,
    steps,
    rules: rules.map(({ id: rule, question }) => ({ id: rule, question })),
    feeStart,
    repeats,
    whileReachable,
    availability: (context) => input.needs(context.facts, context),
    termsFor: (context, draft) =>
      terms.flatMap((due) => {
        if (typeof due === 'string') return [due];
        return due.when(context, draft) ? [due.id] : [];
      }),
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
          feeStart,
          ...decision.value,
        }),
      );
    },
  };
}
