import { z } from 'zod';
import { languageSchema } from '../domain/language.ts';
import { portalIdSchema } from './common.ts';
import { CONTACT_CHOICES } from './registration.ts';

/** What a customer wishes to be changed on record. */
export const recordWishSchema = z.discriminatedUnion('kind', [
  /**
   * Another iTSCOM ID (p.168-170), and whether mail goes to it from now on. The code goes to the contact address; when
   * that one is proved, the same wish with `contact: 'id'` has another code mailed to the new ID.
   */
  z.strictObject({ kind: z.literal('id'), loginId: portalIdSchema, contact: z.enum(CONTACT_CHOICES) }),
  /** How they are reached (p.26-28). The code goes to the new address, where there is one. */
  z.strictObject({
    kind: z.literal('contact'),
    daytimePhone: z.string().min(1).max(40),
    wantsNews: z.boolean(),
    /** null: the present one stays. */
    email: z.string().min(1).max(200).nullable(),
  }),
]);
export type RecordWish = z.infer<typeof recordWishSchema>;

/**
 * POST with the customer's token. `id` is the terminal's name for the wish, and of the code that is mailed for it; a
 * repeat replaces both. An ID is changed by customers who signed in alone.
 */
export const recordChangeRequestSchema = z.strictObject({
  id: z.uuid(),
  wish: recordWishSchema,
  language: languageSchema,
});
export const recordChangeSchema = z.strictObject({
  id: z.uuid(),
  /**
   * The address that a code was mailed to, to be proved under `<codes>/<id>/proof`; null: none is needed, also because
   * the wish was completed already and only the answer was lost.
   */
  mailedTo: z.string().nullable(),
});

/** POST `<recordChanges>/<id>/completion`, without a body. A repeat is harmless. */
export const recordCompletionSchema = z.strictObject({
  id: z.uuid(),
  changedAt: z.iso.datetime(),
  /** Where mail goes now; null: nowhere. */
  contactEmail: z.string().nullable(),
});

export const RECORD_ERRORS = {
  /** 422: ID, phone or address break their rules. */
  rule: 'record-rule',
  /** 409: a code can't be mailed, since there is no contact address. */
  noContact: 'no-contact',
  /** 409: somebody has that ID. Said only to who proved their own address. */
  idTaken: 'id-taken',
} as const;
