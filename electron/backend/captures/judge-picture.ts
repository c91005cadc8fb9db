import { z } from 'zod';
import { FLAWS } from '../../../shared/domain/frame/frame.ts';
import type { PictureKind } from '../../../shared/domain/identity-policy.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { Draw } from '../drawing/drawing-job.ts';

const judgementSchema = z.discriminatedUnion('guidance', [
  z.object({ guidance: z.literal('found'), looks: z.array(z.number()) }),
  z.object({ guidance: z.enum(FLAWS) }),
]);

/** Taking a picture apart is for the thread: it would keep the main one busy for a tenth of a second. */
export async function judgePicture(
  draw: Draw,
  content: Uint8Array,
  shows: PictureKind,
): Promise<Result<z.infer<typeof judgementSchema>, 'not-read'>> {
  const answer = await draw({ kind: 'judge', picture: new Uint8Array(content), shows });
  if (!answer.ok) return err('not-read');
  return ok(judgementSchema.parse(JSON.parse(Buffer.concat(answer.value).toString())));
}
