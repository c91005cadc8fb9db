export type Colour = { readonly red: number; readonly green: number; readonly blue: number };

/** Reads `#rrggbb`. */
export function parseColour(text: string): Colour | null {
  if (!/^#[0-9a-f]{6}$/iu.test(text)) return null;
  const channel = (from: number): number => Number.parseInt(text.slice(from, from + 2), 16);
  return { red: channel(1), green: channel(3), blue: channel(5) };
}

/** `share` of the colour, the rest white. */
export function mixWithWhite(colour: Colour, share: number): Colour {
  const mix = (channel: number): number => 255 - (255 - channel) * share;
  return { red: mix(colour.red), green: mix(colour.green), blue: mix(colour.blue) };
}

/** WCAG 2 contrast ratio, 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((lighter ?? 1) + 0.05) / ((darker ?? 0) + 0.05);
}

function luminance({ red, green, blue }: Colour): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
