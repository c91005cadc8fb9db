import type { Language } from '../../shared/domain/language.ts';
import brandData from '../../resources/brand/brand.json';
import markUrl from '../../resources/brand/mark.svg?url';
import { applyBrand, brandSchema } from '../kit/index.ts';

const brand = brandSchema.parse(brandData);

/** The operator's colour and mark. A colour that can't be read is refused by the kit, which keeps its own. */
export function setBrand(): void {
  const applied = applyBrand(brand, markUrl);
  if (!applied.ok) reportError(new Error(applied.error.code));
}

export function brandName(language: Language): string {
  return brand.name[language];
}
