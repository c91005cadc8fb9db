import { parentPort } from 'node:worker_threads';
import { draw } from '../drawing/draw.ts';
import { drawingJobSchema } from '../drawing/drawing-job.ts';

// The entry of a thread that takes one job after the other: a table of faces would read the library anew for each.

parentPort?.on('message', (job: unknown) => {
  void draw(drawingJobSchema.parse(job)).then((pieces) => parentPort?.postMessage(pieces));
});
