import { createHash } from 'node:crypto';
import type { ApplicationState, OrderProgress, StateReason } from '../../../shared/contract/events.ts';
import type { BusinessDate } from '../../../shared/domain/business-time.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import { formatReceiptNumber } from '../../../shared/domain/receipt-number.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { Taker } from '../../../shared/contract/close-day.ts';
import type { CaptureStore } from '../captures/capture-store.ts';
import { isDiskFailure, type SqliteDatabase } from '../database/open-database.ts';
import type { SystemClock } from '../ports.ts';
import type { StepProbe } from '../step-probe.ts';
import { type RescueKey, seal, unseal } from './envelope.ts';
import { type Act, type OutboxEntry, outboxRows, type Row } from './outbox-rows.ts';
import { parsePayload, parseSendable, type Payload, type Sendable } from './payload.ts';
import type { TerminalKey } from './terminal-key.ts';

export type EnqueueError =
  /** Nothing was kept and nothing may be acknowledged. */
  | { readonly code: 'disk-full' }
  /** The id belongs to another customer's application. */
  | { readonly code: 'id-taken' }
  /** Another correction of the same application was first. */
  | { readonly code: 'already-corrected' }
  /** The application to be corrected is not as staff saw it: on its way to central, accepted or withdrawn. */
  | { readonly code: 'not-correctable' };

/** An application that takes the place of an earlier one. */
export interface Correction {
  readonly applicationId: string;
  readonly staffNumber: string;
}

export interface EnqueueInput {
  readonly applicationId: string;
  readonly customerNumber: string;
  readonly procedureId: string;
  readonly terminalCode: string;
  /** Day of the receipt number, in Tokyo. */
  readonly day: BusinessDate;
  /** When the customer applied (epoch ms, corrected business clock). */
  readonly capturedAt: number;
  readonly grant: string;
  readonly quote: Quote;
  readonly rescueKey: RescueKey;
  readonly takenBy: Taker;
  /** null: it is no correction. */
  readonly corrects: Correction | null;
  /**
   * Builds the request's body; called once, with the number under which the application will be known.
   * @param replaces the application that central is to cancel with it
   * @param captures hashes of its pictures
   */
  freeze(receiptNumber: string, replaces: string | null, captures: readonly string[]): string;
}

/** An application to be sent now. */
export interface Outgoing {
  readonly id: string;
  /** It may have reached central before: ask for it before sending it again. */
  readonly outcomeUnknown: boolean;
  readonly payload: Result<Sendable, 'unreadable'>;
}

export interface Settlement {
  readonly id: string;
  /** `queued`: certainly not processed, may be sent again without asking. */
  readonly state: Extract<ApplicationState, 'queued' | 'accepted' | 'held' | 'rejected'>;
  readonly reason: StateReason | null;
  readonly progress: OrderProgress | null;
  readonly orderId: string | null;
}

export interface Outbox {
  /** Durable when it returns. A repeat with the same id gives the same entry and keeps nothing new. */
  enqueue(input: EnqueueInput): Result<OutboxEntry, EnqueueError>;
  find(applicationId: string): OutboxEntry | null;
  /** Applications that still wait to be sent. */
  waitingCount(): number;
  waitingIds(): string[];
  /** When the oldest of them was applied for (epoch ms, business clock); null: none waits. */
  oldestWaiting(): number | null;
  countOf(state: ApplicationState): number;
  heldEntries(): OutboxEntry[];
  /** This customer's applications that central has not decided: queued, sending and held. */
  openPayloads(customerNumber: string): Payload[];
  payloadOf(applicationId: string): Payload | null;
  hasPictures(applicationId: string): boolean;
  /** What sending takes of it opens, also where the rest of it is an older program's. */
  isSendable(applicationId: string): boolean;
  /**
   * One durable transaction: writes down what central answered, and marks the next ones as `sending`, the oldest of
   * each customer first and only that one.
   * @param skip true for an application that must not be sent now; its customer's later ones wait behind it
   */
  advance(step: { settle: readonly Settlement[]; start: number; skip(id: string): boolean }): Outgoing[];
  /**
   * Deletes keys and content of what central accepted, from the files too; the record of it stays. Pictures also of what
   * was rejected or withdrawn: nobody wants them any more.
   */
  eraseAccepted(): void;
  /** Puts a held one that central doesn't have among those to be sent; central is asked for it first. */
  retry(applicationId: string, act: Act): Result<void, 'changed'>;
  /**
   * By a person. Never one that central may have: what is being sent is settled first, and what central holds is
   * cancelled there first.
   */
  withdraw(
    applicationId: string,
    input: { readonly act: Act | null; readonly isCancelledAtCentral: boolean },
  ): Result<void, 'changed'>;
  /** null: a correction can take its place now. */
  obstacleToCorrecting(applicationId: string): 'already-corrected' | 'not-correctable' | null;
  /** The application that central holds and cancels with that correction of it; null: none. */
  awaiting(correctionId: string): string | null;
  /** Writes down what staff did, or are about to do at central. */
  record(applicationId: string, act: Act): void;
  actsOn(applicationId: string): Act[];
  /** Before the terminal's key goes: what still waits is held from now on, and only the operator's key opens it. */
  strand(): void;
  /** Called after each committed change of an entry. */
  onChange(listener: (entry: OutboxEntry) => void): () => void;
}

/** Whether the terminal's key is needed to read what is here. */
export function hasSealedApplications(db: SqliteDatabase): boolean {
  return db.prepare('select 1 from outbox where terminal_wrapped_key is not null limit 1').get() !== undefined;
}

export function createOutbox(parts: {
  db: SqliteDatabase;
  terminalKey: TerminalKey;
  captures: Pick<CaptureStore, 'of' | 'move' | 'eraseSettled'>;
  now: SystemClock;
  probe: StepProbe;
}): Outbox {
  const { db, terminalKey, captures, now, probe } = parts;
  const rows = outboxRows(db);
  const listeners = new Set<(entry: OutboxEntry) => void>();
  const announce = (entries: readonly OutboxEntry[]): void => {
    for (const entry of entries) for (const listener of listeners) listener(entry);
  };
  const open = (row: Row): Result<Buffer, 'unreadable'> => {
    if (row.payload === null || row.terminalWrappedKey === null) return err('unreadable');
    const { id, payload, terminalWrappedKey } = row;
    return unseal({ id, payload, terminalWrappedKey, wrappingKey: terminalKey.wrappingKey });
  };
  const readable = (row: Row): Payload[] => {
    const bytes = open(row);
    const payload = bytes.ok ? parsePayload(bytes.value) : bytes;
    return payload.ok ? [payload.value] : [];
  };
  const sendable = (row: Row): Result<Sendable, 'unreadable'> => {
    const bytes = open(row);
    return bytes.ok ? parseSendable(bytes.value) : bytes;
  };

  const insert = db.transaction((input: EnqueueInput, customerKey: Buffer): Result<OutboxEntry, EnqueueError> => {
    const replaces = input.corrects === null ? ok(null) : takePlace(input.applicationId, input.corrects);
    if (!replaces.ok) return replaces;
    const counter = rows.lastCounter(input.day) + 1;
    const receiptNumber = formatReceiptNumber(input.terminalCode, input.day, counter);
    const { customerNumber, grant, quote, applicationId: id } = input;
    const hashes = captures.of(id).map(({ hash }) => hash);
    const body = input.freeze(receiptNumber, replaces.value, hashes);
    const payload: Payload = { format: 1, customerNumber, body, grant, quote };
    const envelope = seal({
      id,
      plaintext: Buffer.from(JSON.stringify(payload)),
      terminalKey,
      rescueKey: input.rescueKey,
    });
    probe.reached('enqueue.sealed');
    rows.insert({
      id,
      customerKey,
      procedureId: input.procedureId,
      receiptNumber,
      receiptDay: input.day,
      receiptCounter: counter,
      fingerprint: createHash('sha256').update(body).digest(),
      capturedAt: input.capturedAt,
      changedAt: now(),
      takenBy: input.takenBy.kind === 'staff' ? input.takenBy.number : input.takenBy.kind,
      ...envelope,
    });
    probe.reached('enqueue.inserted');
    return ok({
      id,
      procedureId: input.procedureId,
      receiptNumber,
      state: 'queued',
      reason: null,
      progress: null,
      orderId: null,
    });
  });

  function obstacleToCorrecting(id: string): 'already-corrected' | 'not-correctable' | null {
    const corrected = rows.find(id);
    if (corrected === null) return 'not-correctable';
    if (corrected.correctedBy !== null) return 'already-corrected';
    // Central may take it from the file, however its correction fares.
    if (corrected.exportedAt !== null && corrected.orderId === null) return 'not-correctable';
    return ['queued', 'held', 'rejected'].includes(corrected.state) ? null : 'not-correctable';
  }

  /**
   * Withdraws the corrected application, or, where central has it, leaves that to central, which cancels it when the
   * correction comes. What never reached central is nothing that central could cancel, so a correction of a correction
   * replaces the one that central has.
   */
  function takePlace(applicationId: string, { applicationId: id, staffNumber }: Correction) {
    const obstacle = obstacleToCorrecting(id);
    if (obstacle !== null) return err({ code: obstacle } as const);
    const changedAt = now();
    const isDone =
      rows.withdraw({ id, correctedBy: applicationId, isCancelledAtCentral: false, changedAt }) ||
      rows.correctLater(id, applicationId, changedAt);
    if (!isDone) return err({ code: 'not-correctable' } as const);
    // Those that were taken anew go instead of the earlier ones.
    if (captures.of(applicationId).length === 0) captures.move(id, applicationId);
    const atCentral = rows.awaiting(id);
    if (atCentral !== null) rows.correctLater(atCentral.id, applicationId, changedAt);
    rows.recordAct(id, { at: changedAt, staffNumber, kind: 'correct', detail: applicationId });
    return ok(atCentral?.id ?? id);
  }

  const retry = db.transaction((id: string, act: Act): boolean => {
    if (!rows.retry(id, now())) return false;
    rows.recordAct(id, act);
    return true;
  });

  const withdraw = db.transaction((id: string, act: Act | null, isCancelledAtCentral: boolean): boolean => {
    const row = rows.find(id);
    if (row === null || row.correctedBy !== null) return false;
    if (!rows.withdraw({ id, correctedBy: null, isCancelledAtCentral, changedAt: now() })) return false;
    rows.uncorrect(id);
    if (act !== null) rows.recordAct(id, act);
    return true;
  });

  /** What staff see of it may have changed with it: the application that it corrects, or no longer does. */
  const announceOne = (id: string): void => announce([rows.findEntry(id) ?? []].flat());

  const advance = db.transaction(
    (
      settle: readonly Settlement[],
      start: number,
      skip: (id: string) => boolean,
    ): { settled: string[]; started: Row[] } => {
      const settled = settle.filter((settlement) => rows.settle(settlement, now())).map((settlement) => settlement.id);
      // A correction that central cancelled no longer stands in the way of what it was to replace.
      for (const id of settled) if (rows.findEntry(id)?.state === 'withdrawn') rows.uncorrect(id);
      if (settle.some((settlement) => settlement.state === 'accepted')) probe.reached('accept.updated');
      return { settled, started: start === 0 ? [] : markNext(start, skip) };
    },
  );

  const markNext = (limit: number, skip: (id: string) => boolean): Row[] => {
    const customers = new Set<string>();
    const next: Row[] = [];
    for (const row of rows.iterateWaiting()) {
      const customer = row.customerKey.toString('base64');
      if (customers.has(customer)) continue;
      customers.add(customer);
      if (row.waitsForStaff === 1 || skip(row.id)) continue;
      next.push(row);
      if (next.length === limit) break;
    }
    for (const row of next) if (row.state === 'queued') rows.markSending(row.id, now());
    return next;
  };

  return {
    enqueue: (input) => {
      const customerKey = terminalKey.customerKey(input.customerNumber);
      const known = rows.find(input.applicationId);
      if (known !== null)
        return known.customerKey.equals(customerKey) ? ok(rows.toEntry(known)) : err({ code: 'id-taken' });
      let entry: Result<OutboxEntry, EnqueueError>;
      try {
        entry = insert.immediate(input, customerKey);
      } catch (error) {
        if (isDiskFailure(error)) return err({ code: 'disk-full' });
        throw error;
      }
      if (!entry.ok) return entry;
      probe.reached('enqueue.committed');
      announce([entry.value]);
      if (input.corrects !== null) announceOne(input.corrects.applicationId);
      return entry;
    },
    find: rows.findEntry,
    waitingCount: rows.waitingCount,
    waitingIds: rows.waitingIds,
    oldestWaiting: rows.oldestWaiting,
    countOf: rows.countOf,
    heldEntries: () => rows.held().map(rows.toEntry),
    openPayloads: (customerNumber) => rows.open(terminalKey.customerKey(customerNumber)).flatMap(readable),
    hasPictures: (applicationId) => captures.of(applicationId).length > 0,
    isSendable: (applicationId) => {
      const row = rows.find(applicationId);
      return row !== null && sendable(row).ok;
    },
    payloadOf: (applicationId) => {
      const row = rows.find(applicationId);
      return row === null ? null : (readable(row)[0] ?? null);
    },
    advance: ({ settle, start, skip }) => {
      const { settled, started } = advance.immediate(settle, start, skip);
      if (settle.some((settlement) => settlement.state === 'accepted')) probe.reached('accept.committed');
      if (started.length > 0) probe.reached('send.marked');
      const changed = [...settled, ...started.filter((row) => row.state === 'queued').map((row) => row.id)];
      announce(changed.flatMap((id) => rows.findEntry(id) ?? []));
      return started.map((row) => ({ id: row.id, outcomeUnknown: row.state === 'sending', payload: sendable(row) }));
    },
    eraseAccepted: () => {
      if (rows.eraseAccepted() > 0) {
        probe.reached('erase.keys-deleted');
        db.pragma('wal_checkpoint(TRUNCATE)');
        probe.reached('erase.checkpointed');
      }
      captures.eraseSettled();
    },
    retry: (id, act) => {
      if (!retry.immediate(id, act)) return err('changed');
      announceOne(id);
      return ok(undefined);
    },
    withdraw: (id, { act, isCancelledAtCentral }) => {
      if (!withdraw.immediate(id, act, isCancelledAtCentral)) return err('changed');
      announceOne(id);
      return ok(undefined);
    },
    obstacleToCorrecting,
    awaiting: (correctionId) => rows.awaiting(correctionId)?.id ?? null,
    record: rows.recordAct,
    actsOn: rows.acts,
    strand: () => {
      const waiting = rows.waiting();
      rows.strand(now());
      announce(waiting.flatMap(({ id }) => rows.findEntry(id) ?? []));
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
