import { z } from 'zod';
import { QUEUE_FILTERS, type QueueFilter } from '../../../shared/contract/queue.ts';
import {
  type ApplicationState,
  applicationStateSchema,
  orderProgressSchema,
  stateReasonSchema,
} from '../../../shared/contract/events.ts';
import type { SqliteDatabase } from '../database/open-database.ts';
import type { TerminalKey } from './terminal-key.ts';

const listedSchema = z.object({
  key: z.int(),
  id: z.string(),
  receiptNumber: z.string(),
  procedureId: z.string(),
  state: applicationStateSchema,
  reason: stateReasonSchema.nullable(),
  progress: orderProgressSchema.nullable(),
  orderId: z.string().nullable(),
  /** The application that takes its place. */
  correctedBy: z.string().nullable(),
  /** Epoch ms, when it came into a rescue file. */
  exportedAt: z.int().nullable(),
  capturedAt: z.int(),
  changedAt: z.int(),
});
export type ListedApplication = z.infer<typeof listedSchema>;

export interface QueueSearch {
  readonly text: string;
  readonly procedureIds: readonly string[];
}

/** Reads the outbox as staff look at it. Nothing here changes anything or opens an envelope. */
export interface OutboxList {
  /** Newest first. */
  keys(
    filter: QueueFilter,
    search: QueueSearch,
  ): { readonly keys: number[]; readonly counts: Record<QueueFilter, number> };
  byKeys(keys: readonly number[]): ListedApplication[];
  byId(applicationId: string): ListedApplication | null;
}

const COLUMNS = `seq as key, id, receipt_number as receiptNumber, procedure_id as procedureId, state, reason, progress,
  order_id as orderId, corrected_by as correctedBy, exported_at as exportedAt, captured_at as capturedAt,
  changed_at as changedAt`;
const CUSTOMER_NUMBER = /^\d{10}$/;

export function outboxList(db: SqliteDatabase, terminalKey: TerminalKey): OutboxList {
  const everything = db
    .prepare<[], [number, ApplicationState]>('select seq, state from outbox order by seq desc')
    .raw();
  const matching = db
    .prepare<{ text: string; customerKey: Buffer | null; procedures: string }, [number, ApplicationState]>(
      `select seq, state from outbox
       where instr(receipt_number, @text) > 0 or customer_key = @customerKey
         or procedure_id in (select value from json_each(@procedures))
       order by seq desc`,
    )
    .raw();
  const byKeys = db.prepare<[string]>(
    `select ${COLUMNS} from outbox where seq in (select value from json_each(?)) order by seq desc`,
  );
  const byId = db.prepare<[string]>(`select ${COLUMNS} from outbox where id = ?`);

  return {
    keys: (filter, search) => {
      const text = search.text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
      const digits = text.replaceAll('-', '');
      // The number itself is nowhere in the clear; whose an application is can be told, also after its erasure.
      const customerKey = CUSTOMER_NUMBER.test(digits) ? terminalKey.customerKey(digits) : null;
      const found =
        text === ''
          ? everything.all()
          : matching.all({ text, customerKey, procedures: JSON.stringify(search.procedureIds) });
      const counts: Record<QueueFilter, number> = { attention: 0, waiting: 0, accepted: 0, withdrawn: 0, all: 0 };
      const keys: number[] = [];
      for (const [key, state] of found) {
        for (const one of QUEUE_FILTERS) if (passes(one, state)) counts[one] += 1;
        if (passes(filter, state)) keys.push(key);
      }
      return { keys, counts };
    },
    byKeys: (keys) => z.array(listedSchema).parse(byKeys.all(JSON.stringify(keys))),
    byId: (applicationId) => {
      const row = byId.get(applicationId);
      return row === undefined ? null : listedSchema.parse(row);
    },
  };
}

const STATES: Readonly<Record<QueueFilter, readonly ApplicationState[] | 'any'>> = {
  attention: ['held', 'rejected'],
  waiting: ['queued', 'sending'],
  accepted: ['accepted'],
  withdrawn: ['withdrawn'],
  all: 'any',
};

function passes(filter: QueueFilter, state: ApplicationState): boolean {
  const states = STATES[filter];
  return states === 'any' || states.includes(state);
}
