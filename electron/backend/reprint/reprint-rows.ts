import { z } from 'zod';
import type { SqliteDatabase } from '../database/open-database.ts';

const unreportedSchema = z.object({
  id: z.string(),
  applicationId: z.string(),
  at: z.int(),
  staffNumber: z.string(),
  number: z.int(),
});
export type Unreported = z.infer<typeof unreportedSchema>;

/** Reprints among what staff did; each has its own id as its detail. */
export interface ReprintRows {
  countOf(applicationId: string): number;
  /** Nothing was printed. */
  takeBack(id: string): void;
  /** Those of applications that central has, and that it wasn't told of; the oldest first. */
  unreported(): Unreported[];
  reported(id: string, at: number): void;
}

export function reprintRows(db: SqliteDatabase): ReprintRows {
  const count = db
    .prepare<[string], number>(`select count(*) from outbox_act where application_id = ? and kind = 'reprint'`)
    .pluck();
  const takeBack = db.prepare<[string]>(`delete from outbox_act where detail = ? and kind = 'reprint'`);
  const unreported = db.prepare<[]>(
    `select act.detail as id, act.application_id as applicationId, act.at, act.staff_number as staffNumber,
       (select count(*) from outbox_act as earlier
        where earlier.application_id = act.application_id and earlier.kind = 'reprint' and earlier.seq <= act.seq)
         as number
     from outbox_act as act join outbox on outbox.id = act.application_id
     where act.kind = 'reprint' and act.reported_at is null and outbox.order_id is not null
     order by act.seq`,
  );
  const reported = db.prepare<[number, string]>(
    `update outbox_act set reported_at = ? where detail = ? and kind = 'reprint'`,
  );
  return {
    countOf: (applicationId) => count.get(applicationId) ?? 0,
    takeBack: (id) => {
      takeBack.run(id);
    },
    unreported: () => z.array(unreportedSchema).parse(unreported.all()),
    reported: (id, at) => {
      reported.run(at, id);
    },
  };
}
