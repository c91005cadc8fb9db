import { z } from 'zod';

/** A picture of an identity check goes to central in parts, under the hash of the whole, before the order that names it. */
export const CAPTURE_LIMITS = { bytes: 8 * 1024 * 1024, ofApplication: 12, partBytes: 512 * 1024 } as const;

/** SHA-256, hex. */
export const captureHashSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const captureMediaTypeSchema = z.enum(['image/jpeg', 'image/png']);

/** PUT: what is going to come. */
export const captureRequestSchema = z.strictObject({
  bytes: z.int().min(1).max(CAPTURE_LIMITS.bytes),
  mediaType: captureMediaTypeSchema,
});
export type CaptureRequest = z.infer<typeof captureRequestSchema>;

/** POST …/parts: what follows on what central has. */
export const capturePartSchema = z.strictObject({
  offset: z.int().min(0),
  base64: z
    .base64()
    .min(1)
    .max((CAPTURE_LIMITS.partBytes / 3 + 1) * 4),
});
export type CapturePart = z.infer<typeof capturePartSchema>;

/** How much of it is at central, and goes on from there. */
export const captureStateSchema = z.strictObject({
  hash: captureHashSchema,
  bytes: z.int(),
  received: z.int(),
  /** Whole, and its hash is right. */
  complete: z.boolean(),
});
export type CaptureState = z.infer<typeof captureStateSchema>;

/** What an order says of its pictures. */
export const orderCapturesSchema = z.array(captureHashSchema).min(1).max(CAPTURE_LIMITS.ofApplication);

export const CAPTURE_ERRORS = {
  /** It was to go on elsewhere than where central is: ask how much is there. */
  offset: 'capture-offset',
  /** The whole was not what its hash says; central has nothing of it any more. */
  hash: 'capture-hash',
  /** The order names pictures that central hasn't whole. */
  missing: 'captures-missing',
} as const;
