import { z } from 'zod';
import { TILT_SIDES } from '../../../shared/domain/face.ts';
import { PHOTOGRAPHED } from '../../../shared/domain/identity-policy.ts';
import { languageSchema } from '../../../shared/domain/language.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { slipBlockSchema } from '../../../shared/slips/slip.ts';
import { a4DocumentSchema } from '../pdf/a4-blocks.ts';

/** What takes longer than a main thread may be busy. */
export const drawingJobSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('slip'),
    slip: z.strictObject({ blocks: z.array(slipBlockSchema).readonly() }),
    columns: z.int(),
    language: languageSchema,
  }),
  z.strictObject({ kind: z.literal('a4'), document: a4DocumentSchema }),
  z.strictObject({ kind: z.literal('judge'), picture: z.instanceof(Uint8Array), shows: z.enum(PHOTOGRAPHED) }),
  z.strictObject({ kind: z.literal('faces'), front: z.instanceof(Uint8Array), face: z.instanceof(Uint8Array) }),
  z.strictObject({
    kind: z.literal('tilt'),
    face: z.instanceof(Uint8Array),
    tilted: z.instanceof(Uint8Array),
    to: z.enum(TILT_SIDES),
  }),
]);
export type DrawingJob = z.infer<typeof drawingJobSchema>;

/**
 * A slip comes in pieces that each end between two of the printer's commands, a document in one, a judgement as JSON, and
 * how faces go together, and whether a head is tilted, as a word.
 */
export type Draw = (job: DrawingJob) => Promise<Result<readonly Uint8Array[], 'not-drawn'>>;
