import type { Wanted } from '../../../shared/domain/frame/frame.ts';
import type { FrameAnswer, FrameQuestion, WorkerAnswer } from './guidance-messages.ts';

export interface Guide {
  /** One frame after the other. */
  look(video: HTMLVideoElement, isShot: boolean, wanted: Wanted): Promise<FrameAnswer>;
  stop(): void;
}

export function startGuide(): Guide {
  const worker = new Worker(new URL('./guidance-worker.ts', import.meta.url), { type: 'module' });
  return {
    look: (video, isShot, wanted) =>
      new Promise((resolve, reject) => {
        const fail = (): void => reject(new Error('the worker that looks at frames failed'));
        worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => (data === null ? fail() : resolve(data));
        worker.onerror = fail;
        // The camera's own: taking its pixels out of it is the worker's as well.
        const frame = new VideoFrame(video);
        const question: FrameQuestion = { frame, isShot, wanted };
        worker.postMessage(question, [frame]);
      }),
    stop: () => worker.terminate(),
  };
}
