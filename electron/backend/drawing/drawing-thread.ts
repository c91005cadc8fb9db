import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { draw } from './draw.ts';
import { drawingJobSchema } from './drawing-job.ts';

// The entry of a thread: it draws what it was started with, and ends.

// A touch goes first. On Linux this is the thread's alone; elsewhere it would be the whole program's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
parentPort?.postMessage(await draw(drawingJobSchema.parse(workerData)));
