import { z } from 'zod';
import { CALL_LISTENS_MS } from '../../shared/central-api/staff-calls.ts';
import { terminalCodeSchema } from '../../shared/central-api/terminal-v1.ts';
import { CALL_ESCALATES_MS, CALL_EXPIRES_MS, callIdSchema, callPlaceSchema } from '../../shared/domain/staff-call.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Caller } from '../identity/caller.ts';
import { activeStaff } from '../staff/staff-store.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

const callSchema = z.object({
  id: callIdSchema,
  shop: z.string(),
  terminal_code: terminalCodeSchema,
  place: callPlaceSchema,
  raised_at: z.date(),
  answered_by: z.string().nullable(),
});
/** A call that is not over. */
export type StaffCall = z.infer<typeof callSchema>;

/** Long enough for whoever asks why somebody waited; who answered stays in the audit log. */
const KEPT_MS = 24 * 60 * 60_000;

export const isEscalated = (call: StaffCall, now: number): boolean =>
  call.answered_by === null && now - call.raised_at.getTime() >= CALL_ESCALATES_MS;

/**
 * Raises it unless it was raised before; one that the terminal raised earlier is over with it.
 * @param now epoch ms, system clock, as in everything here
 * @returns false: another terminal's call has that id
 */
export async function raiseCall(
  db: Database,
  { terminal, shop }: { terminal: string; shop: string },
  { id, place }: { id: string; place: string },
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('staff_calls')
      .where('shop', '=', shop)
      .where('raised_at', '<', new Date(now - KEPT_MS))
      .execute();
    const inserted = await transaction
      .insertInto('staff_calls')
      .values({ id, shop, terminal_code: terminal, place, raised_at: new Date(now) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) {
      const raised = await transaction
        .selectFrom('staff_calls')
        .select('terminal_code')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return raised.terminal_code === terminal;
    }
    await transaction
      .updateTable('staff_calls')
      .set({ ended_at: new Date(now) })
      .where('terminal_code', '=', terminal)
      .where('id', '!=', id)
      .where('ended_at', 'is', null)
      .execute();
    return true;
  });
}

export async function endCall(db: Database, terminal: string, id: string, now: number): Promise<void> {
  await db
    .updateTable('staff_calls')
    .set({ ended_at: new Date(now) })
    .where('id', '=', id)
    .where('terminal_code', '=', terminal)
    .where('ended_at', 'is', null)
    .execute();
}

/** A terminal that is taken out of service waits for nobody, and listens no more. */
export async function forgetCallsOf(db: DatabaseTransaction, terminal: string, now: number): Promise<void> {
  await db
    .updateTable('staff_calls')
    .set({ ended_at: new Date(now) })
    .where('terminal_code', '=', terminal)
    .where('ended_at', 'is', null)
    .execute();
  await db.deleteFrom('call_listeners').where('terminal_code', '=', terminal).execute();
}

export async function openCalls(db: Database, shops: readonly string[], now: number): Promise<StaffCall[]> {
  const rows = await db
    .selectFrom('staff_calls')
    .select(['id', 'shop', 'terminal_code', 'place', 'raised_at', 'answered_by'])
    .where('shop', 'in', shops)
    .where('ended_at', 'is', null)
    .where('raised_at', '>', new Date(now - CALL_EXPIRES_MS))
    .orderBy('raised_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => callSchema.parse(row));
}

/** The first one answers; who comes later gets the first one's name. */
export async function answerCall(
  db: Database,
  staff: Extract<Caller, { kind: 'staff' }>,
  id: string,
  now: number,
): Promise<Result<{ terminal: string; answeredBy: { number: string; name: string } }, 'over'>> {
  return db.transaction().execute(async (transaction) => {
    const call = await transaction
      .selectFrom('staff_calls')
      .select(['terminal_code', 'answered_by'])
      .where('id', '=', id)
      .where('shop', '=', staff.shop)
      .where('ended_at', 'is', null)
      .where('raised_at', '>', new Date(now - CALL_EXPIRES_MS))
      .forUpdate()
      .executeTakeFirst();
    if (call === undefined) return err('over');
    const number = call.answered_by ?? staff.number;
    const name = await staffName(transaction, number);
    if (call.answered_by !== null) return ok({ terminal: call.terminal_code, answeredBy: { number, name } });
    await transaction
      .updateTable('staff_calls')
      .set({ answered_by: number, answered_at: new Date(now) })
      .where('id', '=', id)
      .execute();
    await writeAudit(transaction, staff, now, {
      action: 'change',
      resource: 'staffCall',
      resourceId: id,
      customerNumber: null,
      detail: `answered, terminal ${call.terminal_code}`,
    });
    return ok({ terminal: call.terminal_code, answeredBy: { number, name } });
  });
}

/** The number of whoever has left since. */
export async function staffName(db: Database | DatabaseTransaction, number: string): Promise<string> {
  return (await activeStaff(db, number))?.name ?? number;
}

export async function noteListener(
  db: Database,
  { terminal, shop }: { terminal: string; shop: string },
  now: number,
): Promise<void> {
  const heard = { shop, heard_at: new Date(now) };
  await db
    .insertInto('call_listeners')
    .values({ terminal_code: terminal, ...heard })
    .onConflict((conflict) => conflict.column('terminal_code').doUpdateSet(heard))
    .execute();
}

export async function isHeard(db: Database, shop: string, now: number): Promise<boolean> {
  const listener = await db
    .selectFrom('call_listeners')
    .select('terminal_code')
    .where('shop', '=', shop)
    .where('heard_at', '>', new Date(now - CALL_LISTENS_MS))
    .limit(1)
    .executeTakeFirst();
  return listener !== undefined;
}
