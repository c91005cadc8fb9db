import { CODE_ERRORS, codeStateSchema } from '../../../shared/central-api/codes.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  RECORD_ERRORS,
  type RecordWish,
  recordChangeSchema,
  recordCompletionSchema,
} from '../../../shared/central-api/record-changes.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { ChangedRecord } from '../../../shared/contract/record.ts';
import { contactEmail, contactPhone } from '../../../shared/domain/contact.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { recordSlip } from '../../../shared/slips/record-slip.ts';
import type { z } from 'zod';
import type { CentralAnswer } from '../central/central-answer.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { throttleSeconds } from '../central/throttle-seconds.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { recordTexts } from './record-texts.ts';

export type RecordError =
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | {
      readonly code:
        | 'unreachable'
        | 'outcome-unknown'
        | 'over'
        | 'not-allowed'
        | 'no-contact'
        | 'code-wrong'
        | 'id-taken'
        | 'session-gone';
    };

export interface RecordDesk {
  begin(
    session: Session,
    input: { readonly changeId: string; readonly wish: RecordWish; readonly language: Language },
  ): Promise<Result<{ mailedTo: string | null }, RecordError>>;
  prove(
    session: Session,
    input: { readonly changeId: string; readonly code: string },
  ): Promise<Result<void, RecordError>>;
  complete(session: Session, input: { readonly changeId: string }): Promise<Result<ChangedRecord, RecordError>>;
  print(
    session: Session,
    input: { readonly changeId: string; readonly language: Language },
  ): Promise<Result<PrintOutcome, { code: 'not-held' }>>;
  forget(sessionId: string): void;
}

interface Wish {
  readonly sessionId: string;
  readonly wish: RecordWish;
  changed: ChangedRecord | null;
}

const TIMEOUT_MS = 10_000;

/** Carries a wish, its code and its completion to central. Of the code nothing stays here. */
export function createRecordDesk(parts: {
  client: CentralClient;
  sessions: Pick<Sessions, 'bearerOf' | 'refresh'>;
  connectivity: Connectivity;
  configuration: ConfigurationHolder;
  printer: SlipPrinter;
}): RecordDesk {
  const { client, sessions, connectivity, configuration, printer } = parts;
  const wishes = new Map<string, Wish>();

  return {
    begin: async (session, { changeId, wish: typed, language }) => {
      const wish = asKept(typed);
      if (wish === null) return err({ code: 'not-allowed' });
      const body = { id: changeId, wish, language };
      const answer = await ask(session, CENTRAL_PATHS.recordChanges, body, recordChangeSchema);
      if (!answer.ok) return answer;
      wishes.set(changeId, { sessionId: session.id, wish, changed: null });
      return ok({ mailedTo: answer.value.mailedTo });
    },
    prove: async (session, { changeId, code }) => {
      const body = { sessionId: session.id, code: code.normalize('NFKC').trim() };
      const answer = await ask(session, `${CENTRAL_PATHS.codes}/${changeId}/proof`, body, codeStateSchema);
      return answer.ok ? ok(undefined) : answer;
    },
    complete: async (session, { changeId }) => {
      const known = wishes.get(changeId);
      if (known === undefined || known.sessionId !== session.id) return err({ code: 'over' });
      const path = `${CENTRAL_PATHS.recordChanges}/${changeId}/completion`;
      const answer = await ask(session, path, {}, recordCompletionSchema);
      if (!answer.ok) return answer;
      // The rest of the session goes on with what is on record now.
      await sessions.refresh(session);
      known.changed ??= {
        ...{ changeId, wish: known.wish },
        ...{ changedAt: Date.parse(answer.value.changedAt), contactEmail: answer.value.contactEmail },
      };
      return ok(known.changed);
    },
    print: async (session, { changeId, language }) => {
      const known = wishes.get(changeId);
      const settings = configuration.current();
      const { facts } = session;
      if (known?.changed == null || known.sessionId !== session.id || settings === null || facts.kind === 'unknown') {
        return err({ code: 'not-held' });
      }
      const { terminalCode: code, shopName, shopPhone, demo } = settings.configuration;
      const { wish, contactEmail: email, changedAt } = known.changed;
      const slip = recordSlip({
        ...{ wish, contactEmail: email, customerName: facts.customer.name, at: changedAt, language },
        terminal: { code, shopName, shopPhone, demo },
        t: recordTexts(language),
        ja: recordTexts('ja'),
      });
      return ok(await printer.print(slip, language));
    },
    forget: (sessionId) => {
      for (const [changeId, wish] of [...wishes]) if (wish.sessionId === sessionId) wishes.delete(changeId);
    },
  };

  async function ask<T>(
    session: Session,
    path: string,
    body: object,
    schema: z.ZodType<T>,
  ): Promise<Result<T, RecordError>> {
    const bearer = sessions.bearerOf(session.id);
    if (bearer === null) return err({ code: 'session-gone' });
    const request = { method: 'POST', path, body: JSON.stringify(body), bearer, timeoutMs: TIMEOUT_MS } as const;
    const answer = await client.call(request, schema);
    if (answer.kind === 'ok') return ok(answer.body);
    const error = errorOf(answer);
    if (error.code === 'unreachable' || error.code === 'outcome-unknown') void connectivity.suspect();
    return err(error);
  }
}

/** What was typed, as central keeps it; null: it can't be that. */
function asKept(wish: RecordWish): RecordWish | null {
  if (wish.kind === 'id') return wish;
  const daytimePhone = contactPhone(wish.daytimePhone);
  const email = wish.email === null ? null : contactEmail(wish.email);
  if (daytimePhone === null || (wish.email !== null && email === null)) return null;
  return { ...wish, daytimePhone, email };
}

function errorOf(answer: Exclude<CentralAnswer<unknown>, { kind: 'ok' }>): RecordError {
  if (answer.kind === 'no-answer') return { code: answer.sent ? 'outcome-unknown' : 'unreachable' };
  if (answer.kind !== 'error' || answer.status >= 500 || answer.status === 408) return { code: 'outcome-unknown' };
  switch (answer.error.code) {
    case RECORD_ERRORS.rule:
      return { code: 'not-allowed' };
    case RECORD_ERRORS.noContact:
      return { code: 'no-contact' };
    case RECORD_ERRORS.idTaken:
      return { code: 'id-taken' };
    case CODE_ERRORS.wrong:
      return { code: 'code-wrong' };
    case CODE_ERRORS.over:
      return { code: 'over' };
  }
  switch (answer.status) {
    case 401:
    case 403:
      return { code: 'session-gone' };
    case 404:
      return { code: 'over' };
    case 429:
      return { code: 'throttled', retryAfterSeconds: throttleSeconds(answer.headers.retryAfter) };
    default:
      return { code: 'unreachable' };
  }
}
