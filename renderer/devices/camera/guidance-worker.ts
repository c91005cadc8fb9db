import type { FaceJudgement, Frame, Judgement, Wanted } from '../../../shared/domain/frame/frame.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { judgeFace } from '../../../shared/domain/frame/judge-face.ts';
import { judgeFrame } from '../../../shared/domain/frame/judge-frame.ts';
import { judgeTilted } from '../../../shared/domain/frame/judge-tilted.ts';
import type { FrameAnswer, FrameQuestion, WorkerAnswer } from './guidance-messages.ts';

const QUALITY = 0.92;
/** What is only looked at needs no more; a picture that is taken is as large as the camera gives it. */
const LOOK_WIDTH = 640;

// The entry of a worker: it looks at frames off the page's thread, so that no touch waits meanwhile.
const canvas = new OffscreenCanvas(1, 1);
const pen = canvas.getContext('2d', { willReadFrequently: true });

async function answer({ frame, isShot, wanted }: FrameQuestion): Promise<FrameAnswer> {
  if (pen === null) throw new Error('no canvas');
  const scale = isShot ? 1 : Math.min(1, LOOK_WIDTH / frame.displayWidth);
  const [width, height] = [Math.round(frame.displayWidth * scale), Math.round(frame.displayHeight * scale)];
  canvas.width = width;
  canvas.height = height;
  pen.imageSmoothingQuality = 'medium';
  pen.drawImage(frame, 0, 0, width, height);
  frame.close();
  const pixels = pen.getImageData(0, 0, width, height).data;
  const judgement = judge({ width, height, pixels }, wanted);
  const picture = isShot ? await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY }) : null;
  return { judgement, picture };
}

function judge(frame: Frame, wanted: Wanted): Judgement | FaceJudgement {
  switch (wanted.kind) {
    case 'side':
      return judgeFrame(frame, wanted.otherSide);
    case 'thickness':
      return judgeTilted(frame, wanted.front);
    case 'face':
      return judgeFace(frame);
    default:
      return cantHappen(wanted);
  }
}

self.addEventListener('message', ({ data }: MessageEvent<FrameQuestion>) => {
  void answer(data)
    // The page hears of no promise that fails here.
    .catch(() => null)
    .then((answered: WorkerAnswer) => self.postMessage(answered));
});
