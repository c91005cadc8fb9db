import type { FaceJudgement, Frame, Judgement, Wanted } from '../../../shared/domain/frame/frame.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { judgeFace } from '../../../shared/domain/frame/judge-face.ts';
import { judgeFrame } from '../../../shared/domain/frame/judge-frame.ts';
import { judgeTilted } from '../../../shared/domain/frame/judge-tilted.ts';
import { shrink } from '../../../shared/domain/frame/shrink.ts';
import type { FrameAnswer, FrameQuestion, WorkerAnswer, WorkerQuestion } from './guidance-messages.ts';

const QUALITY = 0.92;
/** What is judged needs no more; a picture that is taken is as large as the camera gives it. */
const LOOK_WIDTH = 640;

// The entry of a worker: it looks at frames off the page's thread, so that no touch waits meanwhile.
const canvas = new OffscreenCanvas(1, 1);
const pen = canvas.getContext('2d');
/** Of the last frame; the next one of its size is written over it. */
let pixels = new Uint8ClampedArray(0);

interface Unpacked extends Frame {
  readonly pixels: typeof pixels;
}

async function answer({ frame, isShot, wanted }: FrameQuestion): Promise<FrameAnswer> {
  const seen = await unpack(frame);
  const judgement = judge(shrink(seen, LOOK_WIDTH), wanted);
  return { judgement, picture: isShot ? await asJpeg(seen) : null };
}

/** Without a canvas, which takes three times as long to unpack a frame as the frame itself does. */
async function unpack(frame: VideoFrame): Promise<Unpacked> {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
  if (pixels.length !== width * height * 4) pixels = new Uint8ClampedArray(width * height * 4);
  try {
    await frame.copyTo(pixels, { format: 'RGBA' });
  } finally {
    frame.close();
  }
  return { width, height, pixels };
}

async function asJpeg({ width, height, pixels }: Unpacked): Promise<Blob> {
  if (pen === null) throw new Error('no canvas');
  canvas.width = width;
  canvas.height = height;
  pen.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
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
    canvas.width = canvas.height = 1;
    pixels.fill(0);
    return;
  }
  void answer(data)
    // The page hears of no promise that fails here.
    .catch(() => null)
    .then((answered: WorkerAnswer) => self.postMessage(answered));
});
