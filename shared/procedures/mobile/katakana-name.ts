import { isKatakana } from '../../domain/typed/kana.ts';
import { normalText } from '../../domain/typed/typed-text.ts';
import { NAME } from './apply-answers.ts';

/** The reading where the name belongs; one part of a name may well be in kana. */
export function isKatakanaName(...typed: readonly string[]): boolean {
  const parts = typed.flatMap((part) => normalText(NAME, part).split(' ')).filter((part) => part !== '');
  // Of half width as well.
  return parts.length > 0 && parts.every((part) => isKatakana(part.normalize('NFKC')));
}
