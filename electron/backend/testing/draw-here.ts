import { ok } from '../../../shared/domain/result.ts';
import { draw } from '../drawing/draw.ts';
import type { Draw } from '../drawing/drawing-job.ts';

/** What the thread does, in this one: a thread's file has to be built. */
export const drawHere: Draw = async (job) => ok(await draw(job));
