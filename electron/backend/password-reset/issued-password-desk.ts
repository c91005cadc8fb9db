import { CODE_LIFE_SECONDS } from '../../../shared/central-api/codes.ts';
import { PASSWORD_RESET_ERRORS, passwordResetIssueSchema } from '../../../shared/central-api/password-resets.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { IssuedPortalPassword, ResetVisit } from '../../../shared/contract/password-reset.ts';
import type { PrintedPassword } from '../../../shared/contract/secrets.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { passwordReading } from '../../../shared/domain/password-reading.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { SecretAnswer } from '../../../shared/domain/secret-question.ts';
import { passwordSlip } from '../../../shared/slips/password-slip.ts';
import type { Slip } from '../../../shared/slips/slip.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { throttleSeconds } from '../central/throttle-seconds.ts';
import type { Timers } from '../ports.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { PrintRows } from '../secrets/print-rows.ts';
import type { Revoker } from '../secrets/revoker.ts';
import { createSecretEnds } from '../secrets/secret-ends.ts';
import { askedOf, createSecretHolder } from '../secrets/secret-holder.ts';
import { secretTexts } from '../secrets/secret-texts.ts';

type Refusal =
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly code: 'over' }
  | { readonly code: 'answer-wrong' };
type IssueError = Refusal | { readonly code: 'unreachable' | 'outcome-unknown' | 'revoked' | 'foreign' };

/** Passwords of iTSCOM IDs that central issues for who answered their secret question again. */
export interface IssuedPasswordDesk {
  issue(
    visit: ResetVisit,
    input: SecretAnswer & { readonly issueId: string },
  ): Promise<Result<IssuedPortalPassword, IssueError>>;
  print(
    visit: ResetVisit,
    input: { readonly issueId: string; readonly language: Language },
  ): Promise<Result<PrintedPassword, { code: 'not-held' | 'already-printed' }>>;
  forget(visit: ResetVisit): void;
  stop(): void;
}

/** It verifies a hash and makes one. */
const ISSUE_TIMEOUT_MS = 8_000;

export function createIssuedPasswordDesk(parts: {
  client: CentralClient;
  connectivity: Connectivity;
  configuration: ConfigurationHolder;
  rows: PrintRows;
  revoker: Revoker;
  printer: SlipPrinter;
  businessNow: BusinessClock;
  timers: Timers;
}): IssuedPasswordDesk {
  const { client, configuration, timers } = parts;
  const holder = createSecretHolder<IssuedPortalPassword, Refusal>(parts);
  /** There is one visitor at a time, of whom the backend knows no end: a page that crashed tells none. */
  let visitor: string | null = null;
  const ends = createSecretEnds(timers, holder.forgetOver);

  function makeSlip({ loginId, password, issuedAt }: IssuedPortalPassword, language: Language): Slip | null {
    const known = configuration.current();
    const reading = passwordReading(password);
    if (known === null || reading === null) return null;
    const { terminalCode: code, shopName, shopPhone, demo } = known.configuration;
    return passwordSlip({
      account: { kind: 'portal', login: loginId },
      ...{ password, reading, at: issuedAt, terminal: { code, shopName, shopPhone, demo }, language },
      ...{ t: secretTexts(language), ja: secretTexts('ja') },
    });
  }

  return {
    issue: ({ resetId, visitId }, { issueId, question, answer }) => {
      if (visitor !== null && visitor !== visitId) holder.forget(visitor);
      visitor = visitId;
      return holder.issue(visitId, issueId, async (attempt) => {
        const answered = await client.call(
          {
            method: 'POST',
            path: `${CENTRAL_PATHS.passwordResets}/${resetId}/issue`,
            body: JSON.stringify({ sessionId: visitId, issueId, attempt, question, answer }),
            timeoutMs: ISSUE_TIMEOUT_MS,
          },
          passwordResetIssueSchema,
        );
        return askedOf(
          answered,
          ({ loginId, password, issuedAt }) => {
            ends.forgetAfter(CODE_LIFE_SECONDS * 1000, issueId);
            return { issueId, loginId, password, issuedAt: Date.parse(issuedAt) };
          },
          ({ status, error, headers }): Refusal | null => {
            if (error.code === PASSWORD_RESET_ERRORS.answerWrong) return { code: 'answer-wrong' };
            if (error.code === PASSWORD_RESET_ERRORS.over) return { code: 'over' };
            return status === 429
              ? { code: 'throttled', retryAfterSeconds: throttleSeconds(headers.retryAfter) }
              : null;
          },
        );
      });
    },
    print: ({ visitId }, { issueId, language }) =>
      holder.print(visitId, issueId, (issued) => makeSlip(issued, language), language),
    forget: ({ visitId }) => holder.forget(visitId),
    stop: ends.stop,
  };
}
