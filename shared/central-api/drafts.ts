import { z } from 'zod';
import { businessDateSchema } from '../domain/business-time.ts';

/** 一時保存: what a customer has answered so far, kept for going on at any terminal. */
export const DRAFT_LIMITS = { answers: 80, answerLength: 400, lines: 80 } as const;

const nameSchema = z.string().min(1).max(60);

/** A choice with its price as it was shown. */
const shownPriceSchema = z.strictObject({
  question: nameSchema,
  value: z.string().max(DRAFT_LIMITS.answerLength),
  yen: z.int(),
});

export const draftContentSchema = z.strictObject({
  procedureId: nameSchema,
  /** The step that was on show. */
  step: nameSchema,
  answers: z
    .record(nameSchema, z.string().max(DRAFT_LIMITS.answerLength))
    .refine((answers) => Object.keys(answers).length <= DRAFT_LIMITS.answers),
  /** Those by the month. */
  shownPrices: z.array(shownPriceSchema).max(DRAFT_LIMITS.lines),
  /** Those that are paid once; absent: a terminal of before kept it. */
  shownOncePrices: z.array(shownPriceSchema).max(DRAFT_LIMITS.lines).optional(),
  /** The new monthly total; null: it wasn't known yet. */
  shownTotalYen: z.int().nullable(),
  /** All that is paid once; null: it wasn't known yet. */
  shownOnceYen: z.int().nullable(),
  /** What that consists of; absent: it wasn't known yet, or as above. */
  shownFees: z
    .array(z.strictObject({ id: nameSchema, yen: z.int() }))
    .max(DRAFT_LIMITS.lines)
    .optional(),
});
export type DraftContent = z.infer<typeof draftContentSchema>;

/**
 * PUT with the submission grant of the session in which it was kept, also after that. A draft never changes: who keeps
 * it again keeps another, which takes its place.
 */
export const draftRequestSchema = z.strictObject({
  content: draftContentSchema,
  /** ISO 8601, the terminal's clock corrected by central's. */
  keptAt: z.iso.datetime(),
  /** The draft that the customer went on from. */
  replaces: z.uuidv7().nullable(),
});
export type DraftRequest = z.infer<typeof draftRequestSchema>;

export const keptDraftSchema = z.object({
  id: z.uuidv7(),
  procedureId: z.string(),
  keptAt: z.iso.datetime(),
  /** The last day on which it can be gone on with. */
  expiresOn: businessDateSchema,
});
export type KeptDraft = z.infer<typeof keptDraftSchema>;

/** GET of one: with what was answered. */
export const draftSchema = keptDraftSchema.extend({ content: draftContentSchema });

export const DRAFT_ERRORS = {
  /** It, or what it was to take the place of, has become an application. */
  used: 'draft-used',
  /** The customer has as many as one may have. */
  tooMany: 'too-many-drafts',
  /** Its days were over before it came. */
  expired: 'draft-expired',
} as const;
