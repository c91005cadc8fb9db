import { z } from 'zod';
import {
  type ApplicationState,
  applicationStateSchema,
  orderProgressSchema,
  stateReasonSchema,
} from '../../../shared/contract/events.ts';
import { queueActSchema } from '../../../shared/contract/queue.ts';
import type { SqliteDatabase } from '../database/open-database.ts';
import type { Envelope } from './envelope.ts';

/** What staff did with an application after it was taken. */
const actSchema = z.object({
  /** Epoch ms. */
  at: z.int(),
  staffNumber: z.string(),
  kind: queueActSchema,
  /** The reason, or the id of the application that took its place. */
  detail: z.string().nullable(),
});
export type Act = z.infer<typeof actSchema>;

/** What may be known of an application without its keys. */
const entrySchema = z.object({
  id: z.string(),
  procedureId: z.string(),
  receiptNumber: z.string(),
  state: applicationStateSchema,
  reason: stateReasonSchema.nullable(),
  progress: orderProgressSchema.nullable(),
  /** Central's order number. */
  orderId: z.string().nullable(),
});
export type OutboxEntry = z.infer<typeof entrySchema>;

export interface Row {
  readonly id: string;
  readonly customerKey: Buffer;
  readonly procedureId: string;
  readonly receiptNumber: string;
  readonly state: string;
  readonly reason: string | null;
  readonly progress: string | null;
  readonly orderId: string | null;
  readonly correctedBy: string | null;
  /** Epoch ms, in a rescue file since; null: in none. */
  readonly exportedAt: number | null;
  readonly payload: Buffer | null;
  readonly terminalWrappedKey: Buffer | null;
}

interface NewRow extends Envelope {
  readonly id: string;
  readonly customerKey: Buffer;
  readonly procedureId: string;
  readonly receiptNumber: string;
  readonly receiptDay: string;
  readonly receiptCounter: number;
  readonly fingerprint: Buffer;
  readonly capturedAt: number;
  readonly changedAt: number;
  /** A staff number, or `customer`. */
  readonly takenBy: string;
}

interface SettledRow {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly progress: string | null;
  readonly orderId: string | null;
}

const ENTRY_COLUMNS = `id, procedure_id as procedureId, receipt_number as receiptNumber, state, reason, progress,
  order_id as orderId`;
const COLUMNS = `id, customer_key as customerKey, procedure_id as procedureId, receipt_number as receiptNumber,
  state, reason, progress, order_id as orderId, corrected_by as correctedBy,
  exported_at as exportedAt, payload, terminal_wrapped_key as terminalWrappedKey`;

/** The outbox's statements. None of them decides anything. */
export function outboxRows(db: SqliteDatabase) {
  const find = db.prepare<[string], Row>(`select ${COLUMNS} from outbox where id = ?`);
  // Without the content, which lies on pages of its own.
  const findEntry = db.prepare<[string]>(`select ${ENTRY_COLUMNS} from outbox where id = ?`);
  // What was given before a database was damaged may have left no trace in it, on its newest day or on one after that:
  // which day it was then, only the machine's clock said.
  const lastCounter = db
    .prepare<{ day: string }, number | null>(
      `select max(counter) from (
         select max(receipt_counter) as counter from outbox where receipt_day = @day
         union all select max(receipt_counter) from salvage
           where @day between receipt_day and date(receipt_day, '+1 year')
       )`,
    )
    .pluck();
  const insert = db.prepare(
    `insert into outbox (id, customer_key, procedure_id, receipt_number, receipt_day, receipt_counter, fingerprint,
       state, captured_at, changed_at, taken_by, payload, terminal_wrapped_key, rescue_wrapped_key, rescue_key_id)
     values (@id, @customerKey, @procedureId, @receiptNumber, @receiptDay, @receiptCounter, @fingerprint,
       'queued', @capturedAt, @changedAt, @takenBy, @payload, @terminalWrappedKey, @rescueWrappedKey, @rescueKeyId)`,
  );
  const waiting = db.prepare<[], Row>(
    `select ${COLUMNS} from outbox where state in ('queued', 'sending') order by seq`,
  );
  // What staff withdrew may wait again after a damaged log: they are to know of it before it is sent.
  const nextToSend = db.prepare<[], Row & { readonly waitsForStaff: 0 | 1 }>(
    `select ${COLUMNS}, seq <= coalesce(
         (select max(last_seq) from salvage where log_cut = 1 and confirmed_at is null), 0
       ) as waitsForStaff
     from outbox where state in ('queued', 'sending') order by seq`,
  );
  const waitingIds = db.prepare<[], string>("select id from outbox where state in ('queued', 'sending')").pluck();
  const waitingCount = db
    .prepare<[], number>(`select count(*) from outbox where state in ('queued', 'sending')`)
    .pluck();
  const oldestWaiting = db
    .prepare<[], number | null>(`select min(captured_at) from outbox where state in ('queued', 'sending')`)
    .pluck();
  const countOf = db.prepare<[string], number>('select count(*) from outbox where state = ?').pluck();
  const held = db.prepare<[], Row>(`select ${COLUMNS} from outbox where state = 'held' order by seq`);
  const open = db.prepare<{ customerKey: Buffer }, Row>(
    `select ${COLUMNS} from outbox where customer_key = @customerKey and state in ('queued', 'sending')
     union all select ${COLUMNS} from outbox where customer_key = @customerKey and state = 'held'`,
  );
  const markSending = db.prepare(`update outbox set state = 'sending', changed_at = ? where id = ?`);
  // What central cancelled because staff here had asked for it is not work for them.
  const settle = db.prepare(
    `update outbox set state = case
         when @progress = 'cancelled' and (corrected_by is not null or exists (
           select 1 from outbox_act where application_id = outbox.id and kind = 'withdraw'
         )) then 'withdrawn'
         else @state
       end,
       reason = @reason, progress = @progress,
       order_id = coalesce(@orderId, order_id), changed_at = @changedAt
     where id = @id and state in ('sending', 'held')`,
  );
  const retry = db.prepare(
    `update outbox set state = 'sending', reason = null, progress = null, changed_at = @changedAt
     where id = @id and state = 'held' and order_id is null and corrected_by is null`,
  );
  const withdraw = db.prepare(
    `update outbox set state = 'withdrawn', reason = null, corrected_by = coalesce(corrected_by, @correctedBy),
       changed_at = @changedAt
     where id = @id and (
       (exported_at is null and (
         state in ('queued', 'rejected') or (state = 'held' and order_id is null and reason <> 'terminal-revoked')
       ))
       or (state in ('held', 'rejected') and @isCancelledAtCentral = 1)
     )`,
  );
  const correctLater = db.prepare(
    `update outbox set corrected_by = @correctedBy, changed_at = @changedAt
     where id = @id and state = 'held' and order_id is not null`,
  );
  const awaiting = db.prepare<[string], Row>(`select ${COLUMNS} from outbox where corrected_by = ? and state = 'held'`);
  const uncorrect = db.prepare(`update outbox set corrected_by = null where corrected_by = ? and state = 'held'`);
  const recordAct = db.prepare(
    `insert into outbox_act (application_id, at, staff_number, kind, detail)
     values (@id, @at, @staffNumber, @kind, @detail)`,
  );
  const acts = db.prepare<[string]>(
    `select at, staff_number as staffNumber, kind, detail from outbox_act where application_id = ? order by seq`,
  );
  const strand = db.prepare(
    `update outbox set state = 'held', reason = 'terminal-revoked', changed_at = ? where state in ('queued', 'sending')`,
  );
  const erase = db.prepare(
    `update outbox set payload = null, terminal_wrapped_key = null, rescue_wrapped_key = null, rescue_key_id = null
     where state = 'accepted' and terminal_wrapped_key is not null`,
  );
  return {
    find: (id: string): Row | null => find.get(id) ?? null,
    findEntry: (id: string): OutboxEntry | null => {
      const row = findEntry.get(id);
      return row === undefined ? null : entrySchema.parse(row);
    },
    lastCounter: (day: string): number => lastCounter.get({ day }) ?? 0,
    insert: (row: NewRow): void => {
      insert.run(row);
    },
    waiting: (): Row[] => waiting.all(),
    iterateWaiting: (): ReturnType<typeof nextToSend.iterate> => nextToSend.iterate(),
    waitingIds: (): string[] => waitingIds.all(),
    waitingCount: (): number => waitingCount.get() ?? 0,
    oldestWaiting: (): number | null => oldestWaiting.get() ?? null,
    countOf: (state: ApplicationState): number => countOf.get(state) ?? 0,
    held: (): Row[] => held.all(),
    open: (customerKey: Buffer): Row[] => open.all({ customerKey }),
    markSending: (id: string, changedAt: number): void => {
      markSending.run(changedAt, id);
    },
    /** false: central's answer came for one that is decided already. */
    settle: ({ id, state, reason, progress, orderId }: SettledRow, changedAt: number): boolean =>
      settle.run({ id, state, reason, progress, orderId, changedAt }).changes === 1,
    /** As one that may be at central, so that central is asked for it first. false: it isn't held any more. */
    retry: (id: string, changedAt: number): boolean => retry.run({ id, changedAt }).changes === 1,
    /** false: central may have it or get it from a rescue file, has it, or it is withdrawn already. */
    withdraw: (row: {
      id: string;
      correctedBy: string | null;
      isCancelledAtCentral: boolean;
      changedAt: number;
    }): boolean => withdraw.run({ ...row, isCancelledAtCentral: row.isCancelledAtCentral ? 1 : 0 }).changes === 1,
    /** Central has it held, and cancels it when the correction comes. */
    correctLater: (id: string, correctedBy: string, changedAt: number): boolean =>
      correctLater.run({ id, correctedBy, changedAt }).changes === 1,
    /** The one that central has and will cancel when that correction comes. */
    awaiting: (correctionId: string): Row | null => awaiting.get(correctionId) ?? null,
    /** The correction came to nothing: what it was to replace stands as before. */
    uncorrect: (correctionId: string): void => {
      uncorrect.run(correctionId);
    },
    recordAct: (id: string, act: Act): void => {
      recordAct.run({ id, ...act });
    },
    acts: (id: string): Act[] => z.array(actSchema).parse(acts.all(id)),
    strand: (changedAt: number): void => {
      strand.run(changedAt);
    },
    eraseAccepted: (): number => erase.run().changes,
    toEntry: (row: Row): OutboxEntry => entrySchema.parse(row),
  };
}
