import { z } from 'zod';
import { captureMediaTypeSchema } from './captures.ts';

/**
 * A rescue file: what a terminal could not send, sealed as it lay there. The first line says what follows, each further
 * line is one application.
 */
export const RESCUE_FORMAT = 'madoguchi-rescue';
export const RESCUE_VERSION = 3;
/** 1: without pictures. 1 and 2: each data key wrapped by RSA itself; so may entries of a later file be, taken before. */
export const READABLE_RESCUE_VERSIONS: readonly number[] = [1, 2, RESCUE_VERSION];

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const rescueHeaderSchema = z.strictObject({
  format: z.literal(RESCUE_FORMAT),
  version: z.int(),
  /** Under which the applications were taken. */
  terminals: z.array(z.string()),
  exportedAt: z.iso.datetime(),
  applications: z.int().min(0),
  /** SHA-256 of every byte after this line. */
  digest: sha256Schema,
});

/** A picture of an application's identity check. */
const rescueCaptureSchema = z.strictObject({
  /** SHA-256 of the picture. */
  hash: sha256Schema,
  mediaType: captureMediaTypeSchema,
  /** With which it is sealed, as an application is with its own. */
  id: z.string(),
  rescueKeyId: z.string(),
  rescueWrappedKey: z.base64(),
  content: z.base64(),
});
export type RescueCapture = z.infer<typeof rescueCaptureSchema>;

export const rescueEntrySchema = z.strictObject({
  id: z.uuidv7(),
  receiptNumber: z.string(),
  /** SHA-256 of the request's body. */
  fingerprint: sha256Schema,
  /** The operator's key that opens `rescueWrappedKey`. */
  rescueKeyId: z.string(),
  rescueWrappedKey: z.base64(),
  payload: z.base64(),
  captures: z.array(rescueCaptureSchema).default([]),
});
export type RescueEntry = z.infer<typeof rescueEntrySchema>;

/** POST, an operator's: an application as its terminal would send it, with what authorises it. */
export const rescuedApplicationSchema = z.strictObject({
  /** The order as it was frozen, to the byte. */
  body: z.string().min(1),
  submissionGrant: z.string().min(1),
});

export const rescuedAnswerSchema = z.strictObject({
  orderId: z.string(),
  /** It had come before, from its terminal or from another file. */
  known: z.boolean(),
});
