import { type Language, localizedTextSchema } from '../../shared/domain/language.ts';
import brandData from '../../resources/brand/brand.json';

/** The operator's name, as every screen has it at its head; colour and mark are beside it in brand.css. */
const name = localizedTextSchema.parse(brandData.name);

export function brandName(language: Language): string {
  return name[language];
}
