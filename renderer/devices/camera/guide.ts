import type { Wanted } from '../../../shared/domain/frame/frame.ts';
import type { FrameAnswer, FrameQuestion, WorkerAnswer } from './guidance-messages.ts';

export interface Guide {
  /** One frame after the other. */
  look(video: HTMLVideoElement, isShot: boolean, wanted: Wanted): Promise<FrameAnswer>;
  stop(): void;
}

/** What is only looked at needs no more; a picture that is taken is as large as the camera gives it. */
const LOOK_WIDTH = 640;

export function startGuide(): Guide {
  const worker = new Worker(new URL('./guidance-worker.ts', import.meta.url), { type: 'module' });
  return {
    look: async (video, isShot, wanted) => {
      const frame = await (isShot
        ? createImageBitmap(video)
        : createImageBitmap(video, { resizeWidth: LOOK_WIDTH, resizeQuality: 'medium' }));
      const question: FrameQuestion = { frame, isShot, wanted };
      return new Promise((resolve, reject) => {
        const fail = (): void => reject(new Error('the worker that looks at frames failed'));
        worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => (data === null ? fail() : resolve(data));
        worker.onerror = fail;
        worker.postMessage(question, [frame]);
      });
    },
    stop: () => worker.terminate(),
  };
}
