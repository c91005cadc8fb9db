import { z } from 'zod';
import { languageSchema } from '../domain/language.ts';
import { portalIdSchema } from './common.ts';
import { CONTACT_CHOICES } from './registration.ts';

/** What a customer wishes to be changed on record. */
export const recordWishSchema = z.discriminatedUnion('kind', [
  /** Another iTSCOM ID (p.168-170). The code goes to the contact address. */
  z.strictObject({ kind: z.literal('id'), loginId: portalIdSchema }),
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
  /** The address that a code was mailed to, to be proved under `<codes>/<id>/proof`; null: none is needed. */
  mailedTo: z.string().nullable(),
});

/** POST `<recordChanges>/<id>/completion`. A repeat is harmless. */
export const recordCompletionRequestSchema = z.strictObject({
  /** Only where the ID changes: whether mail goes to the new ID from now on. */
  contact: z.enum(CONTACT_CHOICES),
});
export const recordCompletionSchema = z.strictObject({ id: z.uuid(), changedAt: z.iso.datetime() });

export const RECORD_ERRORS = {
  /** 422: ID, phone or address break their rules. */
  rule: 'record-rule',
  /** 409: a code can't be mailed, since there is no contact address. */
  noContact: 'no-contact',
  /** 409: somebody has that ID. Said only to who proved their own address. */
  idTaken: 'id-taken',
} as const;
