import type { Frame } from './frame.ts';
import { sharpness } from './sharpness.ts';
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
