import { z } from 'zod';
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
]);
export type DrawingJob = z.infer<typeof drawingJobSchema>;

/**
 * A slip comes in pieces that each end between two of the printer's commands, a document in one, a judgement as JSON, and
 * how faces go together as a word.
 */
export type Draw = (job: DrawingJob) => Promise<Result<readonly Uint8Array[], 'not-drawn'>>;
