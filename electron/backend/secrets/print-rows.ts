import { z } from 'zod';
import type { SqliteDatabase } from '../database/open-database.ts';

const rowSchema = z.object({ issueId: z.string(), attempt: z.int() });
export type BegunPrint = z.infer<typeof rowSchema>;

/**
 * Prints of passwords whose end isn't known, each by central's name for the issue; never the password. Written before
 * the first byte goes to the printer, so that also a power cut ends in a revocation.
 */
export interface PrintRows {
  begin(print: BegunPrint, at: number): void;
  /** It lies on paper as it should, nothing was sent, or central has revoked it. */
  settle(issueId: string): void;
  unsettled(): BegunPrint[];
}

export function printRows(db: SqliteDatabase): PrintRows {
  const begin = db.prepare<[string, number, number]>(
    `insert into secret_print (issue_id, attempt, begun_at) values (?, ?, ?)
     on conflict (issue_id) do update set attempt = excluded.attempt, begun_at = excluded.begun_at`,
  );
  const settle = db.prepare<[string]>(`delete from secret_print where issue_id = ?`);
  const unsettled = db.prepare<[]>(`select issue_id as issueId, attempt from secret_print order by begun_at, issue_id`);
  return {
    begin: ({ issueId, attempt }, at) => {
      begin.run(issueId, attempt, at);
    },
    settle: (issueId) => {
      settle.run(issueId);
    },
    unsettled: () => z.array(rowSchema).parse(unsettled.all()),
  };
}
