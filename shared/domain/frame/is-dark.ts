import type { Frame } from './frame.ts';
import { lightness } from './shrink.ts';

/** Mean lightness, of 255. */
const DARK = 48;

export function isDark({ pixels }: Frame): boolean {
  let total = 0;
  for (let at = 0; at < pixels.length; at += 4) total += lightness(pixels, at);
  return total / (pixels.length / 4) < DARK;
}
