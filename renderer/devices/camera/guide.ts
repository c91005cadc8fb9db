import type { Wanted } from '../../../shared/domain/frame/frame.ts';
import type { FrameAnswer, WorkerAnswer, WorkerQuestion } from './guidance-messages.ts';

export interface Guide {
  /** One frame after the other. */
  look(video: HTMLVideoElement, isShot: boolean, wanted: Wanted): Promise<FrameAnswer>;
  stop(): void;
}

/**
 * Waits for the next picture: V8 compiles what looks at frames anew in each worker, which keeps a small machine as busy
 * as looking does.
 */
let resting: Worker | null = null;

export function startGuide(): Guide {
  // What has answered, and owes nothing: any other is nothing for whoever comes next.
  let isAtRest = resting !== null;
  const worker = resting ?? new Worker(new URL('./guidance-worker.ts', import.meta.url), { type: 'module' });
  resting = null;
  return {
    look: (video, isShot, wanted) =>
      new Promise((resolve, reject) => {
        isAtRest = false;
        const fail = (): void => reject(new Error('the worker that looks at frames failed'));
        worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
          if (data === null) {
            fail();
            return;
          }
          isAtRest = true;
          resolve(data);
        };
        worker.onerror = fail;
        // The camera's own: taking its pixels out of it is the worker's as well.
        const frame = new VideoFrame(video);
        const question: WorkerQuestion = { frame, isShot, wanted };
        worker.postMessage(question, [frame]);
      }),
    stop: () => {
      if (!isAtRest || resting !== null) {
        worker.terminate();
        return;
      }
      // They hold the last answer, with the picture in it.
      worker.onmessage = null;
      worker.onerror = null;
      const forget: WorkerQuestion = 'forget';
      worker.postMessage(forget);
      resting = worker;
    },
  };
}
