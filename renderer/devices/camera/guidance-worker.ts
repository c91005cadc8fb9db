import type { FaceJudgement, Frame, Judgement, Wanted } from '../../../shared/domain/frame/frame.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { judgeFace } from '../../../shared/domain/frame/judge-face.ts';
import { judgeFrame } from '../../../shared/domain/frame/judge-frame.ts';
import { judgeTilted } from '../../../shared/domain/frame/judge-tilted.ts';
import type { FrameAnswer, FrameQuestion, WorkerAnswer, WorkerQuestion } from './guidance-messages.ts';

const QUALITY = 0.92;
/** What is judged needs no more; a picture that is taken is as large as the camera gives it. */
const LOOK_WIDTH = 640;

// The entry of a worker: it looks at frames off the page's thread, so that no touch waits meanwhile.
const look = penOf(new OffscreenCanvas(1, 1));
const still = penOf(new OffscreenCanvas(1, 1));

async function answer({ frame, isShot, wanted }: FrameQuestion): Promise<FrameAnswer> {
  try {
    return { judgement: judge(small(frame), wanted), picture: isShot ? await asJpeg(frame) : null };
  } finally {
    frame.close();
  }
}

/** Drawn at once so small: taking eight million bytes out of a frame, and their means, takes twice as long. */
function small(frame: VideoFrame): Frame {
  const scale = Math.min(1, LOOK_WIDTH / frame.displayWidth);
  const [width, height] = [Math.round(frame.displayWidth * scale), Math.round(frame.displayHeight * scale)];
  draw(frame, look, width, height);
  return { width, height, pixels: look.getImageData(0, 0, width, height).data };
}

async function asJpeg(frame: VideoFrame): Promise<Blob> {
  draw(frame, still, frame.displayWidth, frame.displayHeight);
  return still.canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}

/** Upright also where a tablet's own camera gives frames that are still to be turned. */
function draw(frame: VideoFrame, pen: OffscreenCanvasRenderingContext2D, width: number, height: number): void {
  pen.canvas.width = width;
  pen.canvas.height = height;
  pen.drawImage(frame, 0, 0, width, height);
}

function penOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('no canvas');
  return pen;
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

self.addEventListener('message', ({ data }: MessageEvent<WorkerQuestion>) => {
  if (data === 'forget') {
    for (const { canvas } of [look, still]) canvas.width = canvas.height = 1;
    return;
  }
  void answer(data)
    // The page hears of no promise that fails here.
    .catch(() => null)
    .then((answered: WorkerAnswer) => self.postMessage(answered));
});
