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
const pen = canvas.getContext('2d', { willReadFrequently: true });
/** Of the last frame; the next one is written over it. */
let pixels = new Uint8ClampedArray(0);

interface Unpacked extends Frame {
  readonly pixels: typeof pixels;
}

async function answer({ frame, isShot, wanted }: FrameQuestion): Promise<FrameAnswer> {
  const seen = await unpack(frame);
  const judgement = judge(shrink(seen, LOOK_WIDTH), wanted);
  return { judgement, picture: isShot ? await asJpeg(seen) : null };
}

async function unpack(frame: VideoFrame): Promise<Unpacked> {
  try {
    return isPlain(frame) ? await copied(frame) : drawn(frame);
  } finally {
    frame.close();
  }
}

/** Newer than TypeScript's own list. */
interface Turned {
  readonly rotation?: number;
  readonly flip?: boolean;
}

/** A tablet's own camera may give frames that are still to be turned, a graphics card some that can't be copied. */
function isPlain(frame: VideoFrame): boolean {
  const { rotation = 0, flip = false }: VideoFrame & Turned = frame;
  return frame.format !== null && rotation === 0 && !flip;
}

/** Without a canvas, which takes three times as long. */
async function copied(frame: VideoFrame): Promise<Unpacked> {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
  const length = width * height * 4;
  if (pixels.length !== length) keep(new Uint8ClampedArray(length));
  await frame.copyTo(pixels, { format: 'RGBA' });
  return { width, height, pixels };
}

function drawn(frame: VideoFrame): Unpacked {
  const { displayWidth: width, displayHeight: height } = frame;
  const context = sized(width, height);
  context.drawImage(frame, 0, 0);
  keep(context.getImageData(0, 0, width, height).data);
  return { width, height, pixels };
}

/** What comes after a picture of another size leaves nothing of it. */
function keep(others: typeof pixels): void {
  pixels.fill(0);
  pixels = others;
}

async function asJpeg({ width, height, pixels }: Unpacked): Promise<Blob> {
  sized(width, height).putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
}

function sized(width: number, height: number): OffscreenCanvasRenderingContext2D {
  if (pen === null) throw new Error('no canvas');
  canvas.width = width;
  canvas.height = height;
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
    canvas.width = canvas.height = 1;
    pixels.fill(0);
    return;
  }
  void answer(data)
    // The page hears of no promise that fails here.
    .catch(() => null)
    .then((answered: WorkerAnswer) => self.postMessage(answered));
});
