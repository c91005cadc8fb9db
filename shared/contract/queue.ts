import { oc } from '@orpc/contract';
import { z } from 'zod';
import { attributionSchema } from '../central-api/product-order.ts';
import { customerNumberSchema } from '../domain/contract.ts';
import { identityMethodSchema } from '../domain/identity-check.ts';
import { languageSchema } from '../domain/language.ts';
import { OBSTACLES, QUEUE_ACTIONS } from '../domain/queue-actions.ts';
import { quoteSchema } from '../domain/quote.ts';
import { withdrawalReasonSchema } from '../domain/withdrawal.ts';
import { applicationIdSchema } from './application-id.ts';
import { applicationStateSchema, orderProgressSchema, stateReasonSchema } from './events.ts';
import { signedInSchema } from './session.ts';
import { staffSessionIdSchema } from './staff.ts';

/** `attention`: held or rejected, somebody has to do something. */
export const QUEUE_FILTERS = ['attention', 'waiting', 'accepted', 'withdrawn', 'all'] as const;
export const queueFilterSchema = z.enum(QUEUE_FILTERS);
export type QueueFilter = z.infer<typeof queueFilterSchema>;

/** Where an application stands in the list for ever; a later one has a greater key. */
const queueKeySchema = z.int().min(1);
/** Of what is looked for. */
export const QUEUE_SEARCH_MOST = 60;
/** More than fit on any screen. */
export const QUEUE_PAGE = 100;

export const queueRowSchema = z.strictObject({
  key: queueKeySchema,
  applicationId: z.uuidv7(),
  receiptNumber: z.string(),
  procedureId: z.string(),
  state: applicationStateSchema,
  reason: stateReasonSchema.nullable(),
  progress: orderProgressSchema.nullable(),
  /** When the customer applied, and when the state was last written down (epoch ms). */
  capturedAt: z.int(),
  changedAt: z.int(),
  /** null: its content was erased after acceptance, or this terminal can't read it any more. */
  customerNumber: z.string().nullable(),
});
export type QueueRow = z.infer<typeof queueRowSchema>;

/** What was applied for, as far as it can be read here. */
export const queueContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('readable'),
    answers: z.record(z.string(), z.string()),
    quote: quoteSchema,
    language: languageSchema,
    attribution: attributionSchema,
  }),
  /** Accepted: central has it, here it was erased. */
  z.strictObject({ kind: z.literal('erased') }),
  /** Sealed with a key that this terminal lost; the operator's rescue key opens it. */
  z.strictObject({ kind: z.literal('sealed') }),
]);

export const queueActSchema = z.enum([...QUEUE_ACTIONS, 'withdraw-refused', 'reprint']);
export type QueueAct = z.infer<typeof queueActSchema>;

export const queueDetailSchema = z.strictObject({
  row: queueRowSchema,
  /** Central's. */
  orderId: z.string().nullable(),
  /** Receipt number of the application that takes its place. */
  correctedBy: z.string().nullable(),
  /** When it came into a rescue file, epoch ms; null: it is in none. */
  exportedAt: z.int().nullable(),
  content: queueContentSchema,
  /** What staff did with it since, oldest first. */
  acts: z.array(z.strictObject({ at: z.int(), staffNumber: z.string(), kind: queueActSchema })),
  /** What fits it now, and what is in its way. */
  actions: z.partialRecord(z.enum(QUEUE_ACTIONS), z.enum(['free', ...OBSTACLES])),
});
export type QueueDetail = z.infer<typeof queueDetailSchema>;

const ofStaff = { staffSessionId: staffSessionIdSchema };
const queueErrors = {
  /** Signed out, ended at the lock, or no longer allowed by central. */
  STAFF_GONE: {},
  /** Locked, or the screen is with the customer. */
  STAFF_AWAY: {},
} as const;
const ofOne = z.strictObject({ ...ofStaff, applicationId: applicationIdSchema });
const oneErrors = {
  ...queueErrors,
  UNKNOWN_APPLICATION: {},
  CENTRAL_UNREACHABLE: {},
  /** The application isn't as the page showed it, or this doesn't fit it: look again. */
  NOT_NOW: {},
} as const;

/** Every application taken at this terminal; only for staff at work. */
export const queueContract = {
  /** The keys of those that fit, newest first, and how many there are under each filter; small enough to ask for often. */
  list: oc
    .input(
      z.strictObject({
        ...ofStaff,
        filter: queueFilterSchema,
        search: z.strictObject({
          /** Part of a receipt number, or a whole customer number. */
          text: z.string().max(QUEUE_SEARCH_MOST),
          /** The procedures whose title the text is part of, in the page's language. */
          procedureIds: z.array(z.string()).max(200),
        }),
      }),
    )
    .output(z.strictObject({ keys: z.array(queueKeySchema), counts: z.record(queueFilterSchema, z.int().min(0)) }))
    .errors(queueErrors),
  rows: oc
    .input(z.strictObject({ ...ofStaff, keys: z.array(queueKeySchema).max(QUEUE_PAGE) }))
    .output(z.array(queueRowSchema))
    .errors(queueErrors),
  detail: oc.input(ofOne).output(queueDetailSchema).errors(oneErrors),
  /** What was applied for; where it was erased here, as central keeps it, which writes down who looked. */
  content: oc
    .input(ofOne)
    .output(queueContentSchema)
    .errors({ ...oneErrors, NOT_THERE: {} }),
  /** Writes a rescue file into the terminal's data folder; the answer is its place there. */
  exportRescue: oc
    .input(z.strictObject(ofStaff))
    .output(z.strictObject({ file: z.string(), applications: z.int().min(0) }))
    .errors({ ...queueErrors, DISK_FULL: {}, NOT_WRITABLE: {} }),
  /** Sends a held one that central doesn't have once more, as it is. */
  retry: oc.input(ofOne).output(z.void()).errors(oneErrors),
  /** A manager lets one that central holds go on. */
  release: oc
    .input(ofOne)
    .output(z.void())
    /** It doesn't fit as it is, for that reason. */
    .errors({ ...oneErrors, STAYS_HELD: { data: z.strictObject({ reason: stateReasonSchema }) } }),
  /** A manager refuses one that central holds. */
  reject: oc.input(ofOne).output(z.void()).errors(oneErrors),
  withdraw: oc
    .input(ofOne.extend({ reason: withdrawalReasonSchema }))
    .output(z.void())
    .errors(oneErrors),
  /**
   * Opens a session of the customer for going through the procedure once more: what is submitted of it there takes the
   * application's place. Also without central, as everything that staff take then.
   */
  correct: oc
    .input(ofOne.extend({ customerNumber: customerNumberSchema, identityMethod: identityMethodSchema }))
    .output(signedInSchema.extend({ procedureId: z.string(), answers: z.record(z.string(), z.string()) }))
    .errors({ ...oneErrors, CUSTOMER_UNKNOWN: {} }),
};
