import { z } from 'zod';
import { callsSchema } from './calls-state.ts';
import { enrolmentSchema } from './enrolment.ts';

/** States of an application in the outbox (architecture: outbox and sync). */
export const APPLICATION_STATES = ['queued', 'sending', 'accepted', 'held', 'rejected', 'withdrawn'] as const;
export const applicationStateSchema = z.enum(APPLICATION_STATES);
export type ApplicationState = z.infer<typeof applicationStateSchema>;

/** Why central held or rejected one; its text is `outcome.<reason>` in the locales. */
export const stateReasonSchema = z.enum([
  'price-changed',
  'change-pending',
  'identity-check',
  'implausible-time',
  'not-authorised',
  'not-found',
  'too-large',
  /** Central doesn't take a picture of its identity check, or this terminal lost it: only a new one helps. */
  'captures-unsent',
  'conflict',
  /** Another application came of the same kept draft. */
  'draft-used',
  /** Of a device that was ordered none was left when the order came. */
  'out-of-stock',
  /** The MNP reservation of a number that is brought along was over when the order came, or was to go on. */
  'port-expired',
  /** A wish for the iTSCOM ID's address, of a customer who has none. */
  'no-mail-address',
  /** The customer was mailed so many links and codes lately that none goes out now. */
  'too-many-mails',
  /** A change of contact that was wished for later had been carried out when it came: nothing changed by it. */
  'overtaken',
  /** It, or what it was to correct, has been corrected by another application. */
  'already-replaced',
  /** What it was to correct is being carried out. */
  'already-started',
  'invalid',
  /** This terminal can't read it any more: it was taken out of service and lost its key. */
  'terminal-revoked',
  /** Its content was damaged on this terminal's disk. */
  'damaged',
  'other',
]);
export type StateReason = z.infer<typeof stateReasonSchema>;

/** Central's own progress with an accepted order (TMF622). */
export const orderProgressSchema = z.enum(['acknowledged', 'inProgress', 'completed', 'held', 'rejected', 'cancelled']);
export type OrderProgress = z.infer<typeof orderProgressSchema>;

export const receiptOutcomeSchema = z.strictObject({
  applicationId: z.uuidv7(),
  procedureId: z.string(),
  receiptNumber: z.string(),
  state: applicationStateSchema,
  reason: stateReasonSchema.nullable(),
  progress: orderProgressSchema.nullable(),
});
export type ReceiptOutcome = z.infer<typeof receiptOutcomeSchema>;

export const printerStatusSchema = z.enum([
  'ready',
  'paper-low',
  'paper-out',
  'cover-open',
  'offline',
  'error',
  'unknown',
]);
export type PrinterStatus = z.infer<typeof printerStatusSchema>;

/** A kiosk that customers use alone, or the terminal that staff stand at. */
export const terminalModeSchema = z.enum(['self-service', 'staff']);
export type TerminalMode = z.infer<typeof terminalModeSchema>;

export const terminalStatusSchema = z.strictObject({
  /** null: it belongs to no shop. */
  terminalCode: z.string().nullable(),
  enrolment: enrolmentSchema,
  mode: terminalModeSchema,
  /** Demo data or simulated devices behind it; shown on the screen. */
  demo: z.boolean(),
  central: z.enum(['reachable', 'unreachable']),
  /** Applications that still wait to be sent. */
  waiting: z.int().min(0),
  printer: printerStatusSchema,
  /** A reader of documents' chips is plugged in. */
  hasIdReader: z.boolean(),
  /** Business clock (epoch ms), corrected by central's. */
  now: z.int(),
  idle: z.strictObject({ warnAfterSeconds: z.int().min(1), warningSeconds: z.int().min(20) }),
  /** Pixels per millimetre of the configured screen; sizes of touch targets follow it. */
  pixelsPerMm: z.number().positive(),
});
export type TerminalStatus = z.infer<typeof terminalStatusSchema>;

/** Pushed to every page. */
export const terminalEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('status'), status: terminalStatusSchema }),
  z.strictObject({ type: z.literal('application'), sessionId: z.uuid(), outcome: receiptOutcomeSchema }),
  z.strictObject({ type: z.literal('session-ended'), sessionId: z.uuid() }),
  z.strictObject({ type: z.literal('staff-ended'), staffSessionId: z.uuid() }),
  /** They were let in without central, which is back and has let them in too. */
  z.strictObject({ type: z.literal('staff-confirmed'), staffSessionId: z.uuid() }),
  /** Central gave another catalog: what a page shows of the old one is asked for again. */
  z.strictObject({ type: z.literal('catalog-changed') }),
  /** Something in the outbox is not what it was; one event for many changes. */
  z.strictObject({ type: z.literal('queue-changed') }),
  z.strictObject({ type: z.literal('calls'), calls: callsSchema }),
]);
export type TerminalEvent = z.infer<typeof terminalEventSchema>;
