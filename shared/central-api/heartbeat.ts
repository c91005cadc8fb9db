import { z } from 'zod';
import { printerStatusSchema, terminalModeSchema } from '../contract/events.ts';

const countSchema = z.int().min(0);

/** The terminal's database was damaged within the last 30 days: its disk wants looking after. */
export const salvageHealthSchema = z.object({
  /** Applications of which at most the number is left. */
  missing: countSchema,
  /** Those whose content can't be opened there, as long as staff have not dealt with them. */
  damaged: countSchema,
  /** More may be missing without a trace. */
  isLogCut: z.boolean(),
  /** It was enrolled anew since. */
  isIdentityLost: z.boolean(),
});

/**
 * House API: how a terminal is, for the operator's fleet page. Nothing of it is about a person. What a terminal of a later
 * version tells besides is passed over, so that it isn't taken for silent.
 */
export const heartbeatSchema = z.object({
  /** Of the terminal's program. */
  version: z.string().min(1).max(40),
  mode: terminalModeSchema,
  /** Applications by what they wait for: central, central's decision, a person. */
  queue: z.object({ waiting: countSchema, held: countSchema, rejected: countSchema }),
  /** Since the oldest that waits for central was applied for; null: none waits. */
  oldestWaitingSeconds: countSchema.nullable(),
  printer: z
    .string()
    .max(40)
    .transform((told) => printerStatusSchema.safeParse(told).data ?? 'unknown'),
  /** How far the machine's own clock is ahead of central's. */
  clockAheadSeconds: z.int(),
  /** null: nothing of the kind. Terminals of an earlier version don't tell. */
  salvage: salvageHealthSchema.nullable().default(null),
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

/** A terminal sends one this often, a little more or less, and soon after something of it changed. */
export const HEARTBEAT_EVERY_MS = 60_000;
