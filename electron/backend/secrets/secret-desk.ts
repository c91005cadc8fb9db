import { passwordIssueSchema } from '../../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { IssuedPassword, PrintedPassword } from '../../../shared/contract/secrets.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { passwordReading } from '../../../shared/domain/password-reading.ts';
import { err, type Result } from '../../../shared/domain/result.ts';
import { passwordSlip } from '../../../shared/slips/password-slip.ts';
import type { Slip } from '../../../shared/slips/slip.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import type { PrintRows } from './print-rows.ts';
import type { Revoker } from './revoker.ts';
import { askedOf, createSecretHolder } from './secret-holder.ts';
import { secretTexts } from './secret-texts.ts';

/** Passwords that central issues for a customer's accounts, in that customer's session. */
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

const ISSUE_TIMEOUT_MS = 8_000;

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
  const { client, sessions, configuration } = parts;
  const holder = createSecretHolder<IssuedPassword, { code: 'unknown-account' | 'session-gone' }>(parts);

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
    issue: async (session, { issueId, accountId, language }) => {
      const account = session.accounts.find(({ id }) => id === accountId);
      if (account === undefined) return err({ code: 'unknown-account' });
      const issued = await holder.issue(session.id, issueId, async (attempt) => {
        const bearer = sessions.bearerOf(session.id);
        if (bearer === null) return { kind: 'refused', error: { code: 'session-gone' } };
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
        return askedOf(
          answer,
          ({ password, issuedAt }) => ({ issueId, account, password, issuedAt: Date.parse(issuedAt) }),
          ({ status }) => {
            if (status === 404) return { code: 'unknown-account' };
            return status === 401 || status === 403 ? { code: 'session-gone' } : null;
          },
        );
      });
      if (!issued.ok)
        return issued.error.code === 'foreign' ? err({ code: 'unknown-account' }) : err({ code: issued.error.code });
      if (sessions.find(session.id) !== null) return issued;
      holder.forget(session.id);
      return err({ code: 'session-gone' });
    },
    print: (session, { issueId, language }) =>
      holder.print(session.id, issueId, (issued) => makeSlip(issued, language), language),
    forget: holder.forget,
  };
}
