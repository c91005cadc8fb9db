import { oc } from '@orpc/contract';
import { z } from 'zod';
import { businessDateSchema } from '../domain/business-time.ts';
import { staffNumberSchema } from '../domain/staff.ts';
import { stateReasonSchema } from './events.ts';
import { printOutcomeSchema } from './printing.ts';
import { staffSessionIdSchema } from './staff.ts';

/** Who took an application. */
export const takerSchema = z.discriminatedUnion('kind', [
  /** The customer did everything alone. */
  z.strictObject({ kind: z.literal('customer') }),
  z.strictObject({ kind: z.literal('staff'), number: staffNumberSchema }),
]);
export type Taker = z.infer<typeof takerSchema>;

const countSchema = z.int().min(0);
/** The states as a shop counts them: waiting to be sent or being sent is one. */
export const DAY_STANDINGS = ['accepted', 'waiting', 'held', 'rejected', 'withdrawn'] as const;
const standingSchema = z.enum(DAY_STANDINGS);
export type DayStanding = z.infer<typeof standingSchema>;
const countsSchema = z.record(standingSchema, countSchema);
export type DayCounts = z.infer<typeof countsSchema>;

/** What was applied for at this terminal on one day in Tokyo. No customer is named in it. */
export const dayReportSchema = z.strictObject({
  day: businessDateSchema,
  /** Epoch ms, business clock. */
  madeAt: z.int(),
  terminalCode: z.string(),
  shopName: z.string().nullable(),
  total: countSchema,
  /** null: nothing was applied for. */
  receipts: z.strictObject({ first: z.string(), last: z.string() }).nullable(),
  counts: countsSchema,
  procedures: z.array(z.strictObject({ procedureId: z.string(), total: countSchema, counts: countsSchema })),
  /** `taker` null: written down by a program that didn't keep it. */
  takers: z.array(z.strictObject({ taker: takerSchema.nullable(), total: countSchema })),
  /** Waiting, held and rejected, one by one. */
  open: z.array(
    z.strictObject({
      receiptNumber: z.string(),
      procedureId: z.string(),
      capturedAt: z.int(),
      standing: standingSchema,
      reason: stateReasonSchema.nullable(),
    }),
  ),
  /** Of earlier days, and not decided yet. */
  earlierUndecided: countSchema,
});
export type DayReport = z.infer<typeof dayReportSchema>;

const ofStaff = { staffSessionId: staffSessionIdSchema };
const errors = {
  STAFF_GONE: {},
  STAFF_AWAY: {},
  /** Only today and yesterday are closed. */
  OTHER_DAY: {},
} as const;
const ofDay = z.strictObject({ ...ofStaff, day: businessDateSchema });

export const closeDayContract = {
  /** @param day null: today */
  report: oc
    .input(z.strictObject({ ...ofStaff, day: businessDateSchema.nullable() }))
    .output(z.strictObject({ report: dayReportSchema, today: businessDateSchema, yesterday: businessDateSchema }))
    .errors(errors),
  print: oc.input(ofDay).output(printOutcomeSchema).errors(errors),
  /** Writes a PDF into the terminal's data folder; the answer is its place there. */
  savePdf: oc
    .input(ofDay)
    .output(z.strictObject({ file: z.string() }))
    .errors({ ...errors, NOT_DRAWN: {}, DISK_FULL: {}, NOT_WRITABLE: {} }),
};
