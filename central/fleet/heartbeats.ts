import { z } from 'zod';
import { type Heartbeat, salvageHealthSchema } from '../../shared/central-api/heartbeat.ts';
import { printerStatusSchema, terminalModeSchema } from '../../shared/contract/events.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import type { Database } from '../store/schema.ts';

const rowSchema = z.object({
  terminal_code: z.string(),
  received_at: z.date(),
  version: z.string(),
  mode: terminalModeSchema,
  waiting: z.int(),
  held: z.int(),
  rejected: z.int(),
  oldest_waiting_at: z.date().nullable(),
  printer: printerStatusSchema,
  clock_ahead_seconds: z.int(),
  salvage: tolerant(salvageHealthSchema.nullable()),
});
export type HeartbeatRow = z.infer<typeof rowSchema>;

/** Keeps the last of each terminal. @param at epoch ms, system clock */
export async function keepHeartbeat(db: Database, terminalCode: string, beat: Heartbeat, at: number): Promise<void> {
  const { oldestWaitingSeconds } = beat;
  const values = {
    received_at: new Date(at),
    version: beat.version,
    mode: beat.mode,
    ...beat.queue,
    oldest_waiting_at: oldestWaitingSeconds === null ? null : new Date(at - oldestWaitingSeconds * 1000),
    printer: beat.printer,
    clock_ahead_seconds: beat.clockAheadSeconds,
    salvage: beat.salvage === null ? null : JSON.stringify(beat.salvage),
  };
  await db
    .insertInto('heartbeats')
    .values({ terminal_code: terminalCode, ...values })
    .onConflict((conflict) => conflict.column('terminal_code').doUpdateSet(values))
    .execute();
}

export async function lastHeartbeats(db: Database): Promise<HeartbeatRow[]> {
  const rows = await db.selectFrom('heartbeats').selectAll().orderBy('terminal_code').execute();
  return rows.map((row) => rowSchema.parse(row));
}
