/** A picture as the camera gives it: four bytes a pixel, red, green, blue, opacity. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}

/** What the picture lacks before it can be taken, in the order in which it is told; `found`: nothing. */
export const GUIDANCE = [
  'dark',
  'none',
  'two-cards',
  'cut-off',
  'too-far',
  'tilted',
  'glare',
  'blurred',
  'found',
] as const;
export type Guidance = (typeof GUIDANCE)[number];
