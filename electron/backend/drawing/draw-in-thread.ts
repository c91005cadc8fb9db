import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { err, ok } from '../../../shared/domain/result.ts';
import type { Logger } from '../log/logger.ts';
import type { Timers } from '../ports.ts';
import type { Draw } from './drawing-job.ts';

/** The longest slip takes a second; whoever hangs must not hold up the slips behind. Faces are only a hint. */
const LATE_MS = { slip: 30_000, a4: 30_000, judge: 30_000, faces: 15_000, tilt: 30_000 } as const;

const piecesSchema = z.array(z.instanceof(Uint8Array));

/**
 * Draws in a thread of its own, so that no session waits meanwhile. Each job has one: what was drawn, a password
 * perhaps, goes with it, and one that crashes takes nothing else along.
 * @param file the built `drawing-thread.ts`
 */
export const drawInThread =
  (file: string, log: Logger, timers: Timers): Draw =>
  (job) =>
    new Promise((resolve) => {
      const notDrawn = (reason: string): void => {
        log.error({ code: 'not-drawn', kind: job.kind, reason }, 'drawing failed');
        resolve(err('not-drawn'));
      };
      let isSettled = false;
      const settle = (how: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        cancelLate();
        how();
      };
      const thread = new Worker(file, { workerData: job, execArgv: [] });
      const cancelLate = timers.after(LATE_MS[job.kind], () => {
        settle(() => notDrawn('late'));
        void thread.terminate();
      });
      thread.once('message', (answer: unknown) => {
        const pieces = piecesSchema.safeParse(answer);
        settle(() => (pieces.success ? resolve(ok(pieces.data)) : notDrawn('answer')));
      });
      thread.once('error', ({ name }) => settle(() => notDrawn(name)));
      thread.once('exit', (code) => settle(() => notDrawn(`exit ${code}`)));
    });
