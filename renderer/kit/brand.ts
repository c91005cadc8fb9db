import { z } from 'zod';
import { localizedTextSchema } from '../../shared/domain/language.ts';
import { err, ok } from '../../shared/domain/result.ts';
import type { Result } from '../../shared/domain/result.ts';
import { contrast, mixWithWhite, parseColour } from './colour.ts';
import type { Colour } from './colour.ts';

/** `resources/brand/brand.json`: what an operator replaces to make the terminal theirs. */
export const brandSchema = z.strictObject({
  name: localizedTextSchema,
  colour: z.string().regex(/^#[0-9a-f]{6}$/u),
  /** File name beside brand.json; square, drawn to be seen at 48 px. */
  mark: z.string().regex(/^[\w-]+\.svg$/u),
});
export type Brand = z.infer<typeof brandSchema>;

export type BrandError =
  | { readonly code: 'brand-colour-malformed'; readonly colour: string }
  | { readonly code: 'brand-contrast-low'; readonly colour: string; readonly ratio: number };

const LEAST_CONTRAST = 4.5;
/** Share of the brand colour in the tint behind selected cards and changed lines. */
const TINT = 0.09;

/**
 * Sets the operator's colour and mark on the page. A colour that can't be read on white or on its own tint (WCAG, at
 * least 4.5 : 1) is refused and the kit's own stays; the mark is set in any case.
 */
export function applyBrand(
  brand: Brand,
  markUrl: string,
  root: HTMLElement = document.documentElement,
): Result<void, BrandError> {
  root.style.setProperty('--brand-mark', `url(${JSON.stringify(markUrl)})`);
  const checked = checkBrandColour(brand.colour);
  if (checked.ok) root.style.setProperty('--brand', brand.colour);
  return checked;
}

/** Whether words in this colour (`#rrggbb`) can be read on white and on the tint that the kit makes of it. */
export function checkBrandColour(text: string): Result<void, BrandError> {
  const colour = parseColour(text);
  if (!colour) return err({ code: 'brand-colour-malformed', colour: text });
  const tint = mixWithWhite(colour, TINT);
  const ratio = Math.min(contrast(colour, WHITE), contrast(colour, tint));
  return ratio < LEAST_CONTRAST ? err({ code: 'brand-contrast-low', colour: text, ratio }) : ok(undefined);
}

const WHITE: Colour = { red: 255, green: 255, blue: 255 };
