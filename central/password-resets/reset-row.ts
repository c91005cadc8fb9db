import type { Database, DatabaseTransaction } from '../store/schema.ts';

/** Where a reset was begun; it goes on nowhere else. */
export interface ResetPlace {
  readonly terminal: string;
  readonly sessionId: string;
}

export const resetRow = (db: Database | DatabaseTransaction, id: string, { terminal, sessionId }: ResetPlace) =>
  db
    .selectFrom('password_resets')
    .selectAll()
    .where('id', '=', id)
    .where('terminal_code', '=', terminal)
    .where('session_id', '=', sessionId);
