import type { Clocks } from '../ports.ts';
import { type Actor, writeAudit } from '../store/audit.ts';
import { forgetCallsOf } from '../staff-calls/call-store.ts';
import type { Database } from '../store/schema.ts';

/**
 * Revokes a terminal, for ever: a machine that comes back enrols anew, under another code. Its tokens and those of the
 * customers who are signed in there are worth nothing from the next request on.
 * @returns false: there is no such terminal in service
 */
export async function takeOutOfService(
  db: Database,
  clocks: Clocks,
  { code, by, actor }: { code: string; by: string; actor: Actor },
): Promise<boolean> {
  const at = clocks.system();
  return db.transaction().execute(async (transaction) => {
    const revoked = await transaction
      .updateTable('terminals')
      .set({ revoked_at: new Date(at), revoked_by: by })
      .where('code', '=', code)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (revoked.numUpdatedRows === 0n) return false;
    await transaction.deleteFrom('heartbeats').where('terminal_code', '=', code).execute();
    await forgetCallsOf(transaction, code, at);
    const entry = { action: 'change', resource: 'terminal', resourceId: code, customerNumber: null } as const;
    await writeAudit(transaction, actor, at, entry);
    return true;
  });
}
