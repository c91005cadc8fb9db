import { z } from 'zod';
import { applicationStateSchema, stateReasonSchema } from '../../../shared/contract/events.ts';
import type { BusinessDate } from '../../../shared/domain/business-time.ts';
import type { SqliteDatabase } from '../database/open-database.ts';

const takenSchema = z.object({
  receiptNumber: z.string(),
  procedureId: z.string(),
  capturedAt: z.int(),
  state: applicationStateSchema,
  reason: stateReasonSchema.nullable(),
  /** A staff number, `customer`, or null where it wasn't kept. */
  takenBy: z.string().nullable(),
});
export type Taken = z.infer<typeof takenSchema>;

export interface DayRows {
  /** In the order of their receipt numbers. */
  takenOn(day: BusinessDate): Taken[];
  undecidedBefore(day: BusinessDate): number;
}

/** What the outbox knows of a day without opening an envelope. */
export function dayRows(db: SqliteDatabase): DayRows {
  const taken = db.prepare<[string]>(
    `select receipt_number as receiptNumber, procedure_id as procedureId, captured_at as capturedAt, state, reason,
       taken_by as takenBy
     from outbox where receipt_day = ? order by receipt_counter`,
  );
  const undecided = db
    .prepare<[string], number>(
      `select count(*) from outbox where receipt_day < ? and state in ('queued', 'sending', 'held')`,
    )
    .pluck();
  return {
    takenOn: (day) => z.array(takenSchema).parse(taken.all(day)),
    undecidedBefore: (day) => undecided.get(day) ?? 0,
  };
}
