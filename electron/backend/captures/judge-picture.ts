import { z } from 'zod';
import {
  FACE_FLAWS,
  type FaceFlaw,
  LIKENESS,
  type Likeness,
  TILT_FLAWS,
  type TiltFlaw,
  type TiltSide,
} from '../../../shared/domain/face.ts';
import { FLAWS } from '../../../shared/domain/frame/frame.ts';
import type { Photographed, PictureKind } from '../../../shared/domain/identity-policy.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { Draw, DrawingJob } from '../drawing/drawing-job.ts';

const judgementSchema = z.discriminatedUnion('guidance', [
  z.object({ guidance: z.literal('found'), looks: z.array(z.number()) }),
  z.object({ guidance: z.enum(FLAWS) }),
]);
const faceJudgementSchema = z.object({ guidance: z.enum(['ready', 'dark', 'blurred']) });
const flawSchema = z.enum(FACE_FLAWS);
const likenessSchema = z.enum(LIKENESS);
const tiltSchema = z.enum([...TILT_FLAWS, 'tilted']);

/** Taking a picture apart is for the thread: it would keep the main one busy for a tenth of a second. */
export async function judgePicture(
  draw: Draw,
  content: Uint8Array,
  shows: PictureKind,
): Promise<Result<z.infer<typeof judgementSchema>, 'not-read'>> {
  const answer = await judged(draw, content, shows);
  return answer === null ? err('not-read') : ok(judgementSchema.parse(JSON.parse(answer)));
}

/**
 * How a face goes with the one on the document's front: whatever keeps them from being compared stops nobody.
 * @param front null: it can't be read any more
 */
export async function judgeFacePicture(
  draw: Draw,
  content: Uint8Array,
  front: Uint8Array | null,
): Promise<Result<Likeness, 'not-read' | FaceFlaw>> {
  const answer = await judged(draw, content, 'face');
  if (answer === null) return err('not-read');
  const { guidance } = faceJudgementSchema.parse(JSON.parse(answer));
  if (guidance !== 'ready') return err(guidance);
  if (front === null) return ok('not-compared');
  const job = { kind: 'faces', front: new Uint8Array(front), face: new Uint8Array(content) } as const;
  const compared = await answered(draw, job);
  const flaw = flawSchema.safeParse(compared);
  if (flaw.success) return err(flaw.data);
  const likeness = likenessSchema.safeParse(compared);
  return ok(likeness.success ? likeness.data : 'not-compared');
}

/** @param face of the same person, looking straight on */
export async function judgeTilt(
  draw: Draw,
  content: Uint8Array,
  face: Uint8Array,
  to: TiltSide,
): Promise<Result<void, 'not-read' | 'not-seen' | TiltFlaw>> {
  const answer = await judged(draw, content, 'face');
  if (answer === null) return err('not-read');
  const { guidance } = faceJudgementSchema.parse(JSON.parse(answer));
  if (guidance !== 'ready') return err(guidance);
  const job = { kind: 'tilt', face: new Uint8Array(face), tilted: new Uint8Array(content), to } as const;
  const found = tiltSchema.safeParse(await answered(draw, job));
  if (!found.success) return err('not-seen');
  return found.data === 'tilted' ? ok(undefined) : err(found.data);
}

const judged = (draw: Draw, content: Uint8Array, shows: Photographed): Promise<string | null> =>
  answered(draw, { kind: 'judge', picture: new Uint8Array(content), shows });

/** null: the thread failed, or took too long. */
async function answered(draw: Draw, job: DrawingJob): Promise<string | null> {
  const answer = await draw(job);
  return answer.ok ? Buffer.concat(answer.value).toString() : null;
}
