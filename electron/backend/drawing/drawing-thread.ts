import { constants, getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { draw } from './draw.ts';
import { drawingJobSchema } from './drawing-job.ts';

// The entry of a thread: it draws what it was started with, and ends.

// A touch goes first. On Linux this is the thread's alone; elsewhere Node would do it to the whole program. Whoever was
// started further behind may not come forward.
const { PRIORITY_BELOW_NORMAL } = constants.priority;
if (process.platform === 'linux' && getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
parentPort?.postMessage(await draw(drawingJobSchema.parse(workerData)));
