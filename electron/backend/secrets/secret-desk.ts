import { passwordIssueSchema } from '../../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { IssuedPassword, PrintedPassword } from '../../../shared/contract/secrets.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { passwordReading } from '../../../shared/domain/password-reading.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { passwordSlip } from '../../../shared/slips/password-slip.ts';
import type { Slip } from '../../../shared/slips/slip.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import type { PrintRows } from './print-rows.ts';
import type { Revoker } from './revoker.ts';
import { secretTexts } from './secret-texts.ts';

export interface SecretDesk {
  /** A repeat with the same id gives the same password for as long as it is held. */
  issue(session: Session, input: IssueInput): Promise<Result<IssuedPassword, { code: IssueError }>>;
  /** Prints what is held for that session, once. */
  print(
    session: Session,
    input: { issueId: string; language: Language },
  ): Promise<Result<PrintedPassword, { code: 'not-held' | 'already-printed' }>>;
  /** Nothing of that session's is held any more. */
  forget(sessionId: string): void;
}

type IssueError = 'unreachable' | 'outcome-unknown' | 'unknown-account' | 'revoked' | 'session-gone';

interface IssueInput {
  readonly issueId: string;
  readonly accountId: string;
  readonly language: Language;
}

/** One wish of a session. `attempt` is the last that was sent to central. */
interface Wish {
  readonly sessionId: string;
  attempt: number;
  /** An answer was lost: something may have been issued that nobody has. */
  isUnclear: boolean;
  state:
    | { readonly kind: 'unknown' }
    | { readonly kind: 'held'; readonly issued: IssuedPassword }
    | { readonly kind: 'printing'; readonly issued: IssuedPassword; readonly done: Promise<PrintedPassword> }
    | { readonly kind: 'printed' }
    /** It may lie on paper: out of memory, and out of service as soon as central can be reached. */
    | { readonly kind: 'taken-back' };
  issuing: Promise<Result<IssuedPassword, { code: IssueError }>> | null;
}

const ISSUE_TIMEOUT_MS = 8_000;
/** A lost answer is settled by issuing anew; a second lost one is for the customer to decide. */
const TRIES = 2;

/**
 * Passwords between central and the customer. They are in this memory for as long as the session lasts, in the page and
 * in the bytes for the printer, and nowhere else: no database, log, spool or reprint.
 */
export function createSecretDesk(parts: {
  client: CentralClient;
  sessions: Pick<Sessions, 'find' | 'bearerOf'>;
  connectivity: Connectivity;
  configuration: ConfigurationHolder;
  rows: PrintRows;
  revoker: Revoker;
  printer: SlipPrinter;
  businessNow: BusinessClock;
}): SecretDesk {
  const { client, sessions, connectivity, configuration, rows, revoker, printer, businessNow } = parts;
  const wishes = new Map<string, Wish>();

  /** What of this session may lie on paper must be worth nothing before anything new is issued. */
  async function revokeEarlier(sessionId: string): Promise<boolean> {
    for (const [issueId, wish] of wishes) {
      if (wish.sessionId !== sessionId || wish.state.kind !== 'taken-back') continue;
      if (!(await revoker.revoke({ issueId, attempt: wish.attempt }))) return false;
    }
    return true;
  }

  async function askCentral(
    session: Session,
    wish: Wish,
    { issueId, accountId, language }: IssueInput,
  ): Promise<Result<IssuedPassword, { code: IssueError }>> {
    const account = session.accounts.find(({ id }) => id === accountId);
    if (account === undefined) return err({ code: 'unknown-account' });
    for (let tries = 0; tries < TRIES; tries += 1) {
      const bearer = sessions.bearerOf(session.id);
      if (bearer === null) return err({ code: 'session-gone' });
      const attempt = wish.attempt + 1;
      const answer = await client.call(
        {
          method: 'POST',
          path: CENTRAL_PATHS.passwordIssues,
          body: JSON.stringify({ id: issueId, attempt, accountId, language }),
          bearer,
          timeoutMs: ISSUE_TIMEOUT_MS,
        },
        passwordIssueSchema,
      );
      if (answer.kind === 'no-answer' && !answer.sent) break;
      wish.attempt = attempt;
      if (answer.kind === 'ok') {
        wish.isUnclear = false;
        const { password } = answer.body;
        return ok({ issueId, account, password, issuedAt: businessNow() });
      }
      if (answer.kind === 'error') {
        if (answer.status === 404) return err({ code: 'unknown-account' });
        if (answer.status === 401 || answer.status === 403) return err({ code: 'session-gone' });
        // 409: an attempt whose answer was lost came later than this one; the next is later still.
        if (answer.status < 500 && answer.status !== 408) continue;
      }
      wish.isUnclear = true;
    }
    void connectivity.suspect();
    return err({ code: wish.isUnclear ? 'outcome-unknown' : 'unreachable' });
  }

  async function issueAnew(
    session: Session,
    wish: Wish,
    input: IssueInput,
  ): Promise<Result<IssuedPassword, { code: IssueError }>> {
    if (!(await revokeEarlier(session.id))) return err({ code: 'unreachable' });
    const issued = await askCentral(session, wish, input);
    if (!issued.ok) return issued;
    if (sessions.find(session.id) === null) return err({ code: 'session-gone' });
    wish.state = { kind: 'held', issued: issued.value };
    return issued;
  }

  async function printNow(
    wish: Wish,
    issued: IssuedPassword,
    slip: Slip,
    language: Language,
  ): Promise<PrintedPassword> {
    const { issueId } = issued;
    const { attempt } = wish;
    const outcome = await printer.print(slip, language);
    switch (outcome.kind) {
      case 'printed':
        rows.settle(issueId);
        wish.state = { kind: 'printed' };
        return { outcome, password: 'valid' };
      case 'refused':
        rows.settle(issueId);
        wish.state = { kind: 'held', issued };
        return { outcome, password: 'valid' };
      case 'failed':
      case 'unknown':
      case 'no-status': {
        wish.state = { kind: 'taken-back' };
        const isRevoked = await revoker.revoke({ issueId, attempt });
        return { outcome, password: isRevoked ? 'revoked' : 'revocation-waits' };
      }
      default:
        return cantHappen(outcome);
    }
  }

  function makeSlip({ account, password, issuedAt }: IssuedPassword, language: Language): Slip | null {
    const known = configuration.current();
    const reading = passwordReading(password);
    if (known === null || reading === null) return null;
    const { terminalCode: code, shopName, shopPhone, demo } = known.configuration;
    return passwordSlip({
      account,
      password,
      reading,
      at: issuedAt,
      terminal: { code, shopName, shopPhone, demo },
      language,
      t: secretTexts(language),
      ja: secretTexts('ja'),
    });
  }

  return {
    issue: async (session, input) => {
      const wish: Wish = wishes.get(input.issueId) ?? {
        sessionId: session.id,
        attempt: 0,
        isUnclear: false,
        state: { kind: 'unknown' },
        issuing: null,
      };
      if (wish.sessionId !== session.id) return err({ code: 'unknown-account' });
      wishes.set(input.issueId, wish);
      const { state } = wish;
      switch (state.kind) {
        case 'held':
        case 'printing':
          return ok(state.issued);
        case 'printed':
        case 'taken-back':
          return err({ code: 'revoked' });
        case 'unknown':
          wish.issuing ??= issueAnew(session, wish, input).finally(() => {
            wish.issuing = null;
          });
          return wish.issuing;
        default:
          return cantHappen(state);
      }
    },
    print: async (session, { issueId, language }) => {
      const wish = wishes.get(issueId);
      if (wish === undefined || wish.sessionId !== session.id) return err({ code: 'not-held' });
      if (wish.state.kind === 'printing') return ok(await wish.state.done);
      if (wish.state.kind === 'printed') return err({ code: 'already-printed' });
      if (wish.state.kind !== 'held') return err({ code: 'not-held' });
      const { issued } = wish.state;
      const slip = makeSlip(issued, language);
      if (slip === null) return err({ code: 'not-held' });
      rows.begin({ issueId, attempt: wish.attempt }, businessNow());
      const done = printNow(wish, issued, slip, language);
      wish.state = { kind: 'printing', issued, done };
      return ok(await done);
    },
    forget: (sessionId) => {
      for (const [issueId, wish] of [...wishes]) if (wish.sessionId === sessionId) wishes.delete(issueId);
    },
  };
}
