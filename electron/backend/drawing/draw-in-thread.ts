import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { err, ok } from '../../../shared/domain/result.ts';
import type { Logger } from '../log/logger.ts';
import type { Draw } from './drawing-job.ts';

const piecesSchema = z.array(z.instanceof(Uint8Array));

/**
 * Draws in a thread of its own, so that no session waits meanwhile. Each job has one: what was drawn, a password
 * perhaps, goes with it, and one that crashes takes nothing else along.
 * @param file the built `drawing-thread.ts`
 */
export const drawInThread =
  (file: string, log: Logger): Draw =>
  (job) =>
    new Promise((resolve) => {
      const notDrawn = (reason: string): void => {
        log.error({ code: 'not-drawn', kind: job.kind, reason }, 'drawing failed');
        resolve(err('not-drawn'));
      };
      let isSettled = false;
      const thread = new Worker(file, { workerData: job, execArgv: [] });
      thread.once('message', (answer: unknown) => {
        isSettled = true;
        const pieces = piecesSchema.safeParse(answer);
        if (pieces.success) resolve(ok(pieces.data));
        else notDrawn('answer');
      });
      thread.once('error', ({ name }) => {
        isSettled = true;
        notDrawn(name);
      });
      thread.once('exit', (code) => {
        if (!isSettled) notDrawn(`exit ${code}`);
      });
    });
