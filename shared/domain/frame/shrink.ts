import type { Frame } from './frame.ts';

/**
 * Each new pixel is the mean of those that it covers, so that print and noise don't count as edges. What is no wider
 * stays as it is: enlarged, a poor picture would have edges that are none.
 */
export function shrink(frame: Frame, toWidth: number): Frame {
  const { width, height, pixels } = frame;
  if (width <= toWidth) return frame;
  const scale = width / toWidth;
  const toHeight = Math.round(height / scale);
  const small = new Uint8ClampedArray(toWidth * toHeight * 4);
  for (let y = 0; y < toHeight; y += 1) {
    const [fromY, endY] = [Math.floor(y * scale), Math.min(height, Math.floor((y + 1) * scale))];
    for (let x = 0; x < toWidth; x += 1) {
      const [fromX, endX] = [Math.floor(x * scale), Math.min(width, Math.floor((x + 1) * scale))];
      let [red, green, blue] = [0, 0, 0];
      for (let py = fromY; py < endY; py += 1) {
        for (let at = (py * width + fromX) * 4, end = (py * width + endX) * 4; at < end; at += 4) {
          red += pixels[at] ?? 0;
          green += pixels[at + 1] ?? 0;
          blue += pixels[at + 2] ?? 0;
        }
      }
      const count = (endY - fromY) * (endX - fromX);
      const to = (y * toWidth + x) * 4;
      small[to] = red / count;
      small[to + 1] = green / count;
      small[to + 2] = blue / count;
      small[to + 3] = 255;
    }
  }
  return { width: toWidth, height: toHeight, pixels: small };
}

/** Of the pixel that begins at that byte, 0 to 255. */
export function lightness(pixels: Uint8ClampedArray, at: number): number {
  return 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
}
