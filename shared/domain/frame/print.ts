import type { Frame } from './frame.ts';
import { lightness } from './shrink.ts';

/** It is looked at in a picture that wide. */
export const PRINT_WIDTH = 640;
const GLARING = 250;
const GLARE_SHARE = 0.03;
/** A sharp print has thousands, a camera's noise alone up to 140. */
const SHARP = 400;

/** What keeps a card without its rim from being read; null: nothing. */
export function flawOfPrint(print: Frame): 'glare' | 'blurred' | null {
  if (glareShare(print) > GLARE_SHARE) return 'glare';
  return sharpness(print) < SHARP ? 'blurred' : null;
}

function glareShare({ pixels }: Frame): number {
  let glaring = 0;
  for (let at = 0; at < pixels.length; at += 4) if (lightness(pixels, at) >= GLARING) glaring += 1;
  return glaring / (pixels.length / 4);
}

/** Variance of the Laplacian: print has edges, a blur has none. */
function sharpness({ width, height, pixels }: Frame): number {
  const grey = new Float32Array(width * height);
  for (let at = 0; at < grey.length; at += 1) grey[at] = lightness(pixels, at * 4);
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1, end = (y + 1) * width - 1; at < end; at += 1) {
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0);
      const edge = around - 4 * (grey[at] ?? 0);
      sum += edge;
      squares += edge * edge;
      count += 1;
    }
  }
  return squares / count - (sum / count) ** 2;
}
