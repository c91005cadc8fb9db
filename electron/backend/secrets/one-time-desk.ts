import { oneTimePasswordSchema } from '../../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { REGISTRATION_ERRORS } from '../../../shared/central-api/registration.ts';
import type { OneTimeOwner, OneTimePasswordIssued } from '../../../shared/contract/one-time.ts';
import type { PrintedPassword } from '../../../shared/contract/secrets.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { passwordReading } from '../../../shared/domain/password-reading.ts';
import { err, type Result } from '../../../shared/domain/result.ts';
import type { AcceptedTerms } from '../../../shared/domain/terms.ts';
import { oneTimeSlip } from '../../../shared/slips/one-time-slip.ts';
import type { Slip } from '../../../shared/slips/slip.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { throttleSeconds } from '../central/throttle-seconds.ts';
import type { Timers } from '../ports.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { PrintRows } from './print-rows.ts';
import type { Revoker } from './revoker.ts';
import { createSecretEnds } from './secret-ends.ts';
import { askedOf, createSecretHolder } from './secret-holder.ts';
import { secretTexts } from './secret-texts.ts';

type Refusal =
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly code: 'over' }
  | { readonly code: 'session-gone' };
export type OneTimeError = Refusal | { readonly code: 'unreachable' | 'outcome-unknown' | 'revoked' | 'foreign' };

/** One-time passwords, for customers who go on with a registration elsewhere. */
export interface OneTimeDesk {
  issue(input: {
    readonly owner: OneTimeOwner;
    readonly issueId: string;
    readonly terms: readonly AcceptedTerms[];
    readonly language: Language;
  }): Promise<Result<OneTimePasswordIssued, OneTimeError>>;
  print(input: {
    readonly owner: OneTimeOwner;
    readonly issueId: string;
    readonly language: Language;
  }): Promise<Result<PrintedPassword, { code: 'not-held' | 'already-printed' } | { code: 'session-gone' }>>;
  forget(owner: OneTimeOwner): void;
  stop(): void;
}

const ISSUE_TIMEOUT_MS = 8_000;

export function createOneTimeDesk(parts: {
  client: CentralClient;
  sessions: Pick<Sessions, 'find' | 'bearerOf'>;
  connectivity: Connectivity;
  configuration: ConfigurationHolder;
  rows: PrintRows;
  revoker: Revoker;
  printer: SlipPrinter;
  businessNow: BusinessClock;
  timers: Timers;
}): OneTimeDesk {
  const { client, sessions, configuration, businessNow, timers } = parts;
  const holder = createSecretHolder<OneTimePasswordIssued, Refusal>(parts);
  /** There is one visitor at a time, of whom the backend knows no end. */
  let visitor: string | null = null;
  const ends = createSecretEnds(timers, holder.forgetOver);

  const nameOf = (owner: OneTimeOwner): string => (owner.kind === 'session' ? owner.sessionId : owner.visitId);

  function makeSlip({ password, page, until }: OneTimePasswordIssued, language: Language): Slip | null {
    const known = configuration.current();
    const reading = passwordReading(password);
    if (known === null || reading === null) return null;
    const { terminalCode: code, shopName, shopPhone, demo } = known.configuration;
    const terminal = { code, shopName, shopPhone, demo };
    return oneTimeSlip({
      ...{ password, reading, page, until, terminal, language },
      ...{ t: secretTexts(language), ja: secretTexts('ja') },
    });
  }

  return {
    issue: async ({ owner, issueId, terms, language }) => {
      const name = nameOf(owner);
      if (owner.kind === 'visit' && visitor !== name) {
        if (visitor !== null) holder.forget(visitor);
        visitor = name;
      }
      const registration = owner.kind === 'visit' ? { id: owner.registrationId, sessionId: owner.visitId } : null;
      const issued = await holder.issue(name, issueId, async (attempt) => {
        const bearer = owner.kind === 'session' ? sessions.bearerOf(owner.sessionId) : undefined;
        if (bearer === null) return { kind: 'refused', error: { code: 'session-gone' } };
        const answer = await client.call(
          {
            method: 'POST',
            path: CENTRAL_PATHS.oneTimePasswords,
            body: JSON.stringify({ id: issueId, attempt, registration, terms, language }),
            ...(bearer === undefined ? {} : { bearer }),
            timeoutMs: ISSUE_TIMEOUT_MS,
          },
          oneTimePasswordSchema,
        );
        return askedOf(
          answer,
          ({ password, page, expiresInSeconds }) => {
            ends.forgetAfter(expiresInSeconds * 1000, issueId);
            return { issueId, password, page, until: businessNow() + expiresInSeconds * 1000 };
          },
          (refused): Refusal | null => {
            const { status, error, headers } = refused;
            if (error.code === REGISTRATION_ERRORS.over) return { code: 'over' };
            if (status === 401 || status === 403) return { code: 'session-gone' };
            if (status !== 429) return null;
            return { code: 'throttled', retryAfterSeconds: throttleSeconds(headers.retryAfter) };
          },
        );
      });
      if (!issued.ok || owner.kind === 'visit' || sessions.find(owner.sessionId) !== null) return issued;
      holder.forget(name);
      return err({ code: 'session-gone' });
    },
    print: async ({ owner, issueId, language }) => {
      if (owner.kind === 'session' && sessions.find(owner.sessionId) === null) return err({ code: 'session-gone' });
      return holder.print(nameOf(owner), issueId, (issued) => makeSlip(issued, language), language);
    },
    forget: (owner) => holder.forget(nameOf(owner)),
    stop: ends.stop,
  };
}
