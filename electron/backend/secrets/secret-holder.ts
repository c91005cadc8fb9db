import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { PrintedPassword } from '../../../shared/contract/secrets.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { Slip } from '../../../shared/slips/slip.ts';
import type { CentralAnswer } from '../central/central-answer.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { BegunPrint, PrintRows } from './print-rows.ts';
import type { Revoker } from './revoker.ts';

/** What came of asking central once for a secret. */
export type Asked<S, E> =
  | { readonly kind: 'issued'; readonly secret: S }
  /** For good. */
  | { readonly kind: 'refused'; readonly error: E }
  /** An attempt whose answer was lost came later than this one; the next is later still. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'unsent' }
  /** Something may have been issued that nobody has. */
  | { readonly kind: 'unclear' };

/** `foreign`: the issue is of another holder; `revoked`: it was printed, or taken back, before. */
type HolderError = { readonly code: 'unreachable' | 'outcome-unknown' | 'revoked' | 'foreign' };

/**
 * Secrets between central and paper, each of a holder: a session, or the visit of someone who isn't signed in. They are
 * in this memory for as long as the holder is there, in the page and in the bytes for the printer, and nowhere else: no
 * database, log, spool or reprint.
 */
export interface SecretHolder<S, E> {
  /** A repeat with the same id gives the same one for as long as it is held. @param ask with the number of the attempt */
  issue(
    holder: string,
    issueId: string,
    ask: (attempt: number) => Promise<Asked<S, E>>,
  ): Promise<Result<S, E | HolderError>>;
  /** Prints what is held for that holder, once; a repeat says what came of it. @param makeSlip null: it can't be made */
  print(
    holder: string,
    issueId: string,
    makeSlip: (secret: S) => Slip | null,
    language: Language,
  ): Promise<Result<PrintedPassword, { code: 'not-held' | 'already-printed' }>>;
  /** Nothing of that holder's is held any more. */
  forget(holder: string): void;
  /** It is worth nothing any more, and not held. */
  forgetOver(issueId: string): void;
}

/** One wish of a holder. `attempt` is the last that was sent to central. */
interface Wish<S, E> {
  readonly holder: string;
  attempt: number;
  /** An answer was lost: something may have been issued that nobody has. */
  isUnclear: boolean;
  state:
    | { readonly kind: 'unknown' }
    | { readonly kind: 'held'; readonly secret: S }
    | { readonly kind: 'printing'; readonly secret: S; readonly done: Promise<PrintedPassword> }
    | { readonly kind: 'printed' }
    /** It may lie on paper: out of memory, and out of service as soon as central can be reached. */
    | { readonly kind: 'taken-back'; readonly outcome: PrintOutcome };
  issuing: Promise<Result<S, E | HolderError>> | null;
}

/** A lost answer is settled by issuing anew; a second lost one is for the customer to decide. */
const TRIES = 2;

export function createSecretHolder<S, E extends { readonly code: string }>(parts: {
  rows: PrintRows;
  revoker: Revoker;
  printer: SlipPrinter;
  connectivity: Connectivity;
  businessNow: BusinessClock;
}): SecretHolder<S, E> {
  const { rows, revoker, printer, connectivity, businessNow } = parts;
  const wishes = new Map<string, Wish<S, E>>();

  /** What of this holder may lie on paper must be worth nothing before anything new is issued. */
  async function revokeEarlier(holder: string): Promise<boolean> {
    for (const [issueId, wish] of wishes) {
      if (wish.holder !== holder || wish.state.kind !== 'taken-back') continue;
      if (!(await revoker.revoke({ issueId, attempt: wish.attempt }))) return false;
    }
    return true;
  }

  async function askCentral(
    wish: Wish<S, E>,
    ask: (attempt: number) => Promise<Asked<S, E>>,
  ): Promise<Result<S, E | HolderError>> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const attempt = wish.attempt + 1;
      const asked = await ask(attempt);
      if (asked.kind === 'unsent') break;
      wish.attempt = attempt;
      switch (asked.kind) {
        case 'issued':
          wish.isUnclear = false;
          return ok(asked.secret);
        case 'refused':
          return err(asked.error);
        case 'overtaken':
          continue;
        case 'unclear':
          wish.isUnclear = true;
      }
    }
    void connectivity.suspect();
    return err({ code: wish.isUnclear ? 'outcome-unknown' : 'unreachable' });
  }

  async function issueAnew(
    issueId: string,
    wish: Wish<S, E>,
    ask: (attempt: number) => Promise<Asked<S, E>>,
  ): Promise<Result<S, E | HolderError>> {
    if (!(await revokeEarlier(wish.holder))) return err({ code: 'unreachable' });
    const issued = await askCentral(wish, ask);
    // Whoever it was for may have gone meanwhile.
    if (issued.ok && wishes.get(issueId) === wish) wish.state = { kind: 'held', secret: issued.value };
    return issued;
  }

  async function printNow(
    issueId: string,
    wish: Wish<S, E>,
    secret: S,
    slip: Slip,
    language: Language,
  ): Promise<PrintedPassword> {
    const { attempt } = wish;
    const outcome = await printer.print(slip, language);
    switch (outcome.kind) {
      case 'printed':
        rows.settle(issueId);
        wish.state = { kind: 'printed' };
        return { outcome, password: 'valid' };
      case 'refused':
        rows.settle(issueId);
        wish.state = { kind: 'held', secret };
        return { outcome, password: 'valid' };
      case 'failed':
      case 'unknown':
      case 'no-status': {
        wish.state = { kind: 'taken-back', outcome };
        return takeBack({ issueId, attempt }, outcome);
      }
      default:
        return cantHappen(outcome);
    }
  }

  async function takeBack(print: BegunPrint, outcome: PrintOutcome): Promise<PrintedPassword> {
    return { outcome, password: (await revoker.revoke(print)) ? 'revoked' : 'revocation-waits' };
  }

  return {
    issue: async (holder, issueId, ask) => {
      const wish: Wish<S, E> = wishes.get(issueId) ?? {
        holder,
        attempt: 0,
        isUnclear: false,
        state: { kind: 'unknown' },
        issuing: null,
      };
      if (wish.holder !== holder) return err({ code: 'foreign' });
      wishes.set(issueId, wish);
      const { state } = wish;
      switch (state.kind) {
        case 'held':
        case 'printing':
          return ok(state.secret);
        case 'printed':
        case 'taken-back':
          return err({ code: 'revoked' });
        case 'unknown':
          wish.issuing ??= issueAnew(issueId, wish, ask).finally(() => {
            wish.issuing = null;
          });
          return wish.issuing;
        default:
          return cantHappen(state);
      }
    },
    print: async (holder, issueId, makeSlip, language) => {
      const wish = wishes.get(issueId);
      if (wish === undefined || wish.holder !== holder) return err({ code: 'not-held' });
      if (wish.state.kind === 'printing') return ok(await wish.state.done);
      if (wish.state.kind === 'printed') return err({ code: 'already-printed' });
      // Whoever asks again has not heard that it is worth nothing.
      if (wish.state.kind === 'taken-back') {
        return ok(await takeBack({ issueId, attempt: wish.attempt }, wish.state.outcome));
      }
      if (wish.state.kind !== 'held') return err({ code: 'not-held' });
      const { secret } = wish.state;
      const slip = makeSlip(secret);
      if (slip === null) return err({ code: 'not-held' });
      rows.begin({ issueId, attempt: wish.attempt }, businessNow());
      const done = printNow(issueId, wish, secret, slip, language);
      wish.state = { kind: 'printing', secret, done };
      return ok(await done);
    },
    forget: (holder) => {
      for (const [issueId, wish] of [...wishes]) if (wish.holder === holder) wishes.delete(issueId);
    },
    forgetOver: (issueId) => wishes.delete(issueId),
  };
}

/** What an answer of central's comes to. @param refusal null: it says nothing of the wish */
export function askedOf<B, S, E>(
  answer: CentralAnswer<B>,
  secretOf: (body: B) => S,
  refusal: (answer: Extract<CentralAnswer<B>, { kind: 'error' }>) => E | null,
): Asked<S, E> {
  if (answer.kind === 'ok') return { kind: 'issued', secret: secretOf(answer.body) };
  if (answer.kind === 'no-answer' && !answer.sent) return { kind: 'unsent' };
  if (answer.kind !== 'error') return { kind: 'unclear' };
  const error = refusal(answer);
  if (error !== null) return { kind: 'refused', error };
  return answer.status < 500 && answer.status !== 408 ? { kind: 'overtaken' } : { kind: 'unclear' };
}
