import { err, ok } from '../../shared/domain/result.ts';
import type { Result } from '../../shared/domain/result.ts';
import { contrast, mixWithWhite, parseColour } from './colour.ts';
import type { Colour } from './colour.ts';

export type BrandError =
  | { readonly code: 'brand-colour-malformed'; readonly colour: string }
  | { readonly code: 'brand-contrast-low'; readonly colour: string; readonly ratio: number };

/** WCAG, of text. */
const LEAST_CONTRAST = 4.5;
/** Share of the brand colour in the tint behind selected cards and changed lines, as in tokens.css. */
const TINT = 0.09;

/** Whether words in this colour (`#rrggbb`) can be read on white and on the tint that the kit makes of it. */
export function checkBrandColour(text: string): Result<void, BrandError> {
  const colour = parseColour(text);
  if (!colour) return err({ code: 'brand-colour-malformed', colour: text });
  const tint = mixWithWhite(colour, TINT);
  const ratio = Math.min(contrast(colour, WHITE), contrast(colour, tint));
  return ratio < LEAST_CONTRAST ? err({ code: 'brand-contrast-low', colour: text, ratio }) : ok(undefined);
}

const WHITE: Colour = { red: 255, green: 255, blue: 255 };
