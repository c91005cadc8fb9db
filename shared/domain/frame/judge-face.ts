import type { FaceJudgement, Frame } from './frame.ts';
import { isDark } from './is-dark.ts';
import { sharpness } from './sharpness.ts';
import { shrink } from './shrink.ts';

/** So small that a camera's noise doesn't count as edges, of which a face has few. */
const FACE_WIDTH = 320;
/** Eyes, brows and hair have hundreds; what a picture out of focus has is its noise, up to 50. */
const SHARP = 60;

/** What is to be seen without looking for the face. */
export function judgeFace(frame: Frame): FaceJudgement {
  const small = shrink(frame, FACE_WIDTH);
  if (isDark(small)) return { guidance: 'dark' };
  return { guidance: sharpness(middleOf(small)) < SHARP ? 'blurred' : 'ready' };
}

/** Where the screen shows the face to be. */
function middleOf({ width, height, pixels }: Frame): Frame {
  const [left, top] = [Math.round(width / 4), Math.round(height / 10)];
  const size = { width: width - 2 * left, height: height - 2 * top };
  const middle = new Uint8ClampedArray(size.width * size.height * 4);
  for (let y = 0; y < size.height; y += 1) {
    const from = ((top + y) * width + left) * 4;
    middle.set(pixels.subarray(from, from + size.width * 4), y * size.width * 4);
  }
  return { ...size, pixels: middle };
}
