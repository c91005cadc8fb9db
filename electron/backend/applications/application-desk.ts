import { isDeepStrictEqual } from 'node:util';
import {
  type ApplicationExtension,
  type Attribution,
  buildProductOrder,
} from '../../../shared/central-api/product-order.ts';
import type { Taker } from '../../../shared/contract/close-day.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { OrderProgress, ReceiptOutcome } from '../../../shared/contract/events.ts';
import { type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Contract, CustomerFacts } from '../../../shared/domain/contract.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { type Quote, sameQuote } from '../../../shared/domain/quote.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { AcceptedTerms } from '../../../shared/domain/terms.ts';
import type { DraftProblem } from '../../../shared/procedures/draft-problems.ts';
import { type Procedure, timesAt } from '../../../shared/procedures/procedure.ts';
import { personsToIdentify } from '../../../shared/procedures/asked.ts';
import { isProcedureId, loadProcedure } from '../../../shared/procedures/registry.ts';
import type { CaptureDesk } from '../captures/capture-desk.ts';
import type { CatalogCache } from '../catalog/catalog-cache.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { DraftSender } from '../drafts/send-drafts.ts';
import type { OrderFollower } from '../outbox/follow-orders.ts';
import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import type { EnqueueError, Outbox } from '../outbox/outbox.ts';
import { readBody } from '../outbox/payload.ts';
import type { Timers } from '../ports.ts';
import type { IdentityDesk } from '../identity/identity-desk.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import { orderedBy, productsOf } from '../sessions/customer-data.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import type { TermsLibrary } from '../terms/terms-library.ts';
import { createSlipMaker } from './make-slip.ts';

export interface Submission {
  readonly applicationId: string;
  readonly procedureId: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly shownQuote: Quote;
  readonly terms: readonly AcceptedTerms[];
  readonly language: Language;
  /** The kept draft that it came of; null: none. */
  readonly draft: string | null;
  /** Of the pictures that go with it. */
  readonly captures: readonly string[];
}

export type SubmitError =
  | {
      readonly code:
        | 'UNKNOWN_PROCEDURE'
        | 'TERMS_INCOMPLETE'
        | 'CAPTURES_MISSING'
        | 'IDENTITY_MISSING'
        | 'DISK_FULL'
        | 'NOT_READY';
    }
  /** What it was to correct has been corrected already, or is not to be corrected any more. */
  | { readonly code: 'ALREADY_CORRECTED' | 'NOT_CORRECTABLE' }
  | { readonly code: 'NOT_AVAILABLE'; readonly reason: string }
  | { readonly code: 'INVALID_ANSWERS'; readonly problems: readonly DraftProblem[] }
  | { readonly code: 'QUOTE_CHANGED'; readonly quote: Quote };

export interface ApplicationDesk {
  /** Answers when central has, or it can't be reached, or after 5 s; on disk it is in any case. */
  submit(session: Session, submission: Submission): Promise<Result<ReceiptOutcome, SubmitError>>;
  print(session: Session, applicationId: string): Promise<Result<PrintOutcome, 'unknown-application'>>;
  outcomesOf(session: Session): ReceiptOutcome[];
  /**
   * What is known of the session's customer, and what applications will add that central's answer doesn't tell of yet;
   * contracts that those touch are marked as changing.
   */
  factsOf(session: Session): CustomerFacts;
  /** Forgets what is kept in memory for slips of that session. */
  forget(sessionId: string): void;
  onOutcome(listener: (sessionId: string, outcome: ReceiptOutcome) => void): void;
}

/** For reprints while the session lasts: after acceptance the outbox has nothing of it any more. */
interface KeptForSlip {
  readonly sessionId: string;
  readonly capturedAt: number;
  readonly quote: Quote;
  readonly terms: readonly AcceptedTerms[];
  readonly language: Language;
  progress: OrderProgress | null;
  unfollow(): void;
}

const WAIT_FOR_CENTRAL_MS = 5_000;

const REFUSALS = {
  'disk-full': 'DISK_FULL',
  // Another customer's id: the page made it anew for every procedure, so this is a page that is out of order.
  'id-taken': 'NOT_READY',
  'already-corrected': 'ALREADY_CORRECTED',
  'not-correctable': 'NOT_CORRECTABLE',
} as const satisfies Record<EnqueueError['code'], SubmitError['code']>;

export function createApplicationDesk(parts: {
  outbox: Outbox;
  sessions: Pick<Sessions, 'ofCustomer' | 'running'>;
  captures: Pick<CaptureDesk, 'choose'>;
  wake(): void;
  follower: OrderFollower;
  catalog: CatalogCache;
  configuration: ConfigurationHolder;
  connectivity: Connectivity;
  terms: TermsLibrary;
  identityDesk: IdentityDesk;
  drafts: Pick<DraftSender, 'forget'>;
  printer: SlipPrinter;
  businessNow: BusinessClock;
  timers: Timers;
}): ApplicationDesk {
  const { outbox, sessions, follower, catalog, configuration, connectivity, terms, identityDesk, printer } = parts;
  const { businessNow, timers } = parts;
  const makeSlip = createSlipMaker({ catalog, configuration, terms });
  const slips = new Map<string, KeptForSlip>();
  const listeners = new Set<(sessionId: string, outcome: ReceiptOutcome) => void>();

  const outcomeOf = (entry: OutboxEntry): ReceiptOutcome => ({
    applicationId: entry.id,
    procedureId: entry.procedureId,
    receiptNumber: entry.receiptNumber,
    state: entry.state,
    reason: entry.reason,
    progress: slips.get(entry.id)?.progress ?? entry.progress,
  });
  const announce = (entry: OutboxEntry): void => {
    const kept = slips.get(entry.id);
    if (kept !== undefined) for (const listener of listeners) listener(kept.sessionId, outcomeOf(entry));
  };
  /** It leaves the outbox, and the line may drop before central can be asked for the facts with it. */
  const rememberAccepted = ({ id, state }: OutboxEntry): void => {
    if (state !== 'accepted' || sessions.running() === 0) return;
    const payload = outbox.payloadOf(id);
    if (payload === null) return;
    for (const session of sessions.ofCustomer(payload.customerNumber)) session.accepted.push(payload.body);
  };
  outbox.onChange((entry) => {
    rememberAccepted(entry);
    announce(entry);
  });

  function factsOf({ facts, customerNumber, correcting, accepted, acceptedInFacts }: Session): CustomerFacts {
    const waitingBodies = outbox.openPayloads(customerNumber).map(({ body }) => body);
    const open = [...waitingBodies, ...accepted.slice(acceptedInFacts)].map(readBody);
    // Nor is another correction of it: whoever comes second is told so when it is kept, and not that something waits.
    const isOwn = ({ externalId, application }: Body): boolean =>
      correcting !== null && [externalId, application?.replaces].includes(correcting.applicationId);
    const offers = catalog.current()?.catalog;
    const waiting =
      offers === undefined
        ? []
        : open.filter((body) => !isOwn(body) && !isCorrectedBy(open, body)).flatMap((body) => orderedBy(offers, body));
    if (facts.kind === 'unknown')
      return waiting.length === 0 ? facts : { ...facts, ordered: waiting.map(withLineAlone) };
    const touched = new Set(open.filter((body) => !isOwn(body)).flatMap(productsOf));
    const own = new Set([...(correcting?.products ?? []), ...open.filter(isOwn).flatMap(productsOf)]);
    const contracts = facts.contracts.map((contract) => {
      if (touched.has(contract.id)) return { ...contract, changePending: true };
      // Central, which has it too, decides once more when the correction comes.
      return own.has(contract.id) ? { ...contract, changePending: false } : contract;
    });
    const isCorrected = ({ id }: Contract): boolean =>
      correcting !== null && id.startsWith(`order:${correcting.applicationId}:`);
    const known = new Set(contracts.map(({ id }) => id));
    return {
      ...facts,
      contracts: [
        ...contracts.filter((contract) => !isCorrected(contract)),
        // Central may have it already, while its answer hasn't come.
        ...waiting.filter(({ id }) => !known.has(id)),
      ],
    };
  }

  /** @param at by the business clock, in milliseconds: the same as goes on record, also where a day ends meanwhile */
  function check(
    session: Session,
    procedure: Procedure,
    submission: Submission,
    at: number,
  ): Result<Quote, SubmitError> {
    const offers = catalog.current();
    if (offers === null) return err({ code: 'NOT_READY' });
    const context = {
      catalog: offers.catalog,
      facts: factsOf(session),
      ...timesAt(at),
    };
    const availability = procedure.availability(context);
    if (!availability.available) return err({ code: 'NOT_AVAILABLE', reason: availability.reason });
    const quote = procedure.quote(context, submission.answers);
    if (!quote.ok) return err({ code: 'INVALID_ANSWERS', problems: quote.error });
    if (!sameQuote(quote.value, submission.shownQuote)) return err({ code: 'QUOTE_CHANGED', quote: quote.value });
    const due = procedure.termsFor(context, submission.answers);
    const current = due.map((id) => ({ id, version: terms.get(id, submission.language).version }));
    const complete = current.every((one) => submission.terms.some((accepted) => isDeepStrictEqual(accepted, one)));
    return complete ? ok(quote.value) : err({ code: 'TERMS_INCOMPLETE' });
  }

  function decided(applicationId: string): Promise<void> {
    return new Promise((resolve) => {
      const isDecided = (): boolean => {
        const state = outbox.find(applicationId)?.state;
        return state !== 'queued' && state !== 'sending';
      };
      if (isDecided() || connectivity.state() === 'unreachable') return resolve();
      const stops: (() => void)[] = [];
      const finish = (): void => {
        for (const stop of stops) stop();
        resolve();
      };
      stops.push(
        timers.after(WAIT_FOR_CENTRAL_MS, finish),
        outbox.onChange((entry) => {
          if (entry.id === applicationId && isDecided()) finish();
        }),
        connectivity.onChange((state) => {
          if (state === 'unreachable') finish();
        }),
      );
    });
  }

  async function answer(applicationId: string): Promise<Result<ReceiptOutcome, SubmitError>> {
    await decided(applicationId);
    const entry = outbox.find(applicationId);
    if (entry === null) throw new Error('an acknowledged application is not in the outbox');
    return ok(outcomeOf(entry));
  }

  return {
    submit: async (session, submission) => {
      const { applicationId, procedureId, language } = submission;
      if (session.applicationIds.includes(applicationId)) return answer(applicationId);
      if (!isProcedureId(procedureId)) return err({ code: 'UNKNOWN_PROCEDURE' });
      const procedure = await loadProcedure(procedureId);
      // The line may have gone down since the customer began, or a moment ago.
      if (procedure.offline === 'live' && (await connectivity.suspect()) === 'unreachable') {
        return err({ code: 'NOT_AVAILABLE', reason: 'needs-central' });
      }
      if (session.applicationIds.includes(applicationId)) return answer(applicationId);
      const current = configuration.current();
      if (current === null) return err({ code: 'NOT_READY' });
      const corrects = session.correcting?.procedureId === procedureId ? session.correcting : null;
      const obstacle = corrects === null ? null : outbox.obstacleToCorrecting(corrects.applicationId);
      // What came first is the reason, not what it does to the contracts.
      if (obstacle !== null) return err({ code: REFUSALS[obstacle] });
      const capturedAt = businessNow();
      const quote = check(session, procedure, submission, capturedAt);
      if (!quote.ok) return quote;
      const isToIdentify = personsToIdentify(procedure, submission.answers).length > 0;
      const identityChecks = isToIdentify ? identityDesk.checksFor(session, submission) : [];
      if (identityChecks === null) return err({ code: 'IDENTITY_MISSING' });
      const evidence = identityChecks.flatMap(({ pictures = [] }) => pictures.map(({ captureId }) => captureId));
      const hasEvidence = evidence.every((id) => submission.captures.includes(id));
      if (!hasEvidence || !parts.captures.choose(session, applicationId, submission.captures).ok) {
        return err({ code: 'CAPTURES_MISSING' });
      }
      const { terminalCode, rescueKey } = current.configuration;
      const { attribution } = session;
      const enqueued = outbox.enqueue({
        applicationId,
        customerNumber: session.customerNumber,
        procedureId,
        terminalCode,
        day: businessDate(capturedAt),
        capturedAt,
        grant: session.grant,
        quote: quote.value,
        rescueKey: { id: rescueKey.id, publicKey: current.rescueKey },
        takenBy: takerOf(attribution),
        corrects:
          corrects === null || attribution.kind !== 'staff'
            ? null
            : { applicationId: corrects.applicationId, staffNumber: attribution.staffNumber },
        freeze: (receiptNumber, replaces, captures) => {
          const application: ApplicationExtension = {
            procedureId,
            answers: submission.answers,
            language,
            receiptNumber,
            terminalCode,
            capturedAt: new Date(capturedAt).toISOString(),
            catalogVersion: quote.value.catalogVersion,
            quoteKind: quote.value.kind,
            terms: [...submission.terms],
            attribution,
            ...(replaces === null ? {} : { replaces }),
            ...(submission.draft === null ? {} : { draft: submission.draft }),
            ...(captures.length === 0 ? {} : { captures: [...captures] }),
            ...(identityChecks.length === 0 ? {} : { identityChecks: [...identityChecks] }),
          };
          const { customerNumber } = session;
          return JSON.stringify(buildProductOrder({ applicationId, customerNumber, quote: quote.value, application }));
        },
      });
      if (!enqueued.ok) return err({ code: REFUSALS[enqueued.error.code] });
      if (corrects !== null) session.correcting = null;
      session.applicationIds.push(applicationId);
      if (submission.draft !== null) parts.drafts.forget(session.customerNumber, submission.draft);
      const unfollow = follower.follow(applicationId, session.grant, (progress) => {
        const kept = slips.get(applicationId);
        const entry = outbox.find(applicationId);
        if (kept === undefined || entry === null || kept.progress === progress) return;
        kept.progress = progress;
        announce(entry);
      });
      slips.set(applicationId, {
        sessionId: session.id,
        capturedAt,
        quote: quote.value,
        terms: submission.terms,
        language,
        progress: null,
        unfollow,
      });
      parts.wake();
      return answer(applicationId);
    },
    print: async (session, applicationId) => {
      const kept = slips.get(applicationId);
      const entry = outbox.find(applicationId);
      if (kept?.sessionId !== session.id || entry === null) return err('unknown-application');
      const slip = makeSlip({ entry, ...kept, reprint: null });
      if (slip === null) return err('unknown-application');
      return ok(await printer.print(slip, kept.language));
    },
    outcomesOf: (session) => session.applicationIds.flatMap((id) => outbox.find(id) ?? []).map(outcomeOf),
    factsOf,
    forget: (sessionId) => {
      for (const [id, kept] of [...slips]) {
        if (kept.sessionId !== sessionId) continue;
        kept.unfollow();
        slips.delete(id);
      }
    },
    onOutcome: (listener) => {
      listeners.add(listener);
    },
  };
}

type Body = ReturnType<typeof readBody>;

/** Both are there until central has cancelled it. */
const isCorrectedBy = (others: readonly Body[], { externalId }: Body): boolean =>
  others.some(({ application }) => application?.replaces !== undefined && application.replaces === externalId);

/** All that is said of it where nobody knows whose number was typed. */
function withLineAlone({ characteristics, ...contract }: Contract): Contract {
  const line = characteristics?.line;
  return line === undefined ? contract : { ...contract, characteristics: { line } };
}

function takerOf(attribution: Attribution): Taker {
  switch (attribution.kind) {
    case 'customer':
      return { kind: 'customer' };
    case 'staff':
      return { kind: 'staff', number: attribution.staffNumber };
    default:
      return cantHappen(attribution);
  }
}
