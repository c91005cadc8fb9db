import { parentPort, workerData } from 'node:worker_threads';
import { draw } from './draw.ts';
import { drawingJobSchema } from './drawing-job.ts';

// The entry of a thread: it draws what it was started with, and ends.
parentPort?.postMessage(await draw(drawingJobSchema.parse(workerData)));
