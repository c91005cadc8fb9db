import { z } from 'zod';
import { type DraftContent, draftSchema, type KeptDraft } from '../../../shared/central-api/drafts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { DraftEntry } from '../../../shared/contract/draft-entry.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import { type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import { lastDayOf, MOST_DRAFTS } from '../../../shared/domain/kept-draft.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { answersTo } from '../../../shared/procedures/asked.ts';
import { isKeepable } from '../../../shared/procedures/keepable.ts';
import { isProcedureId, loadProcedure } from '../../../shared/procedures/registry.ts';
import { draftSlip } from '../../../shared/slips/draft-slip.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { readBody } from '../outbox/payload.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import type { DraftRows, WaitingDraft } from './draft-rows.ts';
import { draftTexts } from './draft-texts.ts';
import type { DraftSender, DraftSent } from './send-drafts.ts';

export interface KeepInput {
  readonly draftId: string;
  readonly content: DraftContent;
  readonly replaces: string | null;
}

export interface DraftDesk {
  /** Durable when it answers; at central too, unless that can't be reached. */
  keep(
    session: Session,
    input: KeepInput,
  ): Promise<Result<DraftEntry, 'not-offered' | 'too-many' | 'already-applied' | 'disk-full'>>;
  /** What the customer can go on with, newest first; null: nothing is kept for them. */
  entriesOf(session: Session): DraftEntry[] | null;
  read(session: Session, draftId: string): Promise<Result<DraftContent, 'unknown-draft' | 'unreachable'>>;
  erase(session: Session, draftId: string): Promise<Result<void, 'unreachable'>>;
  print(session: Session, draftId: string, language: Language): Promise<Result<PrintOutcome, 'unknown-draft'>>;
}

const TIMEOUT_MS = 8_000;
const nothingSchema = z.unknown();

export function createDraftDesk(parts: {
  rows: DraftRows;
  sender: DraftSender;
  outbox: Pick<Outbox, 'openPayloads'>;
  client: CentralClient;
  sessions: Pick<Sessions, 'bearerOf'>;
  connectivity: Connectivity;
  configuration: ConfigurationHolder;
  printer: SlipPrinter;
  businessNow: BusinessClock;
}): DraftDesk {
  const { rows, sender, outbox, client, sessions, connectivity, configuration, printer, businessNow } = parts;

  /** Those that became applications, which may still be on their way. */
  const appliedFrom = (customerNumber: string): ReadonlySet<string> =>
    new Set(outbox.openPayloads(customerNumber).flatMap(({ body }) => readBody(body).application?.draft ?? []));

  function entriesOf({ customerNumber, drafts }: Session): DraftEntry[] | null {
    if (drafts === null) return null;
    const waiting = rows.of(customerNumber);
    const here = new Set(waiting.map(({ id }) => id));
    const gone = new Set([...appliedFrom(customerNumber), ...waiting.flatMap(({ request }) => request.replaces ?? [])]);
    const today = businessDate(businessNow());
    return [...waiting.map(waitingEntry), ...drafts.filter(({ id }) => !here.has(id)).map(keptEntry)].filter(
      ({ draftId, expiresOn }) => !gone.has(draftId) && expiresOn >= today,
    );
  }

  /** What the draft takes the place of, and what that took the place of while it waited here. */
  function replacedBy(customerNumber: string, { request }: Pick<WaitingDraft, 'request'>): string[] {
    const before = new Map(rows.of(customerNumber).map((one) => [one.id, one.request.replaces]));
    const replaced = new Set<string>();
    let next = request.replaces;
    while (next !== null && !replaced.has(next)) {
      replaced.add(next);
      next = before.get(next) ?? null;
    }
    return [...replaced];
  }

  function taken(session: Session, draft: KeptDraft, replaced: readonly string[]): void {
    const others = (session.drafts ?? []).filter(({ id }) => id !== draft.id && !replaced.includes(id));
    session.drafts = [draft, ...others];
  }

  function outcome(
    session: Session,
    draft: WaitingDraft,
    replaced: readonly string[],
    sent: DraftSent,
  ): Result<DraftEntry, 'not-offered' | 'too-many' | 'already-applied'> {
    switch (sent.kind) {
      case 'kept':
        taken(session, sent.draft, replaced);
        return ok(keptEntry(sent.draft));
      case 'waiting':
        return ok(waitingEntry(draft));
      case 'refused':
        return err(REFUSALS[sent.code]);
    }
  }

  async function eraseAtCentral(session: Session, ids: readonly string[]): Promise<boolean> {
    const bearer = sessions.bearerOf(session.id);
    if (bearer === null) return false;
    for (const id of ids) {
      const path = `${CENTRAL_PATHS.drafts}/${id}`;
      const answer = await client.call({ method: 'DELETE', path, bearer, timeoutMs: TIMEOUT_MS }, nothingSchema);
      if (answer.kind !== 'ok' && !(answer.kind === 'error' && answer.status === 404)) return false;
    }
    return true;
  }

  return {
    keep: async (session, { draftId, content, replaces }) => {
      const known = entriesOf(session);
      if (known === null || !isProcedureId(content.procedureId)) return err('not-offered');
      const procedure = await loadProcedure(content.procedureId);
      if (!isKeepable(procedure)) return err('not-offered');
      const repeat = known.find((one) => one.draftId === draftId);
      if (repeat !== undefined) return ok(repeat);
      if (known.filter((one) => one.draftId !== replaces).length >= MOST_DRAFTS) return err('too-many');
      const keptAt = businessNow();
      const answers = answersTo(procedure.steps, content.answers);
      const request = { content: { ...content, answers }, keptAt: new Date(keptAt).toISOString(), replaces };
      const draft: WaitingDraft = { id: draftId, keptAt, request, grant: session.grant };
      const replaced = replacedBy(session.customerNumber, draft);
      // It would take its own place, and be offered to nobody.
      if (replaced.includes(draftId)) return err('not-offered');
      try {
        rows.insert(session.customerNumber, draft);
      } catch (error) {
        if (isDiskFailure(error)) return err('disk-full');
        throw error;
      }
      return outcome(session, draft, replaced, await sender.send(draftId));
    },
    entriesOf,
    read: async (session, draftId) => {
      if (entriesOf(session)?.some((one) => one.draftId === draftId) !== true) return err('unknown-draft');
      const waiting = rows.of(session.customerNumber).find(({ id }) => id === draftId);
      if (waiting !== undefined) return ok(waiting.request.content);
      const bearer = sessions.bearerOf(session.id);
      if (bearer === null) return err('unreachable');
      const path = `${CENTRAL_PATHS.drafts}/${draftId}`;
      const answer = await client.call({ method: 'GET', path, bearer, timeoutMs: TIMEOUT_MS }, draftSchema);
      if (answer.kind === 'ok') return ok(answer.body.content);
      if (answer.kind === 'error' && answer.status === 404) {
        session.drafts = (session.drafts ?? []).filter(({ id }) => id !== draftId);
        return err('unknown-draft');
      }
      if (answer.kind !== 'error') void connectivity.suspect();
      return err('unreachable');
    },
    erase: async (session, draftId) => {
      const waiting = rows.of(session.customerNumber).find(({ id }) => id === draftId);
      const ids = [draftId, ...(waiting === undefined ? [] : replacedBy(session.customerNumber, waiting))];
      const isGone = await eraseAtCentral(session, ids);
      // One that was here alone is gone with its row; what it took the place of would come back.
      if (!isGone && (waiting === undefined || waiting.request.replaces !== null)) return err('unreachable');
      // What it says to take the place of may be another customer's.
      const own = new Set(rows.of(session.customerNumber).map(({ id }) => id));
      rows.erase(ids.filter((id) => own.has(id)));
      session.drafts = (session.drafts ?? []).filter(({ id }) => !ids.includes(id));
      return ok(undefined);
    },
    print: async (session, draftId, language) => {
      const entry = entriesOf(session)?.find((one) => one.draftId === draftId);
      const current = configuration.current();
      if (entry === undefined || current === null) return err('unknown-draft');
      const { terminalCode: code, shopName, shopPhone, demo } = current.configuration;
      const terminal = { code, shopName, shopPhone, demo };
      const texts = { language, t: draftTexts(language), ja: draftTexts('ja') };
      return ok(await printer.print(draftSlip({ ...entry, terminal, ...texts }), language));
    },
  };
}

const REFUSALS = { used: 'already-applied', 'too-many': 'too-many', other: 'not-offered' } as const;

const waitingEntry = ({ id, keptAt, request }: WaitingDraft): DraftEntry => ({
  ...{ draftId: id, procedureId: request.content.procedureId, keptAt },
  ...{ expiresOn: lastDayOf(businessDate(keptAt)), isWaiting: true },
});

const keptEntry = ({ id, procedureId, keptAt, expiresOn }: KeptDraft): DraftEntry => ({
  ...{ draftId: id, procedureId, keptAt: Date.parse(keptAt), expiresOn, isWaiting: false },
});
